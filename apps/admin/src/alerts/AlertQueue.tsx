/** The queue: worst first, one person is one card, everything reachable from the keyboard, and nothing moves while it is read. */
import { ArrowUpwardOutlined, TaskAltOutlined } from '@mui/icons-material';
import { Box, Button, Card, LinearProgress, Stack, Tab, Tabs } from '@mui/material';
import { PRIORITIES, type Priority, ROLES, type Role } from '@vastus/clinical';
import { ROUTES } from '@vastus/contract';
import { useTranslate } from 'react-admin';
import { useAlertCounts } from '../api/alertCounts.js';
import { useRows } from '../api/queries.js';
import { useWords } from '../i18n/useWords.js';
import { useSession } from '../session/useSession.js';
import { EmptyState } from '../ui/EmptyState.js';
import { FilterSelect } from '../ui/FilterSelect.js';
import { MoreRows } from '../ui/MoreRows.js';
import { Page } from '../ui/Page.js';
import { ProblemAlert } from '../ui/ProblemAlert.js';
import { Segmented } from '../ui/Segmented.js';
import { StatusTag } from '../ui/StatusTag.js';
import { useUrlFilter } from '../ui/useUrlFilter.js';
import { Ended, People } from './People.js';
import { useSteadyQueue } from './steady.js';

const SHOWN = ['active', 'snoozed', 'ended'] as const;
type Shown = (typeof SHOWN)[number];
const PEOPLE_A_PAGE = 25;

interface Wanted {
  ownerRole: Role;
  priority?: Priority;
  ruleId?: string;
  patientId?: string;
}

export function AlertQueue() {
  const translate = useTranslate();
  const { role: ownRole } = useSession();
  const { filter, set } = useUrlFilter('role', 'show', 'priority', 'rule', 'patient');
  const role = (filter.role ?? (ownRole === 'administrator' ? 'physician' : ownRole)) as Role;
  const show = (filter.show ?? 'active') as Shown;
  const wanted: Wanted = {
    ownerRole: role,
    priority: filter.priority as Priority | undefined,
    ruleId: filter.rule,
    patientId: filter.patient,
  };
  const t = (key: string, options?: Record<string, unknown>) => translate(`alerts.${key}`, options);
  return (
    <Page
      title={t('title')}
      subtitle={t('subtitle')}
      actions={
        <Segmented
          label={t('role')}
          hideLabel
          value={role}
          onChange={(chosen) => set({ role: chosen, priority: null, rule: null })}
          options={ROLES.filter((code) => code !== 'administrator').map((code) => ({ value: code, label: translate(`app.role.${code}`) }))}
        />
      }
    >
      <Stack sx={{ gap: 2 }}>
        <Counts
          role={role}
          priority={filter.priority ?? null}
          rule={filter.rule}
          onPriority={(priority) => set({ priority, show: null })}
          onRule={(rule) => set({ rule, show: null })}
        />
        {filter.patient && (
          <Box>
            <Button variant="outlined" onClick={() => set({ patient: null })}>
              {t('everybody')}
            </Button>
          </Box>
        )}
        <Card>
          <Tabs
            value={show}
            onChange={(_, tab: string) => set({ show: tab === 'active' ? null : tab })}
            aria-label={t('states')}
            sx={{ px: 1 }}
          >
            {SHOWN.map((tab) => (
              <Tab key={tab} value={tab} label={t(`show.${tab}`)} id={`tab-${tab}`} aria-controls="queue" />
            ))}
          </Tabs>
          <Box id="queue" role="tabpanel" aria-labelledby={`tab-${show}`}>
            {show === 'ended' ? <WhatEnded wanted={wanted} /> : <Queue wanted={wanted} show={show} />}
          </Box>
        </Card>
      </Stack>
    </Page>
  );
}

