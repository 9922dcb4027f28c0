import { RefreshOutlined } from '@mui/icons-material';
import { Box, Button, Card, LinearProgress, Stack, Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material';
import { ROUTES, type SystemStatus } from '@vastus/contract';
import { useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { useAnswer } from '../api/queries.js';
import { useFormat } from '../format.js';
import { Page } from '../ui/Page.js';
import { ProblemAlert } from '../ui/ProblemAlert.js';
import { JobTable } from './JobTable.js';
import { EDGES, Facts, PartCard } from './PartCard.js';
import { STATE_ICONS, STATE_TONES } from './StateTag.js';

type Parts = SystemStatus['parts'];

/** How the installation is, what is wrong with it, and what to do. */
export default function SystemPage() {
  const translate = useTranslate();
  const system = useAnswer(ROUTES.readSystem, {}, { refetchInterval: 30_000 });
  const t = (key: string) => translate(`system.${key}`);
  return (
    <Page
      title={t('title')}
      subtitle={t('subtitle')}
      actions={
        <Button variant="outlined" startIcon={<RefreshOutlined />} disabled={system.isFetching} onClick={() => void system.refetch()}>
          {t('refresh')}
        </Button>
      }
    >
      {system.isPending && <LinearProgress aria-label={translate('app.problem.loading')} />}
      <ProblemAlert error={system.error} onRetry={() => void system.refetch()} />
      {system.data && (
        <Stack sx={{ gap: 3 }}>
          <Overall {...system.data} />
          <Box
            sx={{
              display: 'grid',
              gap: 3,
              alignItems: 'start',
              gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'repeat(2, minmax(0, 1fr))' },
            }}
          >
            <Stack sx={{ gap: 3 }}>
              <Alerts part={system.data.parts.alerts} />
              <Backup part={system.data.parts.backup} />
              <Audit part={system.data.parts.audit} />
            </Stack>
            <Stack sx={{ gap: 3 }}>
              <Processes part={system.data.parts.processes} />
              <Queue part={system.data.parts.queue} />
              <Migrations part={system.data.parts.migrations} />
              <Reading part={system.data.parts.reading} />
            </Stack>
          </Box>
          <PartCard title={t('part.jobs')} part={system.data.parts.jobs} table={<JobTable items={system.data.parts.jobs.items} />} />
        </Stack>
      )}
    </Page>
  );
}

function Overall({ at, state, versions }: SystemStatus) {
  const translate = useTranslate();
  const format = useFormat();
  const Icon = STATE_ICONS[state];
  return (
    <Card
      sx={({ palette }) => ({
        borderLeft: `4px solid ${palette.tone[STATE_TONES[state]].solid}`,
        px: 2.5,
        py: 2,
        display: 'flex',
        flexWrap: 'wrap',
        gap: 3,
        alignItems: 'center',
      })}
    >
      <Stack direction="row" role="status" sx={{ gap: 1.5, alignItems: 'center', flex: '1 1 320px' }}>
        <Box sx={({ palette }) => ({ display: 'flex', color: palette.tone[STATE_TONES[state]].solid, '& svg': { fontSize: 40 } })}>
          <Icon />
        </Box>
        <Box>
          <Typography variant="h2" component="p">
            {translate(`system.overall.${state}`)}
          </Typography>
          <Typography variant="caption" color="text.secondary">
            {translate('system.asOf', { time: format.time(at) })}
          </Typography>
        </Box>
      </Stack>
      <Box
        component="dl"
        aria-label={translate('system.versions.title')}
        sx={{ m: 0, display: 'flex', flexWrap: 'wrap', columnGap: 3, rowGap: 1 }}
      >
        {(['product', 'rulesRevision', 'postgres', 'node'] as const).map((name) => (
          <Box key={name}>
            <Typography component="dt" variant="caption" color="text.secondary">
              {translate(`system.versions.${name}`)}
            </Typography>
            <Typography component="dd" variant="body2" className="tabular" sx={{ m: 0, fontWeight: 650 }}>
              {versions[name]}
            </Typography>
          </Box>
        ))}
      </Box>
    </Card>
  );
}

function Alerts({ part }: { part: Parts['alerts'] }) {
  const translate = useTranslate();
  const format = useFormat();
  const t = (key: string) => translate(`system.alerts.${key}`);
  return (
    <PartCard title={translate('system.part.alerts')} part={part}>
      <Facts
        lines={[
          [t('waiting'), format.number(part.waiting)],
          [t('oldest'), part.oldestAt === null ? t('none') : format.instant(part.oldestAt)],
        ]}
      />
    </PartCard>
  );
}

function Backup({ part }: { part: Parts['backup'] }) {
  const translate = useTranslate();
  const format = useFormat();
  const t = (key: string, options?: Record<string, unknown>) => translate(`system.backup.${key}`, options);
  const { on, archivedAt } = part.archive;
  const archive = !on ? t('archiveOff') : archivedAt === null ? t('archiveNone') : t('archiveLast', { time: format.instant(archivedAt) });
  return (
    <PartCard title={translate('system.part.backup')} part={part}>
      <Facts
        lines={[
          [t('taken'), part.takenAt === null ? t('never') : format.instant(part.takenAt)],
          ...(part.method === null ? [] : [[t('method'), part.method] as const]),
          [t('archive'), archive],
        ]}
      />
    </PartCard>
  );
}

function Audit({ part }: { part: Parts['audit'] }) {
  const translate = useTranslate();
  const format = useFormat();
  const t = (key: string) => translate(`system.audit.${key}`);
  return (
    <PartCard title={translate('system.part.audit')} part={part}>
      <Facts
        lines={[
          [t('sealed'), part.sealedAt === null ? t('nothingSealed') : format.instant(part.sealedAt)],
          [t('waiting'), format.number(part.entriesWaiting)],
          [t('verified'), part.verifiedAt === null ? t('never') : format.instant(part.verifiedAt)],
          [t('faults'), format.number(part.faults)],
        ]}
      />
      <Button component={Link} to="/audit" sx={{ alignSelf: 'flex-start', ml: -1 }}>
        {t('open')}
      </Button>
    </PartCard>
  );
}

function Reading({ part }: { part: Parts['reading'] }) {
  const translate = useTranslate();
  const format = useFormat();
  const t = (key: string, options?: Record<string, unknown>) => translate(`system.reading.${key}`, options);
  return (
    <PartCard title={translate('system.part.reading')} part={part}>
      <Typography variant="body2">
        {part.people.length === 0 ? t('none', { limit: part.moreThan }) : t('some', { limit: part.moreThan })}
      </Typography>
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 0.75 }}>
        {part.people.map(({ membershipId, name, hour, charts }) => (
          <Stack
            component="li"
            key={`${membershipId} ${hour}`}
            direction="row"
            sx={{ gap: 2, justifyContent: 'space-between', alignItems: 'baseline' }}
          >
            <Typography variant="body2" sx={{ fontWeight: 620 }}>
              {name}
            </Typography>
            <Typography variant="body2" className="tabular" sx={{ textAlign: 'right' }}>
              {t('charts', { smart_count: charts })} · {t('from', { time: format.instant(hour) })}
            </Typography>
          </Stack>
        ))}
      </Box>
    </PartCard>
  );
}

