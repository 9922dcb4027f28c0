import { Box, Button, Stack, TextField, Typography } from '@mui/material';
import type { Instant } from '@vastus/clinical';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { useFormat } from '../format.js';
import { useSession } from '../session/useSession.js';
import { Segmented } from '../ui/Segmented.js';
import { fromLocal, toLocal } from './clinicTime.js';
import type { InjectionDraft } from './draft.js';
import type { FieldErrors } from './useFieldErrors.js';

interface DetailFieldsProps {
  draft: InjectionDraft;
  onChange: (part: Partial<InjectionDraft>) => void;
  now: Instant;
  errors: FieldErrors;
}

/** Technique, time and note. Needle and time are preset and folded: they are right most of the time. */
export function DetailFields({ draft, onChange, now, errors }: DetailFieldsProps) {
  const translate = useTranslate();
  const t = (key: string, options?: Record<string, unknown>) => translate(`injections.form.${key}`, options);
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 4, rowGap: 1.5 }}>
      <Segmented
        label={t('aspirated')}
        value={draft.aspirated}
        clearable
        onChange={(aspirated) => onChange({ aspirated })}
        options={(['yes', 'no', 'not-applicable'] as const).map((code) => ({ value: code, label: t(`aspiration.${code}`) }))}
        error={errors('aspirated')}
      />
      <Stack sx={{ gap: 0.75, justifyContent: 'flex-end' }}>
        <NeedleField draft={draft} onChange={onChange} error={errors('needleGauge', 'needleLengthMm')} />
        <TimeField draft={draft} onChange={onChange} now={now} error={errors('givenAt')} />
      </Stack>
      <TextField
        sx={{ flex: '1 1 100%' }}
        label={t('note')}
        multiline
        minRows={1}
        value={draft.note}
        onChange={({ target }) => onChange({ note: target.value })}
        error={Boolean(errors('note'))}
        helperText={errors('note')}
        slotProps={{ htmlInput: { maxLength: 2000 } }}
      />
    </Box>
  );
}

function NeedleField({ draft, onChange, error }: Pick<DetailFieldsProps, 'draft' | 'onChange'> & { error?: string }) {
  const translate = useTranslate();
  const t = (key: string, options?: Record<string, unknown>) => translate(`injections.form.${key}`, options);
  const [open, setOpen] = useState(false);
  const numeric = (text: string) => (text.trim() === '' || Number.isNaN(Number(text)) ? null : Number(text));
  if (!open && !error) {
    return (
      <Typography variant="body2" sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
        {t('needle')} <strong>{t('needleSize', { gauge: draft.needleGauge ?? '–', length: draft.needleLengthMm ?? '–' })}</strong>
        <Button size="small" onClick={() => setOpen(true)} aria-label={t('changeNeedle')}>
          {t('change')}
        </Button>
      </Typography>
    );
  }
  return (
    <Stack direction="row" sx={{ gap: 1.5 }}>
      <TextField
        autoFocus
        type="number"
        sx={{ width: 120 }}
        label={t('gauge')}
        value={draft.needleGauge ?? ''}
        onChange={({ target }) => onChange({ needleGauge: numeric(target.value) })}
        error={Boolean(error)}
        helperText={error}
        slotProps={{ htmlInput: { min: 16, max: 34 } }}
      />
      <TextField
        type="number"
        sx={{ width: 120 }}
        label={t('length')}
        value={draft.needleLengthMm ?? ''}
        onChange={({ target }) => onChange({ needleLengthMm: numeric(target.value) })}
        slotProps={{ htmlInput: { min: 4, max: 90 } }}
      />
    </Stack>
  );
}

function TimeField({ draft, onChange, now, error }: Pick<DetailFieldsProps, 'draft' | 'onChange' | 'now'> & { error?: string }) {
  const translate = useTranslate();
  const format = useFormat();
  const { zone } = useSession();
  const [asked, setAsked] = useState(false);
  const t = (key: string, options?: Record<string, unknown>) => translate(`injections.form.${key}`, options);
  if (draft.givenAt === null && !error) {
    return (
      <Typography variant="body2" sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
        {t('givenAt')} <strong className="tabular">{t('now', { time: format.time(now) })}</strong>
        <Button
          size="small"
          onClick={() => {
            setAsked(true);
            onChange({ givenAt: now });
          }}
          aria-label={t('changeTime')}
        >
          {t('change')}
        </Button>
      </Typography>
    );
  }
  return (
    <Stack direction="row" sx={{ gap: 1, alignItems: 'flex-start' }}>
      <InstantField
        label={t('givenAt')}
        value={draft.givenAt ?? now}
        onChange={(givenAt) => onChange({ givenAt })}
        max={now}
        zone={zone}
        error={error}
        autoFocus={asked}
      />
      {asked && (
        <Button size="small" onClick={() => onChange({ givenAt: null })} sx={{ mt: 1 }}>
          {t('asNow')}
        </Button>
      )}
    </Stack>
  );
}

interface InstantFieldProps {
  label: string;
  value: Instant;
  onChange: (value: Instant) => void;
  zone: string;
  max?: Instant;
  error?: string;
  help?: string;
  autoFocus?: boolean;
}

/** A point in time, typed in the clinic's zone. While it is half typed the last complete one stays. */
export function InstantField({ label, value, onChange, zone, max, error, help, autoFocus }: InstantFieldProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const shown = toLocal(value, zone);
  return (
    <TextField
      type="datetime-local"
      autoFocus={autoFocus}
      label={label}
      value={typed ?? shown}
      onChange={({ target }) => {
        const instant = fromLocal(target.value, zone);
        setTyped(instant ? null : target.value);
        if (instant) onChange(instant);
      }}
      onBlur={() => setTyped(null)}
      error={Boolean(error)}
      helperText={error ?? help}
      slotProps={{ inputLabel: { shrink: true }, htmlInput: { max: max && toLocal(max, zone) } }}
    />
  );
}
