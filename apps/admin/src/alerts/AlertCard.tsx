import { ExpandMoreOutlined } from '@mui/icons-material';
import { Box, Button, Checkbox, Collapse, Stack, Typography } from '@mui/material';
import { acknowledgesTogether, dateInZone, daysBetween } from '@vastus/clinical';
import type { AlertRow } from '@vastus/contract';
import { type Ref, useId, useState } from 'react';
import { useTranslate } from 'react-admin';
import { useFormat } from '../format.js';
import { useWords } from '../i18n/useWords.js';
import { useSession } from '../session/useSession.js';
import { PatientLine } from '../ui/PatientLine.js';
import { PriorityTag } from '../ui/PriorityTag.js';
import { StatusTag } from '../ui/StatusTag.js';
import { AlertExplanation } from './AlertExplanation.js';
import { AlertWorkButtons } from './AlertWorkButtons.js';
import { type AlertAction, type AlertDialogWork, actionsOf, useAlertActions } from './useAlertActions.js';

interface AlertItemProps {
  alert: AlertRow;
  showPatient?: boolean;
  /** One below the heading it stands under. */
  heading?: 'h2' | 'h3';
  busy?: boolean;
  /** It has left the queue since it was shown. */
  gone?: boolean;
  /** Several are chosen to be acknowledged together; without it there is nothing to choose. */
  chosen?: boolean;
  onChoose?: (chosen: boolean) => void;
  /** Why is open; without `onWhy` the item keeps that to itself. */
  why?: boolean;
  onWhy?: (open: boolean) => void;
  onAct: (action: AlertAction, alert: AlertRow) => void;
  onWork: (work: AlertDialogWork, alert: AlertRow, phone: string | null) => void;
  phone?: string | null;
  inChart?: boolean;
  itemRef?: Ref<HTMLDivElement>;
  tabIndex?: number;
  onFocus?: () => void;
}

// By the room the alert has, not by the screen: the same card stands in the queue and in a column of the chart.
const MEDIUM = '@container (min-width: 560px)';
const WIDE = '@container (min-width: 980px)';

/** One alert: what is to be done, by when, what is missing, why, and what its rule lets one do with it. */
export function AlertItem({
  alert,
  showPatient = false,
  heading = 'h3',
  busy = false,
  gone = false,
  chosen = false,
  onChoose,
  why,
  onWhy,
  onAct,
  onWork,
  phone = null,
  inChart = false,
  itemRef,
  tabIndex,
  onFocus,
}: AlertItemProps) {
  const translate = useTranslate();
  const words = useWords();
  const format = useFormat();
  const session = useSession();
  const [ownWhy, setOwnWhy] = useState(false);
  const explanation = useId();
  const title = useId();
  const t = (key: string, options?: Record<string, unknown>) => translate(`alerts.${key}`, options);
  const open = why ?? ownWhy;
  const toggle = onWhy ?? setOwnWhy;
  const rule = words.alert(alert);
  const age = daysBetween(dateInZone(alert.raisedAt, session.zone), session.today);
  const actions = gone ? [] : actionsOf(alert, session);
  const choosable = onChoose && actions.includes('acknowledge') && acknowledgesTogether(alert);
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
        bgcolor: chosen ? palette.tone.accent.soft : undefined,
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
        <Box sx={{ pt: 0.25, display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: 0.5 }}>
          <PriorityTag priority={alert.priority} />
          {choosable && (
            <Checkbox
              size="small"
              checked={chosen}
              onChange={({ target }) => onChoose(target.checked)}
              slotProps={{ input: { 'aria-label': t('bulk.choose', { rule }) } }}
              sx={{ p: 0.5, ml: -0.5 }}
            />
          )}
        </Box>
        <Box sx={{ minWidth: 0 }}>
          {showPatient && <PatientLine patient={alert.patient} />}
          <Typography
            id={title}
            component={heading}
            variant="body1"
            sx={{ fontWeight: 620, ...(gone && { textDecoration: 'line-through', color: 'text.secondary' }) }}
          >
            {rule}
          </Typography>
          <Stack direction="row" sx={{ gap: 1, flexWrap: 'wrap', alignItems: 'center', mt: 0.25 }}>
            {gone && <StatusTag tone="neutral">{t('gone')}</StatusTag>}
            {!gone && alert.overdue && <StatusTag tone="danger">{t('overdue')}</StatusTag>}
            {!gone && alert.state !== 'open' && (
              <StatusTag tone={alert.state === 'acknowledged' ? 'info' : 'neutral'}>
                {alert.state === 'acknowledged' && alert.actedByName
                  ? t('takenOnBy', { name: alert.actedByName })
                  : words.word('alertState', alert.state)}
              </StatusTag>
            )}
            {!gone && alert.escalatedAt && <StatusTag tone="warning">{t('escalated')}</StatusTag>}
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
          className="no-print"
          sx={{
            gap: 0.75,
            flexWrap: 'wrap',
            alignItems: 'center',
            [MEDIUM]: { gridColumn: 2 },
            [WIDE]: { gridColumn: 3, justifyContent: 'flex-end' },
          }}
        >
          {!gone && (
            <AlertWorkButtons inChart={inChart} alert={alert} name={rule} busy={busy} onWork={(work) => onWork(work, alert, phone)} />
          )}
          {actions.map((action) => (
            <Button
              key={action}
              size="small"
              disabled={busy}
              onClick={() => onAct(action, alert)}
              aria-label={`${t(actionWord(action, alert))}: ${rule}`}
            >
              {t(actionWord(action, alert))}
            </Button>
          ))}
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

/** Taking back means two things: somebody else may have it, or it waits again now. */
const actionWord = (action: AlertAction, { state }: AlertRow) =>
  `action.${action === 'undo' ? (state === 'snoozed' ? 'wake' : 'putBack') : action}`;

/** An alert that brings its own dialogs: for the chart. */
export function AlertCard({ alert, phone = null }: { alert: AlertRow; phone?: string | null }) {
  const { act, work, busy, dialogs } = useAlertActions();
  return (
    <>
      <AlertItem inChart alert={alert} phone={phone} busy={busy === alert.id} onAct={act} onWork={work} />
      {dialogs}
    </>
  );
}