function Processes({ part }: { part: Parts['processes'] }) {
  const translate = useTranslate();
  const format = useFormat();
  const t = (key: string, options?: Record<string, unknown>) => translate(`system.processes.${key}`, options);
  return (
    <PartCard title={translate('system.part.processes')} part={part}>
      {part.items.length === 0 && <Typography variant="body2">{t('none')}</Typography>}
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 0.75 }}>
        {part.items.map(({ kind, version, startedAt }, i) => (
          // Several of a kind started at the same moment are alike.
          // biome-ignore lint/suspicious/noArrayIndexKey: nothing else tells them apart
          <Stack component="li" key={i} direction="row" sx={{ gap: 2, justifyContent: 'space-between', alignItems: 'baseline' }}>
            <Typography variant="body2" sx={{ fontWeight: 620 }}>
              {t(kind)}
            </Typography>
            <Typography variant="body2" className="tabular" sx={{ textAlign: 'right' }}>
              {t('version', { version })} · {t('since', { time: format.instant(startedAt) })}
            </Typography>
          </Stack>
        ))}
      </Box>
    </PartCard>
  );
}

function Queue({ part }: { part: Parts['queue'] }) {
  const translate = useTranslate();
  const format = useFormat();
  const t = (key: string) => translate(`system.queue.${key}`);
  const table = part.queues && (
    <Table size="small" aria-label={translate('system.part.queue')} sx={EDGES}>
      <TableHead>
        <TableRow>
          <TableCell>{t('name')}</TableCell>
          {(['waiting', 'active', 'failed'] as const).map((column) => (
            <TableCell key={column} align="right">
              {t(column)}
            </TableCell>
          ))}
        </TableRow>
      </TableHead>
      <TableBody>
        {part.queues.map(({ name, waiting, active, failed }) => (
          <TableRow key={name}>
            <TableCell>{t(`names.${name}`)}</TableCell>
            {Object.entries({ waiting, active, failed }).map(([column, count]) => (
              <TableCell key={column} align="right" className="tabular">
                {format.number(count)}
              </TableCell>
            ))}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
  return (
    <PartCard title={translate('system.part.queue')} part={part} table={table}>
      <Facts lines={[[t('backend'), t(part.backend)]]} />
    </PartCard>
  );
}

function Migrations({ part }: { part: Parts['migrations'] }) {
  const translate = useTranslate();
  const format = useFormat();
  const t = (key: string) => translate(`system.migrations.${key}`);
  return (
    <PartCard title={translate('system.part.migrations')} part={part}>
      <Facts
        lines={[
          [t('applied'), format.number(part.applied)],
          [t('newest'), part.newest ?? t('none')],
          [t('pending'), part.pending.length === 0 ? t('none') : part.pending.join(', ')],
        ]}
      />
    </PartCard>
  );
}
