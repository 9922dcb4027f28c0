import { MenuItem, TextField } from '@mui/material';
import { useTranslate } from 'react-admin';

interface FilterSelectProps {
  label: string;
  value: string | undefined;
  options: readonly { value: string; label: string }[];
  onChange: (value: string | null) => void;
  minWidth?: number;
}

/** One choice of a filter row; the first entry takes the filter off. */
export function FilterSelect({ label, value, options, onChange, minWidth = 170 }: FilterSelectProps) {
  const translate = useTranslate();
  return (
    <TextField
      select
      size="small"
      label={label}
      sx={{ minWidth }}
      value={options.some((option) => option.value === value) ? value : ''}
      onChange={({ target }) => onChange(target.value || null)}
    >
      <MenuItem value="">{translate('injections.list.any')}</MenuItem>
      {options.map((option) => (
        <MenuItem key={option.value} value={option.value}>
          {option.label}
        </MenuItem>
      ))}
    </TextField>
  );
}

interface FilterDateProps {
  label: string;
  value: string | undefined;
  onChange: (value: string | null) => void;
}

export function FilterDate({ label, value, onChange }: FilterDateProps) {
  return (
    <TextField
      type="date"
      size="small"
      label={label}
      sx={{ width: 165 }}
      value={value ?? ''}
      onChange={({ target }) => onChange(target.value || null)}
      slotProps={{ inputLabel: { shrink: true } }}
    />
  );
}
