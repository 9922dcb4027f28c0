import { Alert, Box, MenuItem, TextField } from '@mui/material';
import { type Chart, ROUTES, type SelfInjectionProgramme } from '@vastus/contract';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { useSend } from '../api/queries.js';
import { useFormat } from '../format.js';
import { useWords } from '../i18n/useWords.js';
import { useSession } from '../session/useSession.js';
import { useChangesNotice } from '../ui/ChangesNotice.js';
import { DateField } from '../ui/DateField.js';
import { FormDialog } from '../ui/FormDialog.js';
import { SegmentedMany } from '../ui/Segmented.js';
import { TRAINED_ITEMS, type TrainedItem } from './programme.js';

interface TrainingDialogProps {
  chart: Chart;
  programme: SelfInjectionProgramme;
  start: TrainedItem[];
  onClose: () => void;
}

/** Items trained on one day under one pair of eyes; the observed dose names the injection it was. */
export function TrainingDialog({ chart, programme, start, onClose }: TrainingDialogProps) {
  const translate = useTranslate();
  const format = useFormat();
  const { word } = useWords();
  const { today, staff } = useSession();
  const notice = useChangesNotice();
  const send = useSend(ROUTES.recordTraining);
  const [items, setItems] = useState(start);
  const [trainedOn, setTrainedOn] = useState(today);
  const [observedBy, setObservedBy] = useState(staff.name);
  const doses = chart.injections.filter(
    ({ courseId, state, status, selfReported }) =>
      courseId === programme.courseId && state === 'effective' && status === 'given' && !selfReported,
  );
  const [doseId, setDoseId] = useState(doses[0]?.id ?? '');
  const observed = items.includes('observed-dose');
  const t = (key: string) => translate(`selfInjection.training.${key}`);
  return (
    <FormDialog
      title={t('recordTitle')}
      submit={t('submit')}
      ready={items.length > 0 && trainedOn !== '' && observedBy.trim() !== '' && (!observed || doseId !== '')}
      busy={send.isPending}
      error={send.error}
      onClose={onClose}
      onSubmit={() =>
        send.mutate(
          {
            params: { patientId: chart.patient.id },
            body: {
              courseId: programme.courseId,
              items: items.map((item) => ({ item, injectionId: item === 'observed-dose' ? doseId : null })),
              trainedOn,
              observedBy,
            },
          },
          {
            onSuccess: ({ changes }) => {
              notice(t('done'), changes);
              onClose();
            },
          },
        )
      }
    >
      <SegmentedMany
        label={t('items')}
        options={TRAINED_ITEMS.map((item) => ({ value: item, label: word('care', item) }))}
        value={items}
        onChange={setItems}
      />
      {observed && doses.length === 0 && <Alert severity="info">{t('noDose')}</Alert>}
      {observed && doses.length > 0 && (
        <TextField select required label={t('dose')} value={doseId} onChange={({ target }) => setDoseId(target.value)}>
          {doses.map((dose) => (
            <MenuItem key={dose.id} value={dose.id}>
              {format.instant(dose.givenAt)}, {format.dose(dose.doseMicrograms)}
              {dose.site && `, ${word('site', dose.site)}`}
            </MenuItem>
          ))}
        </TextField>
      )}
      <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: '1fr', sm: '1fr 1fr' } }}>
        <DateField required label={t('on')} value={trainedOn} max={today} onDate={setTrainedOn} />
        <TextField
          required
          label={t('by')}
          value={observedBy}
          onChange={({ target }) => setObservedBy(target.value)}
          slotProps={{ htmlInput: { maxLength: 200 } }}
        />
      </Box>
    </FormDialog>
  );
}
