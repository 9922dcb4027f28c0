import { PhoneOutlined } from '@mui/icons-material';
import { Alert, Box, Button, Link, Stack, TextField, Typography } from '@mui/material';
import {
  addDays,
  addMonths,
  CONTACT_OUTCOMES,
  type ContactOutcome,
  checkContact,
  DECLINE_REASONS,
  type DeclineReason,
} from '@vastus/clinical';
import { ROUTES, type TodayRow } from '@vastus/contract';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { Link as RouterLink } from 'react-router-dom';
import { useSend } from '../api/queries.js';
import { useFormat } from '../format.js';
import { useWords } from '../i18n/useWords.js';
import { useSession } from '../session/useSession.js';
import { useChangesNotice } from '../ui/ChangesNotice.js';
import { DateField } from '../ui/DateField.js';
import { FormDialog } from '../ui/FormDialog.js';
import { nameOf, PatientLine } from '../ui/PatientLine.js';
import { ReasonDialog } from '../ui/ReasonDialog.js';
import { Segmented } from '../ui/Segmented.js';

/** Days people say on the phone, counted from today. */
const DAYS: Readonly<Partial<Record<ContactOutcome, readonly number[]>>> = {
  'will-come': [0, 1, 2, 7],
  'call-again': [1, 2, 7],
  died: [0, -1],
};
/** Only what an answer asks for is sent. */
interface Said {
  outcome: ContactOutcome | null;
  on: string;
  declineReason: DeclineReason | null;
  note: string;
}
const NOTHING: Said = { outcome: null, on: '', declineReason: null, note: '' };

/** Whom to call, and about which course: a row of the day, or an alert about a late dose. */
export type Callee = Pick<TodayRow, 'patient' | 'phone' | 'phoneWrong' | 'courseId' | 'contact'>;

/** The phone, and what came of the call. What follows – the list, a physician’s alert – the server says. */
export function CallDialog({ row, onClose }: { row: Callee; onClose: () => void }) {
  const translate = useTranslate();
  const { word } = useWords();
  const { today, may } = useSession();
  const notice = useChangesNotice();
  const record = useSend(ROUTES.recordContactAttempt);
  const [said, setSaid] = useState(NOTHING);
  const [undoing, setUndoing] = useState(false);
  const t = (key: string, options?: Record<string, unknown>) => translate(`home.call.${key}`, options);
  const { outcome, on, declineReason, note } = said;
  const dated = outcome === 'will-come' || outcome === 'call-again' || outcome === 'died';
  const body = outcome && {
    courseId: row.courseId,
    outcome,
    on: dated ? on || null : null,
    declineReason: outcome === 'declined' ? declineReason : null,
    note: note.trim() || null,
  };
  // The birth date is the server's to compare; everything a form can know is known here.
  const issues = body ? checkContact(body, { today, birthDate: row.patient.birthDate }) : [];
  const choose = (part: Partial<Said>) => {
    setSaid((before) => ({ ...before, ...part }));
    record.reset();
  };

  if (undoing && row.contact) return <UndoCall row={row} contactId={row.contact.id} onClose={onClose} />;
  return (
    <FormDialog
      title={t('title')}
      submit={t('record')}
      tone={outcome === 'died' ? 'error' : 'primary'}
      ready={body !== null && issues.length === 0}
      busy={record.isPending}
      error={record.error}
      onClose={onClose}
      onSubmit={() =>
        body &&
        record.mutate(
          { params: { patientId: row.patient.id }, body },
          {
            onSuccess: ({ changes }) => {
              notice(t('done'), changes);
              onClose();
            },
          },
        )
      }
    >
      <Stack direction="row" sx={{ gap: 2, alignItems: 'center', flexWrap: 'wrap', justifyContent: 'space-between' }}>
        <PatientLine patient={row.patient} />
        {row.phone ? (
          <Button
            component="a"
            variant="outlined"
            size="large"
            startIcon={<PhoneOutlined />}
            href={`tel:${row.phone.replace(/[^+\d]/g, '')}`}
          >
            {translate('app.action.call', { phone: row.phone })}
          </Button>
        ) : (
          <Typography color="text.secondary">{translate('home.nurse.noPhone')}</Typography>
        )}
      </Stack>
      {row.phoneWrong && <Alert severity="warning">{t('knownWrong')}</Alert>}
      <Segmented
        label={t('outcome')}
        large
        value={outcome}
        onChange={(chosen) => choose({ ...NOTHING, note, outcome: chosen })}
        options={CONTACT_OUTCOMES.map((code) => ({
          value: code,
          label: word('contact', code),
          tint: code === 'died' ? 'danger' : undefined,
        }))}
      />
      {outcome && (
        <>
          {dated && <DayField outcome={outcome} value={on} onDay={(day) => choose({ on: day })} />}
          {outcome === 'declined' && (
            <Segmented
              label={t('why')}
              value={declineReason}
              onChange={(reason) => choose({ declineReason: reason })}
              options={DECLINE_REASONS.map((code) => ({ value: code, label: word('decline', code) }))}
            />
          )}
          <TextField
            label={t('note')}
            value={note}
            onChange={({ target }) => choose({ note: target.value })}
            required={outcome === 'declined' && declineReason === 'other'}
            multiline
            slotProps={{ htmlInput: { maxLength: 1000 } }}
          />
          <Alert severity={outcome === 'died' ? 'warning' : 'info'}>
            {t(`follows.${outcome}`)}{' '}
            {outcome === 'wrong-number' && may('patient.edit') && (
              <Link component={RouterLink} to={`/patients/${row.patient.id}`}>
                {t('correctNumber')}
              </Link>
            )}
            {outcome === 'transferred' && may('course.end') && (
              <Link component={RouterLink} to={`/patients/${row.patient.id}/show`}>
                {t('endCourse')}
              </Link>
            )}
          </Alert>
        </>
      )}
      {row.contact && !outcome && (
        <Box>
          <Button size="small" color="error" onClick={() => setUndoing(true)}>
            {t('undo', { outcome: word('contact', row.contact.outcome) })}
          </Button>
        </Box>
      )}
    </FormDialog>
  );
}

