import { Button, Dialog, DialogActions, DialogContent, DialogTitle, Stack, TextField, Typography } from '@mui/material';
import { ROUTES, type TodayRow } from '@vastus/contract';
import { type FormEvent, useState } from 'react';
import { useTranslate } from 'react-admin';
import { useAnswer, useSend } from '../api/queries.js';
import { useServerNow } from '../injections/clinicTime.js';
import { useChangesNotice } from '../ui/ChangesNotice.js';
import { nameOf } from '../ui/PatientLine.js';
import { ProblemAlert } from '../ui/ProblemAlert.js';

const REASONS = ['absent', 'declined', 'unwell', 'noStock'] as const;

interface NotGivenDialogProps {
  row: Pick<TodayRow, 'patient' | 'courseId' | 'productName'>;
  onClose: () => void;
  onRecorded?: () => void;
}

/** Records that today's dose was not given, and why: the usual reasons by one press, any other in words. */
export function NotGivenDialog({ row, onClose, onRecorded = onClose }: NotGivenDialogProps) {
  const translate = useTranslate();
  const serverNow = useServerNow();
  const notice = useChangesNotice();
  const [reason, setReason] = useState('');
  const params = { patientId: row.patient.id };
  const courses = useAnswer(ROUTES.listCourses, { params });
  const record = useSend(ROUTES.recordInjection);
  const course = courses.data?.items.find(({ id }) => id === row.courseId);
  const busy = record.isPending || !course;
  const t = (key: string, options?: Record<string, unknown>) => translate(`home.notGiven.${key}`, options);

  const send = (notGivenReason: string) => {
    if (busy) return;
    const { id: courseId, productId, doseMicrograms } = course;
    record.mutate(
      { params, body: { courseId, productId, doseMicrograms, status: 'not-given', notGivenReason, givenAt: serverNow() } },
      {
        onSuccess: ({ changes }) => {
          notice(t('done'), changes);
          onRecorded();
        },
      },
    );
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (reason.trim()) send(reason.trim());
  };

  return (
    <Dialog open onClose={onClose} maxWidth="xs" fullWidth aria-labelledby="not-given-title">
      <form onSubmit={submit}>
        <DialogTitle id="not-given-title">{t('title')}</DialogTitle>
        <DialogContent sx={{ display: 'grid', gap: 2 }}>
          <Typography color="text.secondary">{t('text', { product: row.productName, name: nameOf(row.patient) })}</Typography>
          <ProblemAlert error={record.error ?? courses.error} />
          <Stack role="group" aria-label={t('reason')} sx={{ gap: 1 }}>
            {REASONS.map((key) => (
              <Button key={key} variant="outlined" size="large" disabled={busy} onClick={() => send(t(key))} autoFocus={key === 'absent'}>
                {t(key)}
              </Button>
            ))}
          </Stack>
          <TextField
            label={t('other')}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            slotProps={{ htmlInput: { maxLength: 500 } }}
          />
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{translate('app.action.cancel')}</Button>
          <Button type="submit" variant="contained" disabled={busy || !reason.trim()}>
            {t('submit')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
