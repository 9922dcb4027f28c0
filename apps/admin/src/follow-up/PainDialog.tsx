import { Box, MenuItem, TextField, Typography } from '@mui/material';
import { checkPainDrug, PAIN_DRUGS, PAIN_REFERENCE, type PainDrug } from '@vastus/clinical';
import { type PainPlan, ROUTES } from '@vastus/contract';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { useSend } from '../api/queries.js';
import { useFormat } from '../format.js';
import { useWords } from '../i18n/useWords.js';
import { numberOf } from '../injections/draft.js';
import { typedNumber } from '../numbers.js';
import { RuleLink } from '../rules/RuleLink.js';
import { useSession } from '../session/useSession.js';
import { useChangesNotice } from '../ui/ChangesNotice.js';
import { DateField } from '../ui/DateField.js';
import { FormDialog } from '../ui/FormDialog.js';
import { isReason } from '../ui/StopAndReason.js';
import { AmendReason } from './FactActions.js';
import { PainRemarks } from './PainRemarks.js';

/** A drug and its dose beside the ranges of the sources; or the change or end of one. */
export function PainDialog({ patientId, amends, onClose }: { patientId: string; amends?: PainPlan; onClose: () => void }) {
  const translate = useTranslate();
  const { word } = useWords();
  const { today } = useSession();
  const notice = useChangesNotice();
  const record = useSend(ROUTES.recordPainPlan);
  const amend = useSend(ROUTES.amendPainPlan);
  const [drug, setDrug] = useState<PainDrug | ''>(amends?.drug ?? '');
  const [typed, setTyped] = useState(amends?.dose ? typedNumber(amends.dose) : '');
  const [since, setSince] = useState(amends?.since ?? today);
  const [until, setUntil] = useState(amends?.until ?? '');
  const [note, setNote] = useState(amends?.note ?? '');
  const [reason, setReason] = useState('');
  const send = amends ? amend : record;
  const dose = numberOf(typed);
  const unreadable = typed.trim() !== '' && dose === null;
  const remarks = drug === '' || unreadable ? [] : checkPainDrug(drug, dose);
  const t = (key: string, options?: Record<string, unknown>) => translate(`followUp.pain.${key}`, options);
  const submit = () => {
    if (drug === '') return;
    const body = { drug, dose, since, until: until || null, note };
    const onSuccess = ({ changes }: { changes: Parameters<typeof notice>[1] }) => {
      notice(t('done'), changes);
      onClose();
    };
    if (amends) amend.mutate({ params: { painPlanId: amends.id }, body: { ...body, amendReason: reason } }, { onSuccess });
    else record.mutate({ params: { patientId }, body }, { onSuccess });
  };
  return (
    <FormDialog
      title={t(amends ? 'amendTitle' : 'recordTitle')}
      submit={t('submit')}
      ready={drug !== '' && !unreadable && since !== '' && (!amends || isReason(reason))}
      busy={send.isPending}
      error={send.error}
      onClose={onClose}
      onSubmit={submit}
    >
      <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: '1fr', sm: '1fr 1fr' }, alignItems: 'start' }}>
        <TextField select required label={t('drug')} value={drug} onChange={({ target }) => setDrug(target.value as PainDrug)}>
          {PAIN_DRUGS.map((option) => (
            <MenuItem key={option} value={option}>
              {word('care', option)}
            </MenuItem>
          ))}
        </TextField>
        <TextField
          label={drug === '' ? t('doseAny') : t('dose', { unit: t(`unit.${PAIN_REFERENCE[drug].unit}`) })}
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
          error={unreadable}
          helperText={unreadable ? translate('injections.errors.number') : undefined}
          slotProps={{ htmlInput: { inputMode: 'decimal' } }}
        />
        <DateField required label={t('since')} value={since} onDate={setSince} />
        <DateField label={t('until')} value={until} min={since} onDate={setUntil} />
      </Box>
      {remarks.length > 0 && (
        <Box role="status">
          <PainRemarks remarks={remarks} />
        </Box>
      )}
      <TextField
        label={translate('followUp.note')}
        value={note}
        onChange={({ target }) => setNote(target.value)}
        multiline
        slotProps={{ htmlInput: { maxLength: 1000 } }}
      />
      {amends && <AmendReason value={reason} onChange={setReason} />}
      <References />
    </FormDialog>
  );
}

/** The ranges of the sources for every drug they name. */
function References() {
  const translate = useTranslate();
  const format = useFormat();
  const { word } = useWords();
  return (
    <Box sx={({ palette }) => ({ bgcolor: palette.surface.sunken, borderRadius: 2, p: 1.5 })}>
      <Typography variant="subtitle2">
        {translate('followUp.pain.reference')} <RuleLink ruleId="PAIN-PLAN" beside />
      </Typography>
      <Box
        component="ul"
        sx={{
          listStyle: 'none',
          m: 0,
          mt: 0.5,
          p: 0,
          fontSize: '0.8125rem',
          display: 'grid',
          columnGap: 2,
          gridTemplateColumns: { xs: '1fr', sm: '1fr 1fr' },
        }}
      >
        {PAIN_DRUGS.map((drug) => {
          const { line, unit, range } = PAIN_REFERENCE[drug];
          return (
            <li key={drug}>
              {word('care', drug)}:{' '}
              {range
                ? translate('followUp.pain.range', {
                    low: format.number(range[0], 3),
                    high: format.number(range[1], 3),
                    unit: translate(`followUp.pain.unit.${unit}`),
                  })
                : translate('followUp.pain.noRange')}
              , {translate(`followUp.pain.line.${line}`)}
            </li>
          );
        })}
      </Box>
    </Box>
  );
}