function DayField({ outcome, value, onDay }: { outcome: ContactOutcome; value: string; onDay: (day: string) => void }) {
  const translate = useTranslate();
  const format = useFormat();
  const { today } = useSession();
  const days = (DAYS[outcome] ?? []).map((ahead) => addDays(today, ahead));
  const died = outcome === 'died';
  return (
    <Stack direction="row" sx={{ gap: 2, alignItems: 'flex-end', flexWrap: 'wrap' }}>
      <Segmented
        label={translate(died ? 'home.call.diedOn' : outcome === 'will-come' ? 'home.call.comesOn' : 'home.call.callOn')}
        value={days.includes(value) ? value : null}
        onChange={(day) => day && onDay(day)}
        options={days.map((day) => ({ value: day, label: format.relative(day) }))}
      />
      <DateField
        label={translate('home.call.day')}
        value={value}
        min={died ? undefined : outcome === 'will-come' ? today : addDays(today, 1)}
        max={died ? today : addMonths(today, 6)}
        onDate={onDay}
        size="small"
      />
    </Stack>
  );
}

function UndoCall({ row, contactId, onClose }: { row: Callee; contactId: string; onClose: () => void }) {
  const translate = useTranslate();
  const notice = useChangesNotice();
  const withdraw = useSend(ROUTES.voidContactAttempt);
  const t = (key: string, options?: Record<string, unknown>) => translate(`home.call.${key}`, options);
  return (
    <ReasonDialog
      open
      title={t('undoTitle')}
      explain={t('undoExplain', { name: nameOf(row.patient) })}
      confirm={t('undoConfirm')}
      tone="error"
      suggestions={[t('wrongPatient'), t('wrongOutcome')]}
      busy={withdraw.isPending}
      error={withdraw.error}
      onClose={onClose}
      onConfirm={(reason) =>
        withdraw.mutate(
          { params: { contactAttemptId: contactId }, body: { reason } },
          {
            onSuccess: ({ changes }) => {
              notice(t('undone'), changes);
              onClose();
            },
          },
        )
      }
    />
  );
}
