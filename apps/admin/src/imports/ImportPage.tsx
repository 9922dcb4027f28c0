/** Taking over what other systems know: choose files, see what they would do, carry it out, decide on the orders that came with them. */
import { AssignmentOutlined, ExpandMoreOutlined, UploadFileOutlined } from '@mui/icons-material';
import { Box, Button, Stack, TableCell, TableRow, Typography } from '@mui/material';
import { visuallyHidden } from '@mui/utils';
import { type CourseProposal, type ImportRun, ROUTES } from '@vastus/contract';
import { type DragEvent, Fragment, useRef, useState } from 'react';
import { useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { useRows, useSend } from '../api/queries.js';
import { useFormat } from '../format.js';
import { useSession } from '../session/useSession.js';
import { EmptyState } from '../ui/EmptyState.js';
import { MoreRows } from '../ui/MoreRows.js';
import { Page } from '../ui/Page.js';
import { nameOf, PatientLine } from '../ui/PatientLine.js';
import { ProblemAlert } from '../ui/ProblemAlert.js';
import { ReasonDialog } from '../ui/ReasonDialog.js';
import { RowsCard } from '../ui/RowsCard.js';
import { Section } from '../ui/Section.js';
import { RunProgress, RunState, UploadCard, useRun } from './RunCard.js';
import { useUploads } from './useUploads.js';

export function ImportPage() {
  const translate = useTranslate();
  const { may } = useSession();
  const { uploads, choose, carryOut, remove } = useUploads();
  const ready = uploads.filter(({ state }) => state === 'previewed');
  const t = (key: string, options?: Record<string, unknown>) => translate(`imports.${key}`, options);
  return (
    <Page title={t('title')} subtitle={t('subtitle')} width="medium">
      <Stack sx={{ gap: 2.5 }}>
        {may('import.run') && (
          <Section
            title={t('choose')}
            subtitle={t('chooseHelp')}
            actions={
              ready.length > 1 && (
                <Button variant="contained" onClick={() => void carryOut(ready.map(({ key }) => key))}>
                  {t('carryOutAll', { smart_count: ready.length })}
                </Button>
              )
            }
          >
            <Stack sx={{ gap: 2 }}>
              <FileDrop onFiles={choose} />
              {uploads.map((upload) => (
                <UploadCard
                  key={upload.key}
                  upload={upload}
                  onCarryOut={() => void carryOut([upload.key])}
                  onRemove={() => remove(upload.key)}
                />
              ))}
            </Stack>
          </Section>
        )}
        <Proposals />
        <PastImports />
      </Stack>
    </Page>
  );
}

function FileDrop({ onFiles }: { onFiles: (files: Iterable<File>) => void }) {
  const translate = useTranslate();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    onFiles([...event.dataTransfer.files]);
  };
  return (
    <Box
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      sx={({ palette }) => ({
        border: `2px dashed ${over ? palette.primary.main : palette.divider}`,
        borderRadius: 2,
        p: 3,
        display: 'grid',
        justifyItems: 'center',
        gap: 1,
        textAlign: 'center',
        bgcolor: over ? palette.tone.accent.soft : 'transparent',
      })}
    >
      <UploadFileOutlined sx={{ fontSize: 36, color: 'text.secondary' }} />
      <Typography color="text.secondary">{translate('imports.drop')}</Typography>
      <Button variant="outlined" onClick={() => input.current?.click()}>
        {translate('imports.browse')}
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept=".json,application/json,application/fhir+json"
        aria-label={translate('imports.choose')}
        onChange={({ target }) => {
          onFiles([...(target.files ?? [])]);
          target.value = '';
        }}
      />
    </Box>
  );
}

