import { Alert, Box, Button, LinearProgress, Stack, Typography } from '@mui/material';
import { type ImportRun, ROUTES } from '@vastus/contract';
import { useTranslate } from 'react-admin';
import { useAnswer } from '../api/queries.js';
import type { Tone } from '../theme/palette.js';
import { ProblemAlert } from '../ui/ProblemAlert.js';
import { StatusTag } from '../ui/StatusTag.js';
import { ImportReportView } from './ImportReportView.js';
import type { Upload } from './useUploads.js';

const TONE: Readonly<Record<ImportRun['state'], Tone>> = {
  previewed: 'info',
  queued: 'warning',
  running: 'warning',
  done: 'success',
  failed: 'danger',
};
const POLL_MS = 1000;

/** A run as it stands: asked again every second while a worker is at it. */
export function useRun(run: ImportRun | null): ImportRun | null {
  const answer = useAnswer(
    ROUTES.readImport,
    { params: { importRunId: run?.id ?? '' } },
    { enabled: run !== null && run.state !== 'previewed', refetchInterval: ({ state }) => (goesOn(state.data ?? run) ? POLL_MS : false) },
  );
  return answer.data ?? run;
}

const goesOn = (run: ImportRun | null) => run?.state === 'queued' || run?.state === 'running';

export function RunState({ run }: { run: ImportRun }) {
  const translate = useTranslate();
  return <StatusTag tone={TONE[run.state]}>{translate(`imports.state.${run.state}`)}</StatusTag>;
}

/** One chosen file on its way from reading to report. */
export function UploadCard({ upload, onCarryOut, onRemove }: { upload: Upload; onCarryOut: () => void; onRemove: () => void }) {
  const translate = useTranslate();
  const run = useRun(upload.run);
  const t = (key: string, options?: Record<string, unknown>) => translate(`imports.${key}`, options);
  const waiting = upload.state === 'reading' || upload.state === 'previewing' || upload.state === 'starting';
  return (
    <Box component="section" aria-label={upload.fileName} sx={{ border: 1, borderColor: 'divider', borderRadius: 2, p: 2 }}>
      <Stack direction="row" sx={{ gap: 1.5, alignItems: 'center', flexWrap: 'wrap', mb: 1 }}>
        <Typography variant="h3" sx={{ flex: 1, minWidth: 200, overflowWrap: 'anywhere' }}>
          {upload.fileName}
        </Typography>
        {run && <RunState run={run} />}
        {upload.state === 'previewed' && (
          <Button variant="contained" onClick={onCarryOut} aria-label={`${t('carryOut')}: ${upload.fileName}`}>
            {t('carryOut')}
          </Button>
        )}
        {!waiting && !goesOn(run) && (
          <Button onClick={onRemove} aria-label={`${t('remove')}: ${upload.fileName}`}>
            {t('remove')}
          </Button>
        )}
      </Stack>
      {waiting && (
        <>
          <Typography variant="caption" color="text.secondary" role="status">
            {t(`busy.${upload.state}`)}
          </Typography>
          <LinearProgress aria-label={t(`busy.${upload.state}`)} />
        </>
      )}
      {typeof upload.problem === 'string' ? (
        <Alert severity="error">{t(`refused.${upload.problem}`)}</Alert>
      ) : (
        <ProblemAlert error={upload.problem} />
      )}
      {run && <RunProgress run={run} />}
    </Box>
  );
}

export function RunProgress({ run }: { run: ImportRun }) {
  const translate = useTranslate();
  const t = (key: string, options?: Record<string, unknown>) => translate(`imports.${key}`, options);
  const share = run.entriesTotal === 0 ? 0 : Math.round((run.entriesDone / run.entriesTotal) * 100);
  const report = run.report && run.state === 'done' ? run.report : run.preview;
  return (
    <Stack sx={{ gap: 1.5 }}>
      {goesOn(run) && (
        <Box>
          <Typography variant="caption" role="status" className="tabular">
            {t('progress', { done: run.entriesDone, total: run.entriesTotal })}
          </Typography>
          <LinearProgress
            variant={run.state === 'queued' ? 'indeterminate' : 'determinate'}
            value={share}
            aria-label={t('progress', { done: run.entriesDone, total: run.entriesTotal })}
          />
        </Box>
      )}
      {run.state === 'failed' && <Alert severity="error">{t('failed', { why: run.failure ?? '' })}</Alert>}
      {run.state === 'done' && <Alert severity="success">{t('done')}</Alert>}
      {report && <ImportReportView report={report} done={run.state === 'done'} />}
    </Stack>
  );
}
