import { TextField } from '@mui/material';
import { type AlertOutcome, handlingOf } from '@vastus/clinical';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { useWords } from '../i18n/useWords.js';
import { FormDialog } from '../ui/FormDialog.js';
import { Segmented } from '../ui/Segmented.js';

interface Props {
  ruleId: string;
  about: string;
  busy: boolean;
  error: unknown;
  onClose: () => void;
  onResolve: (outcome: AlertOutcome, reason: string | null) => void;
}

/** What was done about it: the outcomes that make sense for its rule. */
export function ResolveDialog({ ruleId, about, busy, error, onClose, onResolve }: Props) {
  const translate = useTranslate();
  const words = useWords();
  const [outcome, setOutcome] = useState<AlertOutcome | null>(null);
  const [reason, setReason] = useState('');
  return (
    <FormDialog
      title={translate('alerts.resolve.title')}
      explain={about}
      submit={translate('alerts.resolve.confirm')}
      ready={outcome !== null && (outcome !== 'other' || reason.trim().length > 0)}
      busy={busy}
      error={error}
      onClose={onClose}
      onSubmit={() => outcome && onResolve(outcome, reason.trim() || null)}
    >
      <Segmented
        large
        label={translate('alerts.resolve.outcome')}
        value={outcome}
        onChange={setOutcome}
        options={handlingOf(ruleId).outcomes.map((code) => ({ value: code, label: words.word('outcome', code) }))}
      />
      <TextField
        label={translate('alerts.resolve.note')}
        required={outcome === 'other'}
        multiline
        value={reason}
        onChange={({ target }) => setReason(target.value)}
        slotProps={{ htmlInput: { maxLength: 2000 } }}
      />
    </FormDialog>
  );
}
