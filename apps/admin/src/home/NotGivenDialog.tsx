import { Button, Dialog, DialogActions, DialogContent, DialogTitle, LinearProgress, TextField, Typography } from '@mui/material';
import { ROUTES, type TodayRow } from '@vastus/contract';
import { type FormEvent, useState } from 'react';
import { useTranslate } from 'react-admin';
import { useAnswer, useSend } from '../api/queries.js';
import { useSession } from '../session/useSession.js';
import { useChangesNotice } from '../ui/ChangesNotice.js';
import { nameOf } from '../ui/PatientLine.js';
import { ProblemAlert } from '../ui/ProblemAlert.js';

/** Records that today's dose was not given, and why. */
export function NotGivenDialog({ row, onClose }: { row: Pick<TodayRow, 'patient' | 'courseId' | 'productName'>; onClose: () => void }) {
  const translate = useTranslate();
  const { now } = useSession();
  const notice = useChangesNotice();
  const [reason, setReason] = useState('');
  const params = { patientId: row.patient.id };
  const courses = useAnswer(ROUTES.listCourses, { params });
  const record = useSend(ROUTES.recordInjection);
  const course = courses.data?.items.find(({ id }) => id === row.courseId);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!course) return;
    record.mutate(
      {
        params,
        body: {
          courseId: course.id,
          productId: course.productId,
          doseMicrograms: course.doseMicrograms,
          status: 'not-given',
          notGivenReason: reason,
          givenAt: now,
        },
      },
      {
        onSuccess: ({ changes }) => {
          notice(translate('home.notGiven.done'), changes);
          onClose();
        },
      },
    );
  };

  return (
    <Dialog open onClose={onClose} maxWidth="xs" fullWidth aria-labelledby="not-given-title">
      <form onSubmit={submit}>
        <DialogTitle id="not-given-title">{translate('home.notGiven.title')}</DialogTitle>
        <DialogContent sx={{ display: 'grid', gap: 2 }}>
          <Typography color="text.secondary">
            {translate('home.notGiven.text', { product: row.productName, name: nameOf(row.patient) })}
          </Typography>
          {courses.isPending && <LinearProgress />}
          <ProblemAlert error={record.error ?? courses.error} />
          <TextField
            label={translate('home.notGiven.reason')}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            required
            autoFocus
            multiline
            minRows={2}
            slotProps={{ htmlInput: { maxLength: 500 } }}
          />
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{translate('app.action.cancel')}</Button>
          <Button type="submit" variant="contained" disabled={!course || !reason.trim() || record.isPending}>
            {translate('home.notGiven.submit')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
