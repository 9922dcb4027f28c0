import { type AdverseEvent, ROUTES } from '@vastus/contract';
import { useTranslate } from 'react-admin';
import { AlertCard } from '../alerts/AlertCard.js';
import { useAnswer } from '../api/queries.js';
import { useSession } from '../session/useSession.js';
import { Section } from '../ui/Section.js';

/**
 * What of this reaction still waits for somebody. "See the patient now" is met by no record, an examination included: whoever has just
 * examined says so here and does not meet it in the queue again.
 */
export function EventAlerts({ event }: { event: AdverseEvent }) {
  const translate = useTranslate();
  const { may } = useSession();
  const acts = may('alert.act');
  const alerts = useAnswer(ROUTES.listAlerts, { query: { patientId: event.patient.id, limit: 50 } }, { enabled: acts });
  const own = alerts.data?.items.filter(({ subjectType, subjectId }) => subjectType === 'adverse-event' && subjectId === event.id) ?? [];
  if (!acts || own.length === 0) return null;
  return (
    <Section title={translate('adverseEvents.show.alerts')} subtitle={translate('adverseEvents.show.alertsHelp')} flush>
      {own.map((alert) => (
        <AlertCard key={alert.id} alert={alert} />
      ))}
    </Section>
  );
}
