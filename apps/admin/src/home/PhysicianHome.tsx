import { AssignmentOutlined, TaskAltOutlined } from '@mui/icons-material';
import { Box, Button, Stack } from '@mui/material';
import { ROUTES } from '@vastus/contract';
import { useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { useAlertCounts } from '../api/alertCounts.js';
import { useAnswer } from '../api/queries.js';
import { useFormat } from '../format.js';
import { useSession } from '../session/useSession.js';
import { AlertLine, AlertLines } from '../ui/AlertLine.js';
import { EmptyState } from '../ui/EmptyState.js';
import { LinesPending } from '../ui/LinesPending.js';
import { Page } from '../ui/Page.js';
import { ProblemAlert } from '../ui/ProblemAlert.js';
import { Section } from '../ui/Section.js';
import { StatRow, StatTile } from '../ui/StatTile.js';
import { StatusTag } from '../ui/StatusTag.js';
import { ProposalLine } from './ProposalLine.js';
import { useTrends } from './useTrends.js';

/** A draft that nobody signs changes nothing, and nobody else says that it is there. In the head, where it moves nothing when it arrives. */
function DraftsToSign() {
  const translate = useTranslate();
  const drafts = useAnswer(ROUTES.listProtocolVersions, { query: { state: 'draft', limit: 2 } });
  return drafts.data?.items.map(({ id, number }) => (
    <Button key={id} component={Link} to={`/protocol/${id}`} variant="outlined">
      {translate('home.physician.toSign', { number })}
    </Button>
  ));
}

/** The numbers, the worst of the queue, and the orders that wait for a word. */
export default function PhysicianHome() {
  const translate = useTranslate();
  const format = useFormat();
  const { staff, today } = useSession();
  const summary = useAnswer(ROUTES.readSummary, {}, { refetchInterval: 60_000 });
  const counts = useAlertCounts('physician');
  // By person, as the queue itself: nobody stands here twice.
  const queue = useAnswer(ROUTES.readAlertQueue, { query: { ownerRole: 'physician', limit: 8 } });
  const proposals = useAnswer(ROUTES.listProposals, { query: { limit: 6 } });
  const numbers = summary.data;
  const trends = useTrends(numbers);
  const own = counts.data;
  const urgent = own && (own.byPriority['emergency'] ?? 0) + (own.byPriority['urgent'] ?? 0);
  const text = (key: string) => translate(`home.physician.${key}`);
  return (
    <Page title={translate('home.physician.title', { name: staff.name })} subtitle={format.date(today, 'long')} actions={<DraftsToSign />}>
      <ProblemAlert error={summary.error ?? counts.error} onRetry={() => void Promise.all([summary.refetch(), counts.refetch()])} />
      <StatRow>
        <StatTile label={text('urgent')} value={urgent} tone={urgent ? 'danger' : 'neutral'} to="/alerts" />
        <StatTile label={text('overdue')} value={own?.overdue} tone={own?.overdue ? 'warning' : 'neutral'} to="/alerts" />
        <StatTile label={text('waiting')} value={own?.total} trend={trends.alerts} note={translate('home.trend.raised')} to="/alerts" />
        <StatTile label={text('holds')} value={numbers?.holds} tone={numbers?.holds ? 'warning' : 'neutral'} to="/patients?show=on-hold" />
        <StatTile
          label={text('ongoing')}
          value={numbers?.events.ongoing}
          trend={trends.events}
          note={translate('home.trend.reported')}
          to="/adverse-events"
        />
        <StatTile
          label={text('proposals')}
          value={numbers?.proposals}
          tone={numbers?.proposals ? 'info' : 'neutral'}
          note={text('proposalsNote')}
        />
      </StatRow>
      <Stack sx={{ gap: 3 }}>
        <Section
          title={text('queue')}
          subtitle={text('queueSub')}
          flush
          actions={
            <Button component={Link} to="/alerts">
              {text('allAlerts')}
            </Button>
          }
        >
          {queue.isPending && <LinesPending lines={8} />}
          {queue.error && <ProblemAlert error={queue.error} onRetry={() => void queue.refetch()} />}
          {queue.data?.items.length === 0 && <EmptyState icon={<TaskAltOutlined />} text={text('queueEmpty')} />}
          <AlertLines>
            {queue.data?.items.map(({ patient, alerts: [worst, ...more] }) =>
              worst ? (
                <AlertLine
                  key={patient.id}
                  alert={worst}
                  actions={
                    more.length > 0 && <StatusTag tone="neutral">{translate('alerts.several', { smart_count: more.length + 1 })}</StatusTag>
                  }
                />
              ) : null,
            )}
          </AlertLines>
        </Section>
        <Section title={text('orders')} subtitle={text('ordersSub')} flush>
          {proposals.isPending && <LinesPending lines={2} />}
          {proposals.error && <ProblemAlert error={proposals.error} onRetry={() => void proposals.refetch()} />}
          {proposals.data?.items.length === 0 && <EmptyState icon={<AssignmentOutlined />} text={text('ordersEmpty')} />}
          <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
            {proposals.data?.items.map((proposal) => (
              <ProposalLine key={proposal.id} proposal={proposal} />
            ))}
          </Box>
        </Section>
      </Stack>
    </Page>
  );
}
