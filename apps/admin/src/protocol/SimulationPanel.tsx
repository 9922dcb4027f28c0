import { Alert, Button, LinearProgress, Stack, Typography } from '@mui/material';
import { type ProtocolVersionDetail, ROUTES } from '@vastus/contract';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { useAnswer, useSend } from '../api/queries.js';
import { useFormat } from '../format.js';
import { ProblemAlert } from '../ui/ProblemAlert.js';
import { Section } from '../ui/Section.js';
import { SimulationResult } from './SimulationResult.js';

const ASK_AGAIN_MS = 1500;

/** The whole panel under the draft: run it, watch it, read what would change. */
export function SimulationPanel({ version, unsaved }: { version: ProtocolVersionDetail; unsaved: boolean }) {
  const translate = useTranslate();
  const format = useFormat();
  const start = useSend(ROUTES.simulateProtocol);
  const [startedId, setStartedId] = useState<string | null>(null);
  const simulationId = startedId ?? version.simulation?.id ?? null;
  const { data, error } = useAnswer(
    ROUTES.readProtocolSimulation,
    { params: { simulationId: simulationId ?? '' } },
    {
      enabled: simulationId !== null,
      refetchInterval: ({ state }) =>
        state.data && (state.data.state === 'queued' || state.data.state === 'running') ? ASK_AGAIN_MS : false,
    },
  );
  const running = data?.state === 'queued' || data?.state === 'running';
  const outdated = data !== undefined && data.draftVersion !== version.version;
  const t = (key: string, options?: Record<string, unknown>) => translate(`protocol.whatIf.${key}`, options);
  return (
    <Section
      title={t('title')}
      subtitle={t('subtitle')}
      actions={
        <Button
          variant="outlined"
          disabled={unsaved || running || start.isPending}
          onClick={() => start.mutate({ params: { versionId: version.id }, body: {} }, { onSuccess: ({ id }) => setStartedId(id) })}
        >
          {t(data ? 'again' : 'run')}
        </Button>
      }
    >
      <Stack sx={{ gap: 2 }} aria-live="polite">
        <ProblemAlert error={start.error ?? error} />
        {unsaved && <Typography color="text.secondary">{t('unsaved')}</Typography>}
        {!data && !unsaved && !start.isPending && <Typography color="text.secondary">{t('never')}</Typography>}
        {start.isPending && <LinearProgress aria-label={translate('app.problem.loading')} />}
        {running && data && (
          <>
            <LinearProgress
              variant={data.patientsTotal > 0 ? 'determinate' : 'indeterminate'}
              value={data.patientsTotal > 0 ? (data.patientsDone / data.patientsTotal) * 100 : undefined}
              aria-label={t('title')}
            />
            <Typography variant="caption" color="text.secondary" className="tabular">
              {t('progress', { done: data.patientsDone, all: data.patientsTotal })}
            </Typography>
          </>
        )}
        {data?.state === 'failed' && !outdated && <Alert severity="error">{t('failed')}</Alert>}
        {outdated && !running && <Alert severity="warning">{t('outdated')}</Alert>}
        {data?.findings && (
          <>
            <Typography variant="caption" color="text.secondary">
              {t('asOf', { date: format.instant(data.asOf), smart_count: data.patientsTotal })}
            </Typography>
            <SimulationResult findings={data.findings} />
          </>
        )}
      </Stack>
    </Section>
  );
}
