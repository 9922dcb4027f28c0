/** One answer, or several, as large buttons in a row. Native radios and checkboxes underneath: arrow keys, one tab stop, real labels. */
import { Box, Typography } from '@mui/material';
import { type ReactNode, useId } from 'react';

type Value = string | number | boolean | null;
type Tint = 'danger' | 'warning' | 'success' | 'neutral';

interface Option<T extends Value> {
  value: T;
  label: ReactNode;
  /** The colour once chosen; the accent unless said. */
  tint?: Tint;
}

interface FrameProps {
  label: string;
  hideLabel?: boolean;
  help?: ReactNode;
  error?: string;
  /** Every button gets the same share of the row. */
  even?: boolean;
  large?: boolean;
}

interface SegmentedProps<T extends Value> extends FrameProps {
  options: readonly Option<T>[];
  value: T | null;
  onChange: (value: T | null) => void;
  /** Choosing the chosen answer again takes it back. */
  clearable?: boolean;
}

export function Segmented<T extends Value>({ options, value, onChange, clearable = false, ...frame }: SegmentedProps<T>) {
  const name = useId();
  return (
    <Frame {...frame}>
      {options.map((option) => (
        <Segment key={String(option.value)} tint={option.tint} large={frame.large} even={frame.even}>
          <input
            type="radio"
            name={name}
            checked={value === option.value}
            onChange={() => onChange(option.value)}
            onClick={() => clearable && value === option.value && onChange(null)}
          />
          <span>{option.label}</span>
        </Segment>
      ))}
    </Frame>
  );
}

interface ManyProps<T extends string> extends FrameProps {
  options: readonly Option<T>[];
  value: readonly T[];
  onChange: (value: T[]) => void;
  disabled?: boolean;
}

export function SegmentedMany<T extends string>({ options, value, onChange, disabled, ...frame }: ManyProps<T>) {
  return (
    <Frame {...frame}>
      {options.map((option) => (
        <Segment key={option.value} tint={option.tint} large={frame.large} even={frame.even}>
          <input
            type="checkbox"
            checked={value.includes(option.value)}
            disabled={disabled}
            onChange={({ target }) => onChange(target.checked ? [...value, option.value] : value.filter((other) => other !== option.value))}
          />
          <span>{option.label}</span>
        </Segment>
      ))}
    </Frame>
  );
}

function Frame({ label, hideLabel = false, help, error, children }: FrameProps & { children: ReactNode }) {
  const helpId = useId();
  const words = error ?? help;
  return (
    <Box component="fieldset" sx={{ border: 0, p: 0, m: 0, minWidth: 0 }} aria-describedby={words ? helpId : undefined}>
      <Typography component="legend" variant="body2" sx={{ p: 0, mb: hideLabel ? 0 : 0.5, fontWeight: 600, ...(hideLabel && HIDDEN) }}>
        {label}
      </Typography>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: '6px' }}>{children}</Box>
      {words && (
        <Typography id={helpId} variant="caption" component="div" color={error ? 'error' : 'text.secondary'} sx={{ mt: 0.5 }}>
          {words}
        </Typography>
      )}
    </Box>
  );
}

const HIDDEN = {
  position: 'absolute',
  width: '1px',
  height: '1px',
  overflow: 'hidden',
  clipPath: 'inset(50%)',
  whiteSpace: 'nowrap',
} as const;

function Segment({ tint, large = false, even = false, children }: { tint?: Tint; large?: boolean; even?: boolean; children: ReactNode }) {
  return (
    <Box
      component="label"
      sx={({ palette }) => {
        const ink = palette.tone[tint ?? 'accent'];
        return {
          position: 'relative',
          display: 'inline-flex',
          flex: even ? '1 1 0' : '0 1 auto',
          minWidth: large ? 72 : 34,
          cursor: 'pointer',
          '& input': { position: 'absolute', inset: 0, width: '100%', height: '100%', m: 0, opacity: 0, cursor: 'inherit' },
          '& span': {
            display: 'flex',
            alignItems: 'center',
            justifyContent: 'center',
            gap: 0.5,
            width: '100%',
            minHeight: large ? 44 : 36,
            px: large ? 1.5 : 1.25,
            borderRadius: 1.5,
            border: `1px solid ${palette.divider}`,
            bgcolor: 'background.paper',
            fontSize: '0.875rem',
            textAlign: 'center',
            lineHeight: 1.25,
          },
          '&:hover span': { borderColor: palette.text.secondary },
          '& input:checked + span': {
            bgcolor: ink.soft,
            borderColor: ink.text,
            color: ink.text,
            fontWeight: 650,
            // "Not known" is chosen by default: it must not shout.
            ...(tint !== 'neutral' && { boxShadow: `inset 0 0 0 1px ${ink.text}` }),
          },
          '& input:focus-visible + span': { outline: `3px solid ${palette.primary.main}`, outlineOffset: 2 },
          '& input:disabled + span': { opacity: 0.5, cursor: 'not-allowed' },
        };
      }}
    >
      {children}
    </Box>
  );
}
