import { TextField } from '@mui/material';
import type { RuleOutItem } from '@vastus/clinical';
import { ROUTES, type RuleOutEntry } from '@vastus/contract';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { useSend } from '../api/queries.js';
import { useWords } from '../i18n/useWords.js';
import { useSession } from '../session/useSession.js';
import { useChangesNotice } from '../ui/ChangesNotice.js';
import { DateField } from '../ui/DateField.js';
import { FormDialog } from '../ui/FormDialog.js';
import { isReason } from '../ui/StopAndReason.js';
import { AmendReason } from './FactActions.js';

interface RuleOutDialogProps {
  patientId: string;
  item: RuleOutItem;
  amends?: RuleOutEntry;
  onClose: () => void;
}

export function RuleOutDialog({ patientId, item, amends, onClose }: RuleOutDialogProps) {
  const translate = useTranslate();
  const { word } = useWords();
  const { today } = useSession();
  const notice = useChangesNotice();
  const record = useSend(ROUTES.recordRuleOut);
  const amend = useSend(ROUTES.amendRuleOut);
  const [finding, setFinding] = useState(amends?.finding ?? '');
  const [doneOn, setDoneOn] = useState(amends?.doneOn ?? today);
  const [reason, setReason] = useState('');
  const send = amends ? amend : record;
  const t = (key: string, options?: Record<string, unknown>) => translate(`followUp.ruleOuts.${key}`, options);
  const submit = () => {
    const body = { item, finding, doneOn };
    const onSuccess = ({ changes }: { changes: Parameters<typeof notice>[1] }) => {
      notice(t('done'), changes);
      onClose();
    };
    if (amends) amend.mutate({ params: { ruleOutId: amends.id }, body: { ...body, amendReason: reason } }, { onSuccess });
    else record.mutate({ params: { patientId }, body }, { onSuccess });
  };
  return (
    <FormDialog
      title={t(amends ? 'amendTitle' : 'tickTitle', { item: word('care', item) })}
      explain={t('tickText')}
      submit={t('submit')}
      ready={finding.trim() !== '' && doneOn !== '' && (!amends || isReason(reason))}
      busy={send.isPending}
      error={send.error}
      onClose={onClose}
      onSubmit={submit}
    >
      <TextField
        required
        autoFocus
        label={t('finding')}
        value={finding}
        onChange={({ target }) => setFinding(target.value)}
        slotProps={{ htmlInput: { maxLength: 1000 } }}
      />
      <DateField required label={t('doneOn')} value={doneOn} max={today} onDate={setDoneOn} />
      {amends && <AmendReason value={reason} onChange={setReason} />}
    </FormDialog>
  );
}
