/** The queue: worst first, one person is one card, everything reachable from the keyboard. */
import { TaskAltOutlined } from '@mui/icons-material';
import { Box, Button, Card, FormControlLabel, LinearProgress, Stack, Switch, Tab, Tabs, Typography } from '@mui/material';
import { PRIORITIES, type Priority, ROLES, type Role } from '@vastus/clinical';
import { type AlertRow, ROUTES } from '@vastus/contract';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { Link, useNavigate } from 'react-router-dom';
import { useAnswer, useRows } from '../api/queries.js';
import { useSession } from '../session/useSession.js';
import { EmptyState } from '../ui/EmptyState.js';
import { MoreRows } from '../ui/MoreRows.js';
import { Page } from '../ui/Page.js';
import { nameOf, PatientLine } from '../ui/PatientLine.js';
import { ProblemAlert } from '../ui/ProblemAlert.js';
import { Segmented } from '../ui/Segmented.js';
import { StatusTag } from '../ui/StatusTag.js';
import { useUrlFilter } from '../ui/useUrlFilter.js';
import { AlertItem } from './AlertCard.js';
import { useAlertActions } from './useAlertActions.js';
import { useQueueKeys } from './useQueueKeys.js';

const SHOWN = ['active', 'snoozed', 'ended'] as const;
const KEYS = ['j', 'k', 'a', 's', 'r', 'd', 'w', 'o'] as const;

export function AlertQueue() {
  const translate = useTranslate();
  const { role: ownRole } = useSession();
  const { filter, set } = useUrlFilter('role', 'show', 'priority', 'rule', 'patient');
  const role = (filter.role ?? ownRole) as Role;
  const show = (filter.show ?? 'active') as (typeof SHOWN)[number];
  const list = useRows(ROUTES.listAlerts, {
    query: { ownerRole: role, show, priority: filter.priority as Priority | undefined, ruleId: filter.rule, patientId: filter.patient },
  });
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
          onChange={(chosen) => set({ role: chosen, priority: null })}
          options={ROLES.map((code) => ({ value: code, label: translate(`app.role.${code}`) }))}
        />
      }
    >
      <Stack sx={{ gap: 2 }}>
        <Counts role={role} chosen={filter.priority ?? null} onChoose={(priority) => set({ priority, show: null })} />
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
            <Box sx={{ height: 4 }}>
              {list.isFetching && !list.isFetchingNextPage && <LinearProgress aria-label={translate('app.problem.loading')} />}
            </Box>
            {list.error && (
              <Box sx={{ p: 2 }}>
                <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />
              </Box>
            )}
            {list.isSuccess && list.rows.length === 0 && <EmptyState icon={<TaskAltOutlined />} text={t(`empty.${show}`)} />}
            <People alerts={list.rows} />
            <MoreRows {...list} />
          </Box>
        </Card>
      </Stack>
    </Page>
  );
}

function Counts({ role, chosen, onChoose }: { role: Role; chosen: string | null; onChoose: (priority: string | null) => void }) {
  const translate = useTranslate();
  const counts = useAnswer(ROUTES.countAlerts, { query: { ownerRole: role } });
  if (!counts.data) return null;
  const { total, overdue, byPriority } = counts.data;
  const options = [
    { value: 'all', label: `${translate('alerts.all')} ${total}` },
    ...PRIORITIES.filter((priority) => byPriority[priority] || priority === chosen).map((priority) => ({
      value: priority as string,
      label: `${translate(`clinical.priority.${priority}`)} ${byPriority[priority] ?? 0}`,
      tint:
        priority === 'emergency' || priority === 'urgent' ? ('danger' as const) : priority === 'high' ? ('warning' as const) : undefined,
    })),
  ];
  return (
    <Stack direction="row" sx={{ gap: 2, alignItems: 'center', flexWrap: 'wrap' }}>
      <Segmented
        label={translate('alerts.byPriority')}
        hideLabel
        value={chosen ?? 'all'}
        onChange={(value) => onChoose(value === 'all' ? null : value)}
        options={options}
      />
      {overdue > 0 && <StatusTag tone="danger">{translate('alerts.overdueCount', { smart_count: overdue })}</StatusTag>}
    </Stack>
  );
}

