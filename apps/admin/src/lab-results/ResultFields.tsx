import { DeleteOutlined } from '@mui/icons-material';
import { Box, IconButton, MenuItem, TextField, Typography } from '@mui/material';
import { ANALYTE_CATALOGUE, ANALYTES, type Analyte, interpretResult } from '@vastus/clinical';
import { useTranslate } from 'react-admin';
import { useFormat } from '../format.js';
import { useWords } from '../i18n/useWords.js';
import { StatusTag } from '../ui/StatusTag.js';
import { harmonized, loincFor, unitsOf, written } from './units.js';

export interface ResultDraft {
  analyte: Analyte;
  value: string;
  unit: string;
  loinc: string;
}

export function draftFor(analyte: Analyte): ResultDraft {
  const unit = unitsOf(analyte)[0] ?? ANALYTE_CATALOGUE[analyte].canonicalUnit;
  return { analyte, unit, loinc: loincFor(analyte, unit)[0] ?? ANALYTE_CATALOGUE[analyte].loinc[0]!, value: '' };
}

interface ResultFieldsProps {
  draft: ResultDraft;
  onChange: (draft: ResultDraft) => void;
  onRemove?: () => void;
  error?: string;
  disabled?: boolean;
  autoFocus?: boolean;
  /** The patient gets B12 by injection: a high B12 is what the injections do. */
  onInjections?: boolean;
}

/** Analyte, value and unit; beside them the value the rules will see, so that a slip of unit is seen at once. */
export function ResultFields({ draft, onChange, onRemove, error, disabled, autoFocus, onInjections = false }: ResultFieldsProps) {
  const translate = useTranslate();
  const words = useWords();
  const format = useFormat();
  const t = (key: string, options?: Record<string, unknown>) => translate(`labResults.${key}`, options);
  const codes = loincFor(draft.analyte, draft.unit);
  const seen = harmonized(draft.analyte, draft.value, draft.unit, draft.loinc);
  const { low, high } = ANALYTE_CATALOGUE[draft.analyte].reference;
  const expectedHigh = seen !== null && interpretResult(draft.analyte, seen.value, { onInjections }) === 'expected-high';
  return (
    <Box
      sx={{
        display: 'grid',
        gap: 1.5,
        gridTemplateColumns: { xs: '1fr 1fr', sm: 'minmax(0, 1.4fr) minmax(90px, 0.8fr) minmax(110px, 0.9fr) auto' },
        alignItems: 'start',
      }}
    >
      <TextField
        select
        disabled={disabled}
        label={t('analyte')}
        value={draft.analyte}
        onChange={({ target }) => onChange({ ...draftFor(target.value as Analyte), value: draft.value })}
      >
        {ANALYTES.map((analyte) => (
          <MenuItem key={analyte} value={analyte}>
            {words.word('analyte', analyte)}
          </MenuItem>
        ))}
      </TextField>
      <TextField
        autoFocus={autoFocus}
        disabled={disabled}
        label={t('value')}
        value={draft.value}
        onChange={({ target }) => onChange({ ...draft, value: target.value })}
        error={Boolean(error)}
        slotProps={{ htmlInput: { inputMode: 'decimal' } }}
      />
      <TextField
        select
        disabled={disabled}
        label={t('unit')}
        value={draft.unit}
        onChange={({ target }) =>
          onChange({ ...draft, unit: target.value, loinc: loincFor(draft.analyte, target.value)[0] ?? draft.loinc })
        }
      >
        {unitsOf(draft.analyte).map((unit) => (
          <MenuItem key={unit} value={unit}>
            {written(unit)}
          </MenuItem>
        ))}
      </TextField>
      <Box sx={{ minHeight: 40, display: 'flex', alignItems: 'center' }}>
        {onRemove && (
          <IconButton onClick={onRemove} disabled={disabled} aria-label={t('remove', { analyte: words.word('analyte', draft.analyte) })}>
            <DeleteOutlined />
          </IconButton>
        )}
      </Box>
      {codes.length > 1 && (
        <TextField
          select
          disabled={disabled}
          label="LOINC"
          value={draft.loinc}
          onChange={({ target }) => onChange({ ...draft, loinc: target.value })}
        >
          {codes.map((code) => (
            <MenuItem key={code} value={code}>
              {translate(`labResults.loinc.${code}`, { _: code })}
            </MenuItem>
          ))}
        </TextField>
      )}
      <Box aria-live="polite" sx={{ gridColumn: '1 / -1', display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center', minHeight: 26 }}>
        {error && (
          <Typography variant="caption" color="error">
            {error}
          </Typography>
        )}
        {seen && (
          <Typography variant="body2" className="tabular">
            {t('counts', { value: format.number(seen.value, 3), unit: written(seen.unit) })}
          </Typography>
        )}
        {seen?.range && !expectedHigh && (
          <StatusTag tone={seen.range === 'inside' ? 'success' : 'warning'}>{t(`range.${seen.range}`)}</StatusTag>
        )}
        {expectedHigh && <StatusTag tone="neutral">{translate('followUp.expectedHigh')}</StatusTag>}
        {!seen && draft.value.trim() !== '' && !error && (
          <Typography variant="caption" color="error">
            {t('noNumber')}
          </Typography>
        )}
        <Typography variant="caption" color="text.secondary">
          {[
            (low !== undefined || high !== undefined) &&
              t('reference', { range: rangeText(low, high), unit: written(ANALYTE_CATALOGUE[draft.analyte].canonicalUnit) }),
            `LOINC ${draft.loinc}`,
          ]
            .filter(Boolean)
            .join(' · ')}
        </Typography>
      </Box>
    </Box>
  );

  function rangeText(from: number | undefined, to: number | undefined): string {
    if (from === undefined) return `< ${format.number(to!, 2)}`;
    return to === undefined ? `> ${format.number(from, 2)}` : `${format.number(from, 2)}–${format.number(to, 2)}`;
  }
}