function Queue({ wanted, show }: { wanted: Wanted; show: 'active' | 'snoozed' }) {
  const translate = useTranslate();
  const list = useRows(ROUTES.readAlertQueue, { query: { ...wanted, show, limit: PEOPLE_A_PAGE } });
  const { people, news, settle } = useSteadyQueue(list.rows, {
    view: JSON.stringify([wanted, show]),
    heardAt: list.dataUpdatedAt,
    ready: list.isSuccess && !list.isPlaceholderData,
  });
  return (
    <>
      <Progress list={list} />
      {list.isSuccess && !list.isPlaceholderData && people.length === 0 && news === 0 && (
        <EmptyState icon={<TaskAltOutlined />} text={translate(`alerts.empty.${show}`)} />
      )}
      {/* Said, not shown: what is being read stays where it is. */}
      <Box role="status" sx={({ zIndex }) => ({ position: 'sticky', top: 68, zIndex: zIndex.appBar - 3, textAlign: 'center', height: 0 })}>
        {news > 0 && (
          <Button
            variant="contained"
            size="small"
            startIcon={<ArrowUpwardOutlined />}
            sx={{ borderRadius: 5, mt: 0.5, boxShadow: 3 }}
            onClick={() => {
              settle();
              document.getElementById('queue')?.scrollIntoView({ block: 'start' });
            }}
          >
            {translate('alerts.news', { smart_count: news })}
          </Button>
        )}
      </Box>
      <People people={people} />
      <MoreRows {...list} />
    </>
  );
}

function WhatEnded({ wanted }: { wanted: Wanted }) {
  const translate = useTranslate();
  const list = useRows(ROUTES.listAlerts, { query: { ...wanted, show: 'ended' } });
  return (
    <>
      <Progress list={list} />
      {list.isSuccess && list.rows.length === 0 && <EmptyState icon={<TaskAltOutlined />} text={translate('alerts.empty.ended')} />}
      <Ended alerts={list.rows} />
      <MoreRows {...list} />
    </>
  );
}

function Progress({ list }: { list: Pick<ReturnType<typeof useRows>, 'isFetching' | 'isFetchingNextPage' | 'error' | 'refetch'> }) {
  const translate = useTranslate();
  return (
    <>
      <Box sx={{ height: 4 }}>
        {list.isFetching && !list.isFetchingNextPage && <LinearProgress aria-label={translate('app.problem.loading')} />}
      </Box>
      {list.error && (
        <Box sx={{ p: 2 }}>
          <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />
        </Box>
      )}
    </>
  );
}

interface CountsProps {
  role: Role;
  priority: string | null;
  rule: string | undefined;
  onPriority: (priority: string | null) => void;
  onRule: (rule: string | null) => void;
}

function Counts({ role, priority: chosen, rule, onPriority, onRule }: CountsProps) {
  const translate = useTranslate();
  const words = useWords();
  const counts = useAlertCounts(role);
  if (!counts.data) return null;
  const { total, overdue, byPriority, byRule } = counts.data;
  const priorities = [
    { value: 'all', label: `${translate('alerts.all')} ${total}` },
    ...PRIORITIES.filter((priority) => byPriority[priority] || priority === chosen).map((priority) => ({
      value: priority as string,
      label: `${translate(`clinical.priority.${priority}`)} ${byPriority[priority] ?? 0}`,
      tint:
        priority === 'emergency' || priority === 'urgent' ? ('danger' as const) : priority === 'high' ? ('warning' as const) : undefined,
    })),
  ];
  const kinds = Object.entries({ ...(rule && { [rule]: 0 }), ...byRule })
    .map(([value, count]) => ({ value, count, label: `${words.word('rule', value)} (${count})` }))
    .toSorted((a, b) => b.count - a.count || a.label.localeCompare(b.label));
  return (
    <Stack direction="row" sx={{ gap: 2, alignItems: 'center', flexWrap: 'wrap' }}>
      <Segmented
        label={translate('alerts.byPriority')}
        hideLabel
        value={chosen ?? 'all'}
        onChange={(value) => onPriority(value === 'all' ? null : value)}
        options={priorities}
      />
      <FilterSelect label={translate('alerts.byKind')} value={rule} onChange={onRule} options={kinds} minWidth={260} />
      {overdue > 0 && <StatusTag tone="danger">{translate('alerts.overdueCount', { smart_count: overdue })}</StatusTag>}
    </Stack>
  );
}

export default AlertQueue;
