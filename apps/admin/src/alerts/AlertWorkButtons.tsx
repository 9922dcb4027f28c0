import { Button } from '@mui/material';
import { type AlertWork, handlingOf } from '@vastus/clinical';
import type { AlertRow, Permission } from '@vastus/contract';
import { useTranslate } from 'react-admin';
import { Link, useLocation } from 'react-router-dom';
import { useSession } from '../session/useSession.js';
import { type AlertDialogWork, actionsOf } from './useAlertActions.js';

type Place = { needs: Permission; to: (alert: AlertRow) => string | null };

const ofSubject = (type: string, to: (id: string) => string) => (alert: AlertRow) =>
  alert.subjectType === type ? to(alert.subjectId) : null;
/** Where each kind of work is done, and who may do it. */
const PLACES: Readonly<Record<Exclude<AlertWork, AlertDialogWork>, Place>> = {
  examine: { needs: 'adverse-event.examine', to: ofSubject('adverse-event', (id) => `/adverse-events/${id}/show?do=examine`) },
  'open-event': { needs: 'adverse-event.read', to: ofSubject('adverse-event', (id) => `/adverse-events/${id}/show`) },
  'enter-result': { needs: 'lab-result.record', to: ({ patient }) => `/enter-result?patient=${patient.id}` },
  'log-dose': {
    needs: 'injection.record',
    to: ({ patient, subjectType, subjectId }) =>
      `/log-injection?patient=${patient.id}${subjectType === 'course' ? `&course=${subjectId}` : ''}`,
  },
  'review-dose': { needs: 'injection.read', to: ({ patient }) => `/injections?patient=${patient.id}` },
  'review-course': { needs: 'course.read', to: ({ patient }) => `/patients/${patient.id}/show#courses` },
  'work-up': { needs: 'course.change', to: ({ patient }) => `/patients/${patient.id}/show#courses` },
  'rule-out': { needs: 'rule-out.record', to: ({ patient }) => `/patients/${patient.id}/show#rule-outs` },
  'edit-record': { needs: 'patient.edit', to: ({ patient }) => `/patients/${patient.id}` },
  'open-chart': { needs: 'patient.read', to: ({ patient }) => `/patients/${patient.id}/show` },
};

interface Props {
  alert: AlertRow;
  name: string;
  busy: boolean;
  /** It stands in the chart already. */
  inChart?: boolean;
  onWork: (work: AlertDialogWork, alert: AlertRow) => void;
}

/** The work that answers the alert, as its rule has it: most of it closes the alert by itself. */
export function AlertWorkButtons({ alert, name, busy, inChart = false, onWork }: Props) {
  const translate = useTranslate();
  const session = useSession();
  const { pathname } = useLocation();
  if (alert.state !== 'open' && alert.state !== 'acknowledged') return null;
  const offered = handlingOf(alert.ruleId).work.flatMap((work): { work: AlertWork; to: string | null }[] => {
    if (work === 'contact') return session.may('contact.record') && alert.subjectType === 'course' ? [{ work, to: null }] : [];
    if (work === 'decide-route') return session.may('route.decide') ? [{ work, to: null }] : [];
    if (work === 'order-results') return actionsOf(alert, session).includes('snooze') ? [{ work, to: null }] : [];
    if (work === 'open-chart' && inChart) return [];
    const { needs, to } = PLACES[work];
    const place = session.may(needs) ? to(alert) : null;
    // A way to the page one is on leads nowhere.
    return place && place !== pathname ? [{ work, to: place }] : [];
  });
  return (
    <>
      {offered.map(({ work, to }, index) => {
        const label = translate(`alerts.work.${work}`);
        const look = { size: 'small' as const, variant: index === 0 ? ('contained' as const) : ('outlined' as const), disabled: busy };
        return to ? (
          <Button key={work} {...look} component={Link} to={to} aria-label={`${label}: ${name}`}>
            {label}
          </Button>
        ) : (
          <Button key={work} {...look} aria-label={`${label}: ${name}`} onClick={() => onWork(work as AlertDialogWork, alert)}>
            {label}
          </Button>
        );
      })}
    </>
  );
}
