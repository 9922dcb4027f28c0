import { TextField, type TextFieldProps } from '@mui/material';

interface DateFieldProps extends Omit<TextFieldProps, 'value' | 'onChange' | 'type'> {
  value: string;
  min?: string;
  max?: string;
  onDate: (date: string) => void;
}

/** A calendar date as `YYYY-MM-DD`; the browser shows it in the reader's order. */
export function DateField({ value, min, max, onDate, ...field }: DateFieldProps) {
  return (
    <TextField
      {...field}
      type="date"
      value={value}
      onChange={(event) => onDate(event.target.value)}
      slotProps={{ inputLabel: { shrink: true }, htmlInput: { min, max } }}
    />
  );
}
