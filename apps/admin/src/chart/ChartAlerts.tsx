import { TaskAltOutlined } from '@mui/icons-material';
import type { AlertRow } from '@vastus/contract';
import type { ReactNode } from 'react';
import { useTranslate } from 'react-admin';
import { AlertCard } from '../alerts/AlertCard.js';
import { EmptyState } from '../ui/EmptyState.js';
import { Section } from '../ui/Section.js';

const ENDED: readonly AlertRow['state'][] = ['resolved', 'dismissed', 'closed'];

interface Props {
  alerts: readonly AlertRow[];
  phone: string | null;
  actions?: ReactNode;
}

/** What waits for somebody with this patient, why each of it exists, and what can be done with it. */
export function ChartAlerts({ alerts, phone, actions }: Props) {
  const translate = useTranslate();
  const active = alerts.filter(({ state }) => !ENDED.includes(state));
  return (
    <Section title={translate('patients.chart.alerts')} actions={actions} flush>
      {active.length === 0 && <EmptyState icon={<TaskAltOutlined />} text={translate('patients.chart.alertsNone')} />}
      {active.map((alert) => (
        <AlertCard key={alert.id} alert={alert} phone={phone} />
      ))}
    </Section>
  );
}
