import { PhoneOutlined, VaccinesOutlined } from '@mui/icons-material';
import { Box, Button, Stack, TableCell, TableRow, Tooltip, Typography } from '@mui/material';
import type { TodayRow } from '@vastus/contract';
import { memo } from 'react';
import { useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { useFormat } from '../format.js';
import { useWords } from '../i18n/useWords.js';
import { ObservationTimer } from '../injections/ObservationTimer.js';
import { useSession } from '../session/useSession.js';
import { HoldTag } from '../ui/HoldTag.js';
import { nameOf, PatientLine } from '../ui/PatientLine.js';
import { ON_TABLET, ROOMY } from '../ui/RowsCard.js';
import { StatusTag } from '../ui/StatusTag.js';

export type TodayDialog = { kind: 'call' | 'not-given' | 'undo'; row: TodayRow };

interface DoseRowProps {
  row: TodayRow;
  onDialog: (dialog: TodayDialog) => void;
}

/** Drawn again only when the dose itself changed: the lists around it arrive one after the other. */
export const DoseRow = memo(function DoseRow({ row, onDialog }: DoseRowProps) {
  const translate = useTranslate();
  const format = useFormat();
  const { word } = useWords();
  const { may } = useSession();
  const name = nameOf(row.patient);
  const done = row.bucket === 'done';
  const last = row.lastDoseOn ? translate('home.nurse.lastDoseOn', { date: format.date(row.lastDoseOn) }) : translate('home.nurse.never');
  const course = done ? word('phase', row.phase) : `${word('phase', row.phase)} · ${last}`;
  return (
    <TableRow hover>
      <TableCell>
        <Stack sx={{ alignItems: 'flex-start', gap: 0.75 }}>
          <PatientLine patient={row.patient} />
          <HoldTag hold={row.imHold} />
        </Stack>
        <Typography variant="caption" component="div" color="text.secondary" sx={ON_TABLET}>
          {row.productName} · {course}
        </Typography>
      </TableCell>
      <TableCell sx={ROOMY}>
        <Typography variant="body2" sx={{ fontWeight: 550 }}>
          {row.productName}
        </Typography>
        <Typography variant="caption" color="text.secondary">
          {course}
        </Typography>
      </TableCell>
      <TableCell>{done ? <Given row={row} /> : <Due row={row} />}</TableCell>
      <TableCell align="right">
        <Stack direction="row" sx={{ justifyContent: 'flex-end', alignItems: 'center', gap: 0.5, flexWrap: { xs: 'wrap', lg: 'nowrap' } }}>
          {done ? (
            <DoneActions row={row} onDialog={onDialog} />
          ) : (
            <>
              {/* In whatever language: two beside each other, and the dose below them where there is no room. */}
              <Stack direction="row" sx={{ gap: 0.5 }}>
                {may('contact.record') && (
                  <Tooltip title={row.phone ?? translate('home.nurse.noPhone')}>
                    <Button
                      color="inherit"
                      sx={{ color: 'text.secondary' }}
                      startIcon={<PhoneOutlined />}
                      onClick={() => onDialog({ kind: 'call', row })}
                      aria-label={translate('home.nurse.callFor', { name })}
                    >
                      {translate('home.nurse.call')}
                    </Button>
                  </Tooltip>
                )}
                {may('injection.record') && (
                  <Button
                    color="inherit"
                    sx={{ color: 'text.secondary' }}
                    onClick={() => onDialog({ kind: 'not-given', row })}
                    aria-label={translate('home.nurse.notGivenFor', { name })}
                  >
                    {translate('home.nurse.notGiven')}
                  </Button>
                )}
              </Stack>
              {may('injection.record') && (
                <Button
                  component={Link}
                  to={`/log-injection?patient=${row.patient.id}&course=${row.courseId}`}
                  variant={row.imHold || row.bucket === 'physician' || row.bucket === 'arranged' ? 'outlined' : 'contained'}
                  startIcon={<VaccinesOutlined />}
                  aria-label={translate('home.nurse.logFor', { name })}
                >
                  {translate('home.nurse.log')}
                </Button>
              )}
            </>
          )}
        </Stack>
      </TableCell>
    </TableRow>
  );
});

/** What was given today, where, and how long the patient is still to be watched. */
function Given({ row }: { row: TodayRow }) {
  const translate = useTranslate();
  const format = useFormat();
  const { word } = useWords();
  return (
    <Stack sx={{ gap: 0.5, alignItems: 'flex-start' }}>
      <Typography variant="body2">
        {row.site ? word('site', row.site) : '–'}
        {row.givenAt && <span className="tabular"> · {format.time(row.givenAt)}</span>}
      </Typography>
      {row.lotNumber && (
        <Typography variant="caption" color="text.secondary">
          {translate('injections.recorded.lot', { number: row.lotNumber })}
        </Typography>
      )}
      {row.observeUntil && <ObservationTimer until={row.observeUntil} />}
    </Stack>
  );
}

function DoneActions({ row, onDialog }: DoseRowProps) {
  const translate = useTranslate();
  const { may } = useSession();
  const name = nameOf(row.patient);
  return (
    <>
      {may('injection.void') && (
        <Button
          color="inherit"
          sx={{ color: 'text.secondary' }}
          onClick={() => onDialog({ kind: 'undo', row })}
          aria-label={translate('home.nurse.undoFor', { name })}
        >
          {translate('home.nurse.undo')}
        </Button>
      )}
      {may('adverse-event.record') && (
        <Button
          variant="outlined"
          component={Link}
          to={`/report-event?patient=${row.patient.id}&injection=${row.injectionId}`}
          aria-label={translate('home.nurse.reactionFor', { name })}
        >
          {translate('injections.recorded.reaction')}
        </Button>
      )}
    </>
  );
}

/** When the dose is due, and what was said about it. The server counted the days; here they only get words. */
function Due({ row }: { row: TodayRow }) {
  const translate = useTranslate();
  const format = useFormat();
  return (
    <Stack sx={{ gap: 0.5, alignItems: 'flex-start' }}>
      {!row.imHold && <DueTag row={row} />}
      <Typography variant="caption" color="text.secondary" component="div" className="tabular" sx={{ whiteSpace: 'nowrap' }}>
        {translate('home.nurse.dueDate', { date: format.date(row.dueOn) })}
      </Typography>
      {row.imHold && (
        <Typography variant="caption" component="div" sx={{ fontWeight: 600, maxWidth: 220 }}>
          {translate(`home.nurse.holdExplained.${row.imHold}`)}
        </Typography>
      )}
      <Said row={row} />
    </Stack>
  );
}

function DueTag({ row: { bucket, daysLate } }: { row: TodayRow }) {
  const translate = useTranslate();
  if (daysLate > 0)
    return (
      <StatusTag tone={bucket === 'overdue' ? 'danger' : 'warning'}>{translate('home.nurse.late', { smart_count: daysLate })}</StatusTag>
    );
  if (daysLate === 0) return <StatusTag tone="accent">{translate('home.nurse.today')}</StatusTag>;
  return <StatusTag tone="info">{translate('home.nurse.in', { smart_count: -daysLate })}</StatusTag>;
}

/** The last word on the phone, in words: coming, did not come, to be called, declined, elsewhere. */
function Said({ row: { contact, phoneWrong } }: { row: TodayRow }) {
  const translate = useTranslate();
  const format = useFormat();
  const { word } = useWords();
  const { today } = useSession();
  const t = (key: string, options?: Record<string, unknown>) => translate(`home.nurse.said.${key}`, options);
  const sentence = () => {
    if (!contact) return null;
    const date = contact.on ? format.date(contact.on) : '';
    switch (contact.outcome) {
      case 'will-come':
        return t(contact.on! < today ? 'didNotCome' : contact.on === today ? 'comesToday' : 'comes', { date });
      case 'call-again':
        return t(contact.on! < today ? 'notCalled' : contact.on === today ? 'callToday' : 'callOn', { date });
      case 'declined':
        return t('declined', { reason: word('decline', contact.declineReason ?? 'other') });
      default:
        return word('contact', contact.outcome);
    }
  };
  const said = sentence();
  if (!said && !phoneWrong) return null;
  return (
    <Box sx={{ maxWidth: 260 }}>
      {said && (
        <Typography variant="caption" component="div" sx={{ fontWeight: 600 }}>
          {said}
        </Typography>
      )}
      {contact && (
        <Typography variant="caption" component="div" color="text.secondary">
          {[contact.note, t('by', { date: format.instant(contact.attemptedAt), name: contact.recordedByName })].filter(Boolean).join(' · ')}
        </Typography>
      )}
      {phoneWrong && (
        <Typography variant="caption" component="div" sx={{ fontWeight: 600, color: 'error.main' }}>
          {t('wrongNumber')}
        </Typography>
      )}
    </Box>
  );
}