/** Orders other systems sent. Nothing happens until somebody accepts one as a course. */
function Proposals() {
  const translate = useTranslate();
  const { may } = useSession();
  const list = useRows(ROUTES.listProposals, { query: { state: 'proposed' } });
  const decline = useSend(ROUTES.declineProposal);
  const [declined, setDeclined] = useState<CourseProposal | null>(null);
  const format = useFormat();
  const t = (key: string) => translate(`imports.${key}`);
  return (
    <Section title={t('proposals')} subtitle={t('proposalsHelp')} flush>
      {list.error && (
        <Box sx={{ p: 2 }}>
          <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />
        </Box>
      )}
      {list.isSuccess && list.rows.length === 0 && <EmptyState icon={<AssignmentOutlined />} text={t('noProposals')} />}
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {list.rows.map((proposal) => (
          <Box
            component="li"
            key={proposal.id}
            sx={{
              display: 'grid',
              gridTemplateColumns: { xs: '1fr', md: 'minmax(0, 1fr) minmax(0, 1.2fr) auto' },
              gap: 2,
              alignItems: 'center',
              px: 2.5,
              py: 1.5,
              borderTop: 1,
              borderColor: 'divider',
            }}
          >
            <PatientLine patient={proposal.patient} />
            <Box sx={{ minWidth: 0 }}>
              <Typography variant="body2" sx={{ fontWeight: 600 }}>
                {proposal.display}
              </Typography>
              <Typography variant="caption" color="text.secondary">
                {[proposal.source, proposal.code, proposal.authoredOn && format.date(proposal.authoredOn)].filter(Boolean).join(' · ')}
              </Typography>
            </Box>
            {may('course.start') && (
              <Stack direction="row" sx={{ gap: 1 }}>
                <Button
                  variant="outlined"
                  component={Link}
                  to={`/start-course?patient=${proposal.patient.id}&proposal=${proposal.id}`}
                  aria-label={`${t('accept')}: ${proposal.display}, ${nameOf(proposal.patient)}`}
                >
                  {t('accept')}
                </Button>
                <Button
                  onClick={() => setDeclined(proposal)}
                  aria-label={`${t('decline')}: ${proposal.display}, ${nameOf(proposal.patient)}`}
                >
                  {t('decline')}
                </Button>
              </Stack>
            )}
          </Box>
        ))}
      </Box>
      <MoreRows {...list} />
      <ReasonDialog
        open={declined !== null}
        title={t('declineTitle')}
        explain={declined?.display}
        confirm={t('decline')}
        busy={decline.isPending}
        error={decline.error}
        onClose={() => setDeclined(null)}
        onConfirm={(reason) =>
          declined && decline.mutate({ params: { proposalId: declined.id }, body: { reason } }, { onSuccess: () => setDeclined(null) })
        }
      />
    </Section>
  );
}

function PastImports() {
  const translate = useTranslate();
  const list = useRows(ROUTES.listImports, { query: {} });
  const t = (key: string) => translate(`imports.${key}`);
  return (
    <Box>
      <Typography variant="h2" sx={{ mb: 1 }}>
        {t('past')}
      </Typography>
      <RowsCard
        list={list}
        label={t('past')}
        columns={[
          t('file'),
          t('stateTitle'),
          t('entries'),
          t('when'),
          <span key="report" style={visuallyHidden}>
            {t('reportButton')}
          </span>,
        ]}
        empty={{ text: t('none'), icon: <UploadFileOutlined /> }}
      >
        {list.rows.map((run) => (
          <PastRun key={run.id} run={run} />
        ))}
      </RowsCard>
    </Box>
  );
}

function PastRun({ run: listed }: { run: ImportRun }) {
  const translate = useTranslate();
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const run = useRun(open ? listed : null) ?? listed;
  const t = (key: string) => translate(`imports.${key}`);
  return (
    <Fragment>
      <TableRow sx={open ? { '& > td': { borderBottom: 0 } } : undefined}>
        <TableCell sx={{ overflowWrap: 'anywhere', minWidth: 160 }}>{run.fileName}</TableCell>
        <TableCell>
          <RunState run={run} />
        </TableCell>
        <TableCell className="tabular">
          {run.entriesDone} / {run.entriesTotal}
        </TableCell>
        <TableCell className="tabular" sx={{ whiteSpace: 'nowrap' }}>
          {format.instant(run.createdAt)}
          <Typography variant="caption" component="div" color="text.secondary">
            {run.createdByName ?? t('byCommand')}
          </Typography>
        </TableCell>
        <TableCell align="right">
          <Button
            size="small"
            onClick={() => setOpen(!open)}
            aria-expanded={open}
            aria-label={`${t('reportButton')}: ${run.fileName}, ${format.instant(run.createdAt)}`}
            endIcon={<ExpandMoreOutlined sx={{ transform: open ? 'rotate(180deg)' : 'none' }} />}
          >
            {t('reportButton')}
          </Button>
        </TableCell>
      </TableRow>
      {open && (
        <TableRow>
          <TableCell colSpan={5} sx={{ pt: 0 }}>
            <RunProgress run={run} />
          </TableCell>
        </TableRow>
      )}
    </Fragment>
  );
}

export default ImportPage;
