import { Stack, TextField } from '@mui/material';
import { ROUTES, type SymptomScore } from '@vastus/contract';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { useSend } from '../api/queries.js';
import { useServerNow } from '../injections/clinicTime.js';
import { InstantField } from '../injections/DetailFields.js';
import { useSession } from '../session/useSession.js';
import { useChangesNotice } from '../ui/ChangesNotice.js';
import { FormDialog } from '../ui/FormDialog.js';
import { Segmented } from '../ui/Segmented.js';
import { isReason } from '../ui/StopAndReason.js';
import { AmendReason } from './FactActions.js';
import { SCALES, type Scale } from './scales.js';

const STEPS = Array.from({ length: 11 }, (_, value) => ({ value, label: String(value) }));

/** Pain, sensation and strength from 0 to 10; or the correction of such a scoring. */
export function ScoreDialog({ patientId, amends, onClose }: { patientId: string; amends?: SymptomScore; onClose: () => void }) {
  const translate = useTranslate();
  const { zone } = useSession();
  const notice = useChangesNotice();
  const record = useSend(ROUTES.recordSymptomScore);
  const amend = useSend(ROUTES.amendSymptomScore);
  const serverNow = useServerNow();
  const [scores, setScores] = useState<Record<Scale, number | null>>({
    pain: amends?.pain ?? null,
    sensory: amends?.sensory ?? null,
    motor: amends?.motor ?? null,
  });
  const [scoredAt, setScoredAt] = useState(() => amends?.scoredAt ?? serverNow());
  const [note, setNote] = useState(amends?.note ?? '');
  const [reason, setReason] = useState('');
  const send = amends ? amend : record;
  const t = (key: string) => translate(`followUp.scores.${key}`);
  const submit = () => {
    const body = { ...scores, scoredAt, note };
    const onSuccess = ({ changes }: { changes: Parameters<typeof notice>[1] }) => {
      notice(t('done'), changes);
      onClose();
    };
    if (amends) amend.mutate({ params: { scoreId: amends.id }, body: { ...body, amendReason: reason } }, { onSuccess });
    else record.mutate({ params: { patientId }, body }, { onSuccess });
  };
  return (
    <FormDialog
      title={t(amends ? 'amend' : 'recordTitle')}
      explain={t('recordText')}
      submit={t('submit')}
      ready={SCALES.some((scale) => scores[scale] !== null) && (!amends || isReason(reason))}
      busy={send.isPending}
      error={send.error}
      onClose={onClose}
      onSubmit={submit}
    >
      <Stack sx={{ gap: 2 }}>
        {SCALES.map((scale) => (
          <Segmented<number>
            key={scale}
            label={t(scale)}
            options={STEPS}
            value={scores[scale]}
            clearable
            onChange={(value) => setScores({ ...scores, [scale]: value })}
          />
        ))}
      </Stack>
      <InstantField label={t('at')} value={scoredAt} onChange={setScoredAt} zone={zone} max={serverNow()} />
      <TextField
        label={translate('followUp.note')}
        value={note}
        onChange={({ target }) => setNote(target.value)}
        multiline
        slotProps={{ htmlInput: { maxLength: 1000 } }}
      />
      {amends && <AmendReason value={reason} onChange={setReason} />}
    </FormDialog>
  );
}