interface Person {
  patient: AlertRow['patient'];
  alerts: AlertRow[];
}

/** One person is one card, where their worst alert stands. */
function byPerson(alerts: readonly AlertRow[]): Person[] {
  const people = new Map<string, Person>();
  for (const alert of alerts) {
    const person = people.get(alert.patient.id) ?? { patient: alert.patient, alerts: [] };
    person.alerts.push(alert);
    people.set(alert.patient.id, person);
  }
  return [...people.values()];
}

function People({ alerts }: { alerts: readonly AlertRow[] }) {
  const translate = useTranslate();
  const navigate = useNavigate();
  const people = byPerson(alerts);
  const inOrder = people.flatMap((person) => person.alerts);
  const [why, setWhy] = useState<ReadonlySet<string>>(new Set());
  const [listening, setListening] = useState(true);
  const toggleWhy = (alertId: string) =>
    setWhy((before) => {
      const after = new Set(before);
      if (!after.delete(alertId)) after.add(alertId);
      return after;
    });
  const { act, busy, asking, dialogs } = useAlertActions((alertId) => keys.moveOn(alertId));
  const keys = useQueueKeys(inOrder, {
    enabled: listening && !asking,
    onAct: act,
    onWhy: (alert) => toggleWhy(alert.id),
    onOpen: (alert) => void navigate(`/patients/${alert.patient.id}/show`),
  });
  if (alerts.length === 0) return <>{dialogs}</>;
  return (
    <>
      <Stack direction="row" sx={{ gap: 2, px: 2, py: 1, flexWrap: 'wrap', alignItems: 'center', borderTop: 1, borderColor: 'divider' }}>
        {listening && (
          <Typography variant="caption" color="text.secondary" component="div" sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 1.5 }}>
            {KEYS.map((key) => (
              <span key={key}>
                <Box
                  component="kbd"
                  sx={{ fontFamily: 'inherit', fontWeight: 700, border: 1, borderColor: 'divider', borderRadius: 0.75, px: 0.6 }}
                >
                  {key}
                </Box>{' '}
                {translate(`alerts.keys.${key}`)}
              </span>
            ))}
          </Typography>
        )}
        {/* Single-letter shortcuts can be switched off: speech input types letters, too. */}
        <FormControlLabel
          sx={{ ml: 'auto', mr: 0 }}
          control={<Switch size="small" checked={listening} onChange={({ target }) => setListening(target.checked)} />}
          label={<Typography variant="caption">{translate('alerts.keys.label')}</Typography>}
        />
      </Stack>
      {people.map(({ patient, alerts: theirs }) => (
        <Box component="section" key={patient.id} aria-label={nameOf(patient)} sx={{ borderTop: 4, borderColor: 'background.default' }}>
          <Stack direction="row" sx={{ px: 2, py: 1.25, gap: 2, alignItems: 'center', bgcolor: 'surface.sunken', flexWrap: 'wrap' }}>
            <Box sx={{ flex: 1, minWidth: 220 }}>
              <PatientLine patient={patient} />
            </Box>
            {theirs.length > 1 && <StatusTag tone="neutral">{translate('alerts.several', { smart_count: theirs.length })}</StatusTag>}
            <Button
              size="small"
              component={Link}
              to={`/patients/${patient.id}/show`}
              aria-label={`${translate('injections.form.openChart')}: ${nameOf(patient)}`}
            >
              {translate('injections.form.openChart')}
            </Button>
          </Stack>
          {theirs.map((alert) => (
            <AlertItem
              key={alert.id}
              alert={alert}
              heading="h2"
              busy={busy === alert.id}
              onAct={act}
              why={why.has(alert.id)}
              onWhy={() => toggleWhy(alert.id)}
              itemRef={keys.refFor(alert.id)}
              tabIndex={alert.id === keys.current ? 0 : -1}
              onFocus={() => keys.setCurrent(alert.id)}
            />
          ))}
        </Box>
      ))}
      {dialogs}
    </>
  );
}

export default AlertQueue;
