import { HealingOutlined, Inventory2Outlined } from '@mui/icons-material';
import { Box, Button, Stack, Typography } from '@mui/material';
import { ROUTES } from '@vastus/contract';
import { useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { useAnswer } from '../api/queries.js';
import { useFormat } from '../format.js';
import { useWords } from '../i18n/useWords.js';
import { useSession } from '../session/useSession.js';
import type { Tone } from '../theme/palette.js';
import { EmptyState } from '../ui/EmptyState.js';
import { LinesPending } from '../ui/LinesPending.js';
import { Page } from '../ui/Page.js';
import { PatientLine } from '../ui/PatientLine.js';
import { ProblemAlert } from '../ui/ProblemAlert.js';
import { Section } from '../ui/Section.js';
import { StatRow, StatTile } from '../ui/StatTile.js';
import { StatusTag } from '../ui/StatusTag.js';
import { DayBars, DayBarsPending } from './DayBars.js';
import { useTrends } from './useTrends.js';

const LEVEL_TONES: Readonly<Record<string, Tone>> = {
  emergency: 'critical',
  urgent: 'danger',
  'suspected-injury': 'warning',
  benign: 'success',
};
const LINE = { display: 'grid', gap: 2, alignItems: 'center', px: 2.5, py: 1.5, borderTop: 1, borderColor: 'divider' } as const;

/** Safety and supply of the whole clinic. */
export default function AdministratorHome() {
  const translate = useTranslate();
  const format = useFormat();
  const { today, clinic } = useSession();
  const summary = useAnswer(ROUTES.readSummary, {}, { refetchInterval: 60_000 });
  const numbers = summary.data;
  const trends = useTrends(numbers);
  const text = (key: string) => translate(`home.administrator.${key}`);
  const given = numbers?.events.injectionsLast30Days ?? 0;
  const rate = numbers && (given > 0 ? format.number((numbers.events.last30Days / given) * 1000, 1) : '–');
  return (
    <Page title={text('title')} subtitle={`${clinic.name} · ${format.date(today, 'long')}`}>
      <ProblemAlert error={summary.error} onRetry={() => void summary.refetch()} />
      <StatRow>
        <StatTile
          label={text('ongoing')}
          value={numbers?.events.ongoing}
          tone={numbers?.events.ongoing ? 'warning' : 'neutral'}
          to="/adverse-events"
        />
        <StatTile
          label={text('last30')}
          value={numbers?.events.last30Days}
          trend={trends.events}
          note={translate('home.trend.reported')}
          to="/adverse-events"
        />
        <StatTile label={text('rate')} value={rate} note={numbers && text(given === 0 ? 'rateNone' : 'rateOf')} />
        <StatTile
          label={text('injections30')}
          value={numbers?.events.injectionsLast30Days}
          trend={trends.injections}
          note={translate('home.trend.given')}
          to="/injections"
        />
        <StatTile label={text('holds')} value={numbers?.holds} tone={numbers?.holds ? 'warning' : 'neutral'} to="/patients?show=on-hold" />
        <StatTile
          label={text('proposals')}
          value={numbers?.proposals}
          tone={numbers?.proposals ? 'info' : 'neutral'}
          note={text('proposalsNote')}
        />
      </StatRow>
      <Box
        sx={{
          display: 'grid',
          gap: 3,
          gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 3fr) minmax(0, 2fr)' },
          alignItems: 'start',
        }}
      >
        <Stack sx={{ gap: 3 }}>
          <Section title={text('perDay')} subtitle={text('perDaySub')}>
            {numbers ? <DayBars days={numbers.injectionsPerDay} /> : <DayBarsPending />}
          </Section>
          <Events />
        </Stack>
        <Lots />
      </Box>
    </Page>
  );
}

function Events() {
  const translate = useTranslate();
  const format = useFormat();
  const { word } = useWords();
  const events = useAnswer(ROUTES.listAdverseEvents, { query: { limit: 5 } });
  return (
    <Section
      title={translate('home.administrator.events')}
      flush
      actions={
        <Button component={Link} to="/adverse-events">
          {translate('home.administrator.allEvents')}
        </Button>
      }
    >
      {events.isPending && <LinesPending lines={5} />}
      <ProblemAlert error={events.error} />
      {events.data?.items.length === 0 && <EmptyState icon={<HealingOutlined />} text={translate('home.administrator.eventsEmpty')} />}
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {events.data?.items.map((event) => (
          <Box component="li" key={event.id} sx={{ ...LINE, gridTemplateColumns: '1fr auto' }}>
            <PatientLine patient={event.patient} />
            <Box sx={{ textAlign: 'right' }}>
              <StatusTag tone={LEVEL_TONES[event.triage.level] ?? 'neutral'}>{word('level', event.triage.level)}</StatusTag>
              <Typography variant="caption" color="text.secondary" component="div" sx={{ mt: 0.5 }}>
                {format.instant(event.reportedAt)} · {word('eventOutcome', event.outcome)}
              </Typography>
            </Box>
          </Box>
        ))}
      </Box>
    </Section>
  );
}

function Lots() {
  const translate = useTranslate();
  const format = useFormat();
  const { word } = useWords();
  const { today } = useSession();
  const lots = useAnswer(ROUTES.listLots, { query: { limit: 8, usable: 'true' } });
  return (
    <Section
      title={translate('home.administrator.lots')}
      subtitle={translate('home.administrator.lotsSub')}
      flush
      actions={
        <Button component={Link} to="/lots">
          {translate('home.administrator.allLots')}
        </Button>
      }
    >
      {lots.isPending && <LinesPending lines={8} />}
      <ProblemAlert error={lots.error} />
      {lots.data?.items.length === 0 && <EmptyState icon={<Inventory2Outlined />} text={translate('home.administrator.lotsEmpty')} />}
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {lots.data?.items.map((lot) => (
          <Box component="li" key={lot.id} sx={{ ...LINE, gridTemplateColumns: 'minmax(0, 1fr) auto' }}>
            <Box sx={{ minWidth: 0 }}>
              <Typography variant="body2" noWrap sx={{ fontWeight: 620 }}>
                {lot.lotNumber}
              </Typography>
              <Typography variant="caption" color="text.secondary" noWrap component="div">
                {lot.productName} · {translate('home.administrator.given', { smart_count: lot.injectionsGiven })}
              </Typography>
            </Box>
            <Box sx={{ textAlign: 'right' }}>
              {lot.status !== 'usable' && <StatusTag tone="danger">{word('lotStatus', lot.status)}</StatusTag>}
              <Typography variant="caption" color={lot.expiresOn < today ? 'error' : 'text.secondary'} component="div" className="tabular">
                {translate(lot.expiresOn < today ? 'home.administrator.expired' : 'home.administrator.expires', {
                  date: format.date(lot.expiresOn),
                })}
              </Typography>
            </Box>
          </Box>
        ))}
      </Box>
    </Section>
  );
}
