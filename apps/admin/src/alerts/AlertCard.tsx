import { ExpandMoreOutlined } from '@mui/icons-material';
import { Box, Button, Collapse, Stack, Typography } from '@mui/material';
import { dateInZone, daysBetween } from '@vastus/clinical';
import type { AlertRow } from '@vastus/contract';
import { type Ref, useId, useState } from 'react';
import { useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { useFormat } from '../format.js';
import { useWords } from '../i18n/useWords.js';
import { useSession } from '../session/useSession.js';
import { PatientLine } from '../ui/PatientLine.js';
import { PriorityTag } from '../ui/PriorityTag.js';
import { StatusTag } from '../ui/StatusTag.js';
import { AlertExplanation } from './AlertExplanation.js';
import { type AlertAction, actionsOf, useAlertActions } from './useAlertActions.js';

interface AlertItemProps {
  alert: AlertRow;
  showPatient?: boolean;
  /** One below the heading it stands under. */
  heading?: 'h2' | 'h3';
  busy?: boolean;
  /** Why is open; without `onWhy` the item keeps that to itself. */
  why?: boolean;
  onWhy?: (open: boolean) => void;
  onAct: (action: AlertAction, alert: AlertRow) => void;
  itemRef?: Ref<HTMLDivElement>;
  tabIndex?: number;
  onFocus?: () => void;
}

// By the room the alert has, not by the screen: the same card stands in the queue and in a column of the chart.
const MEDIUM = '@container (min-width: 560px)';
const WIDE = '@container (min-width: 980px)';

/** One alert: what is to be done, by when, what is missing, why, and what can be done with it. */
export function AlertItem({
  alert,
  showPatient = false,
  heading = 'h3',
  busy = false,
  why,
  onWhy,
  onAct,
  itemRef,
  tabIndex,
  onFocus,
}: AlertItemProps) {
  const translate = useTranslate();
  const words = useWords();
  const format = useFormat();
  const { may, today, zone } = useSession();
  const [ownWhy, setOwnWhy] = useState(false);
  const explanation = useId();
  const title = useId();
  const t = (key: string, options?: Record<string, unknown>) => translate(`alerts.${key}`, options);
  const open = why ?? ownWhy;
  const toggle = onWhy ?? setOwnWhy;
  const rule = words.word('rule', alert.ruleId);
  const age = daysBetween(dateInZone(alert.raisedAt, zone), today);
  return (
    <Box
      ref={itemRef}
      role="group"
      aria-labelledby={title}
      data-alert={alert.id}
      tabIndex={tabIndex}
      onFocus={onFocus}
      sx={({ palette }) => ({
        containerType: 'inline-size',
        px: 2,
        py: 1.5,
        borderTop: 1,
        borderColor: 'divider',
        opacity: busy ? 0.6 : 1,
        outlineOffset: '-3px',
        '&:focus-visible': { outline: `3px solid ${palette.primary.main}`, borderRadius: 1 },
      })}
    >
      <Box
        sx={{
          display: 'grid',
          gridTemplateColumns: '1fr',
          columnGap: 2,
          rowGap: 1,
          alignItems: 'start',
          [MEDIUM]: { gridTemplateColumns: '112px minmax(0, 1fr)' },
          [WIDE]: { gridTemplateColumns: '112px minmax(0, 1fr) auto' },
        }}
      >
        <Box sx={{ pt: 0.25 }}>
          <PriorityTag priority={alert.priority} />
        </Box>
        <Box sx={{ minWidth: 0 }}>
          {showPatient && <PatientLine patient={alert.patient} />}
          <Typography id={title} sx={{ fontWeight: 620 }} component={heading} variant="body1">
            {rule}
          </Typography>
          <Stack direction="row" sx={{ gap: 1, flexWrap: 'wrap', alignItems: 'center', mt: 0.25 }}>
            {alert.overdue && <StatusTag tone="danger">{t('overdue')}</StatusTag>}
            {alert.state !== 'open' && <StatusTag tone="neutral">{words.word('alertState', alert.state)}</StatusTag>}
            {alert.escalatedAt && <StatusTag tone="warning">{t('escalated')}</StatusTag>}
            <Typography variant="caption" color="text.secondary" className="tabular">
              {t('due', { on: format.date(alert.dueOn), relative: format.relative(alert.dueOn) })} ·{' '}
              {age === 0 ? t('raisedToday') : t('age', { smart_count: age })}
              {alert.snoozedUntil && ` · ${t('snoozedUntil', { at: format.instant(alert.snoozedUntil) })}`}
            </Typography>
          </Stack>
          {alert.missing.length > 0 && (
            <Typography variant="body2" sx={{ mt: 0.5 }}>
              {t('missing')} <strong>{alert.missing.map((code) => words.word('missing', code)).join(', ')}</strong>
            </Typography>
          )}
          {(alert.outcome || alert.reason) && (
            <Typography variant="body2" color="text.secondary" sx={{ mt: 0.5 }}>
              {[
                alert.outcome && words.word('outcome', alert.outcome),
                alert.reason,
                alert.actedByName,
                alert.actedAt && format.instant(alert.actedAt),
              ]
                .filter(Boolean)
                .join(' · ')}
            </Typography>
          )}
        </Box>
        <Stack
          direction="row"
          sx={{
            gap: 0.5,
            flexWrap: 'wrap',
            alignItems: 'center',
            [MEDIUM]: { gridColumn: 2 },
            [WIDE]: { gridColumn: 3, justifyContent: 'flex-end' },
          }}
        >
          {may('alert.act') &&
            actionsOf(alert).map((action) => (
              <Button
                key={action}
                size="small"
                variant={action === 'resolve' ? 'outlined' : 'text'}
                disabled={busy}
                onClick={() => onAct(action, alert)}
                aria-label={`${t(`action.${action}`)}: ${rule}`}
              >
                {t(`action.${action}`)}
              </Button>
            ))}
          {workFor(alert) && (
            <Button
              size="small"
              variant="contained"
              component={Link}
              to={workFor(alert)!.to}
              aria-label={`${t(`work.${workFor(alert)!.word}`)}: ${rule}`}
            >
              {t(`work.${workFor(alert)!.word}`)}
            </Button>
          )}
          <Button
            size="small"
            color="inherit"
            onClick={() => toggle(!open)}
            aria-expanded={open}
            aria-controls={explanation}
            aria-label={`${t('why')}: ${rule}`}
            endIcon={<ExpandMoreOutlined sx={{ transform: open ? 'rotate(180deg)' : 'none', transition: 'transform .15s' }} />}
          >
            {t('why')}
          </Button>
        </Stack>
      </Box>
      <Collapse in={open} unmountOnExit id={explanation}>
        <Box sx={{ pt: 1.5 }}>
          <AlertExplanation alertId={alert.id} />
        </Box>
      </Collapse>
    </Box>
  );
}

/** Where the work itself is done: the alert then closes by itself. */
function workFor(alert: AlertRow): { to: string; word: string } | null {
  if (!['open', 'acknowledged'].includes(alert.state)) return null;
  const patient = `patient=${alert.patient.id}`;
  if (alert.ruleId === 'RX-OVERDUE') return { to: `/log-injection?${patient}&course=${alert.subjectId}`, word: 'dose' };
  if (alert.ruleId.startsWith('HOLD-')) return { to: `/patients/${alert.patient.id}/show`, word: 'decide' };
  if (/^MON-/.test(alert.ruleId) && alert.missing.length > 0) return { to: `/enter-result?${patient}`, word: 'result' };
  if (alert.subjectType === 'adverse-event') return { to: `/adverse-events/${alert.subjectId}/show`, word: 'event' };
  return null;
}

/** An alert that brings its own dialogs: for the chart and the physician's home. */
export function AlertCard({ alert, showPatient = false }: { alert: AlertRow; showPatient?: boolean }) {
  const { act, busy, dialogs } = useAlertActions();
  return (
    <>
      <AlertItem alert={alert} showPatient={showPatient} busy={busy === alert.id} onAct={act} />
      {dialogs}
    </>
  );
}
