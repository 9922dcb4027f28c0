import { Autocomplete, Box, CircularProgress, TextField, Typography } from '@mui/material';
import { isClinicDate } from '@vastus/clinical';
import { type PatientName, type PatientRow, ROUTES } from '@vastus/contract';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { useAnswer } from '../api/queries.js';
import { useFormat } from '../format.js';
import { HoldTag } from '../ui/HoldTag.js';
import { nameOf } from '../ui/PatientLine.js';
import { useDelayed } from '../ui/useDelayed.js';

interface PatientPickerProps {
  value: PatientName | null;
  onChange: (patient: PatientName | null) => void;
  label?: string;
  autoFocus?: boolean;
}

/** Finds a patient by name, record number or birth date; every choice shows the two identifiers. */
export function PatientPicker({ value, onChange, label, autoFocus }: PatientPickerProps) {
  const translate = useTranslate();
  const format = useFormat();
  const [typed, setTyped] = useState('');
  const asked = useDelayed(typed.trim(), 200);
  const bornOn = birthDateIn(asked);
  const search = useAnswer(
    ROUTES.searchPatients,
    { query: { limit: 12 }, body: bornOn ? { bornOn } : { q: asked } },
    { enabled: asked.length >= 2 && (!value || asked !== nameOf(value)), placeholderData: (previous) => previous },
  );
  return (
    <Autocomplete<PatientName & Partial<Pick<PatientRow, 'imHold'>>>
      value={value}
      onChange={(_, patient) => onChange(patient)}
      inputValue={typed}
      onInputChange={(_, text) => setTyped(text)}
      options={asked.length >= 2 ? (search.data?.items ?? []) : []}
      filterOptions={(options) => options}
      getOptionLabel={nameOf}
      isOptionEqualToValue={(a, b) => a.id === b.id}
      loading={search.isFetching}
      loadingText={translate('app.problem.loading')}
      noOptionsText={
        search.error ? translate(`app.problem.${search.error.code}`) : translate(asked.length < 2 ? 'app.search.typing' : 'app.search.none')
      }
      clearText={translate('injections.form.otherPatient')}
      renderOption={({ key, ...props }, patient) => (
        <Box component="li" {...props} key={patient.id} sx={{ display: 'flex', gap: 2, justifyContent: 'space-between !important' }}>
          <span>
            <strong>{nameOf(patient)}</strong>
            <Typography variant="caption" component="div" color="text.secondary" className="tabular">
              {format.date(patient.birthDate)} · {translate('app.recordNumber', { number: patient.recordNumber })}
            </Typography>
          </span>
          <HoldTag hold={patient.imHold ?? null} />
        </Box>
      )}
      renderInput={(params) => (
        <TextField
          {...params}
          autoFocus={autoFocus}
          label={label ?? translate('injections.form.patient')}
          placeholder={translate('app.search.placeholder')}
          slotProps={{
            inputLabel: params.InputLabelProps,
            htmlInput: params.inputProps,
            input: {
              ...params.InputProps,
              endAdornment: (
                <>
                  {search.isFetching && <CircularProgress size={18} aria-hidden="true" />}
                  {params.InputProps.endAdornment}
                </>
              ),
            },
          }}
        />
      )}
    />
  );
}

/** `1961-03-04`, `4.3.1961`, `04/03/1961` (day first): a birth date, if it is one that exists. */
export function birthDateIn(text: string): string | null {
  if (isClinicDate(text)) return text;
  const parts = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$/.exec(text);
  if (!parts) return null;
  const date = `${parts[3]}-${parts[2]!.padStart(2, '0')}-${parts[1]!.padStart(2, '0')}`;
  return isClinicDate(date) ? date : null;
}
