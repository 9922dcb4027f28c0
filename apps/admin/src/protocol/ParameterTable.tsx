import { Box, Button, MenuItem, TextField, Typography } from '@mui/material';
import {
  type ChoiceName,
  type ParameterName,
  PROTOCOL_CHOICES,
  PROTOCOL_PARAMETERS,
  type ProtocolIssue,
  type RuleId,
} from '@vastus/clinical';
import type { ReactNode } from 'react';
import { useTranslate } from 'react-admin';
import { useFormat } from '../format.js';
import { useWords } from '../i18n/useWords.js';
import { readNumber } from '../numbers.js';
import { RuleLink } from '../rules/RuleLink.js';
import { CHOICES, NUMBERS, type Typed, typedValue, type Values, valuesOf } from './parameters.js';
import { useParameterWords } from './useParameterWords.js';

interface ParameterTableProps {
  typed: Typed;
  inForce: Values;
  issues: readonly ProtocolIssue[];
  /** Absent where the version is only read. */
  onChange?: (name: string, text: string) => void;
}

/** Every parameter with its unit, default, range and the rules that read it; what differs from the version in force stands out. */
export function ParameterTable({ typed, inForce, issues, onChange }: ParameterTableProps) {
  const values = valuesOf(typed);
  const row = (name: ParameterName | ChoiceName, rules: readonly RuleId[], about: ReactNode, field: ReactNode) => (
    <ParameterRow
      key={name}
      name={name}
      rules={rules}
      about={about}
      was={(values[name] ?? null) === (inForce[name] ?? null) ? undefined : (inForce[name] ?? null)}
      onBack={onChange && (() => onChange(name, inForce[name] === undefined ? '' : typedValue(inForce[name])))}
    >
      {field}
    </ParameterRow>
  );
  return (
    <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
      {NUMBERS.map((name) =>
        row(
          name,
          PROTOCOL_PARAMETERS[name].rules,
          <NumberRange name={name} />,
          <NumberField
            name={name}
            text={typed[name] ?? ''}
            issue={issues.find(({ parameter }) => parameter === name)}
            onChange={onChange}
          />,
        ),
      )}
      {CHOICES.map((name) =>
        row(name, PROTOCOL_CHOICES[name].rules, null, <ChoiceField name={name} text={typed[name] ?? ''} onChange={onChange} />),
      )}
    </Box>
  );
}

interface ParameterRowProps {
  name: string;
  rules: readonly RuleId[];
  about: ReactNode;
  /** The value in force where another one is proposed; `undefined` where it is the same. */
  was: number | string | null | undefined;
  onBack?: () => void;
  children: ReactNode;
}

function ParameterRow({ name, rules, about, was, onBack, children }: ParameterRowProps) {
  const translate = useTranslate();
  const words = useParameterWords();
  return (
    <Box
      component="li"
      data-changed={was !== undefined}
      sx={({ palette }) => ({
        display: 'grid',
        gap: { xs: 1, sm: 2 },
        gridTemplateColumns: { xs: '1fr', sm: 'minmax(0, 1fr) 250px' },
        px: 2.5,
        py: 1.25,
        borderTop: 1,
        borderColor: 'divider',
        alignItems: 'center',
        ...(was !== undefined && { bgcolor: palette.tone.accent.soft, boxShadow: `inset 4px 0 0 ${palette.tone.accent.solid}` }),
      })}
    >
      <Box sx={{ minWidth: 0 }}>
        <Typography variant="body2" sx={{ fontWeight: 600 }}>
          {words.name(name)}
        </Typography>
        <Typography variant="caption" color="text.secondary" component="div">
          {about}
          {rules.map((id, index) => (
            <span key={id}>
              {(about || index > 0) && ' · '}
              <RuleLink ruleId={id} beside />
            </span>
          ))}
        </Typography>
        {was !== undefined && (
          <Typography variant="caption" component="div" sx={{ fontWeight: 600 }}>
            {translate('protocol.was', { value: words.value(name, was) })}
            {onBack && was !== null && (
              <Button
                size="small"
                onClick={onBack}
                sx={{ ml: 1, minHeight: 24, py: 0 }}
                aria-label={`${words.name(name)}: ${translate('protocol.backTo', { value: words.value(name, was) })}`}
              >
                {translate('protocol.backTo', { value: words.value(name, was) })}
              </Button>
            )}
          </Typography>
        )}
      </Box>
      {children}
    </Box>
  );
}

function NumberRange({ name }: { name: ParameterName }) {
  const translate = useTranslate();
  const format = useFormat();
  const { min, max, default: usual } = PROTOCOL_PARAMETERS[name];
  return (
    <>
      {translate('protocol.allowed', { min: format.number(min, 3), max: format.number(max, 3) })},{' '}
      {translate('protocol.usual', { value: format.number(usual, 3) })}
    </>
  );
}

interface FieldProps<N extends string> {
  name: N;
  text: string;
  onChange?: (name: string, text: string) => void;
}

function NumberField({ name, text, issue, onChange }: FieldProps<ParameterName> & { issue?: ProtocolIssue }) {
  const words = useParameterWords();
  if (!onChange) return <Typography className="tabular">{words.value(name, readNumber(text))}</Typography>;
  return (
    <TextField
      value={text}
      onChange={({ target }) => onChange(name, target.value)}
      error={issue !== undefined}
      helperText={issue && words.issue(issue)}
      slotProps={{
        htmlInput: { inputMode: 'decimal', 'aria-label': words.name(name) },
        input: {
          endAdornment: (
            <Typography variant="caption" color="text.secondary" sx={{ flexShrink: 0, whiteSpace: 'nowrap' }}>
              {words.unit(name)}
            </Typography>
          ),
        },
      }}
    />
  );
}

function ChoiceField({ name, text, onChange }: FieldProps<ChoiceName>) {
  const { word } = useWords();
  const words = useParameterWords();
  if (!onChange) return <Typography>{words.value(name, text || null)}</Typography>;
  return (
    <TextField
      select
      value={text}
      onChange={({ target }) => onChange(name, target.value)}
      slotProps={{ htmlInput: { 'aria-label': words.name(name) }, select: { SelectDisplayProps: { 'aria-label': words.name(name) } } }}
    >
      {PROTOCOL_CHOICES[name].options.map((option) => (
        <MenuItem key={option} value={option}>
          {word('plan', option)}
        </MenuItem>
      ))}
    </TextField>
  );
}
