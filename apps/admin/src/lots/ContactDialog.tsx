import { Stack, TextField, Typography } from '@mui/material';
import { type LotRecipient, RECALL_OUTCOMES, ROUTES } from '@vastus/contract';
import { useState } from 'react';
import { useNotify, useTranslate } from 'react-admin';
import { useSend } from '../api/queries.js';
import { useFormat } from '../format.js';
import { FormDialog } from '../ui/FormDialog.js';
import { PatientLine } from '../ui/PatientLine.js';
import { Segmented } from '../ui/Segmented.js';

type Outcome = (typeof RECALL_OUTCOMES)[number];

/** What came of telling somebody, with what was tried before. */
export function ContactDialog({ lotId, recipient, onClose }: { lotId: string; recipient: LotRecipient; onClose: () => void }) {
  const translate = useTranslate();
  const notify = useNotify();
  const format = useFormat();
  const send = useSend(ROUTES.recordRecallContact);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [note, setNote] = useState('');
  const t = (key: string, options?: Record<string, unknown>) => translate(`lots.recall.${key}`, options);
  const { patient, phone, contacts } = recipient;
  return (
    <FormDialog
      title={t('recordTitle')}
      submit={translate('app.action.save')}
      ready={outcome !== null}
      busy={send.isPending}
      error={send.error}
      onClose={onClose}
      onSubmit={() =>
        outcome &&
        send.mutate(
          { params: { lotId, patientId: patient.id }, body: { outcome, note: note.trim() || null } },
          {
            onSuccess: () => {
              notify(translate('app.saved'), { type: 'success' });
              onClose();
            },
          },
        )
      }
    >
      <PatientLine patient={patient} linked={false} />
      <Typography className="tabular">{phone ?? t('noPhone')}</Typography>
      <Segmented<Outcome>
        label={t('outcomeAsk')}
        help={outcome ? t(`means.${outcome}`) : undefined}
        value={outcome}
        onChange={setOutcome}
        options={RECALL_OUTCOMES.map((value) => ({ value, label: t(`outcome.${value}`) }))}
      />
      <TextField
        label={t('note')}
        multiline
        minRows={2}
        value={note}
        onChange={({ target }) => setNote(target.value)}
        slotProps={{ htmlInput: { maxLength: 1000 } }}
      />
      {contacts.length > 0 && (
        <Stack component="ol" sx={{ m: 0, pl: 2.5, gap: 0.5, fontSize: '0.8125rem', color: 'text.secondary' }} aria-label={t('before')}>
          {contacts.map((contact) => (
            <li key={contact.id}>
              {[format.instant(contact.contactedAt), t(`outcome.${contact.outcome}`), contact.recordedByName, contact.note]
                .filter(Boolean)
                .join(' · ')}
            </li>
          ))}
        </Stack>
      )}
    </FormDialog>
  );
}
