import { MenuItem, Stack, TextField } from '@mui/material';
import {
  type AdverseEvent,
  CAUSALITIES,
  CONCLUDED_OUTCOMES,
  CTCAE_HIGHEST_GRADE,
  CTCAE_TERMS,
  SERIOUSNESS_CRITERIA,
} from '@vastus/contract';
import { useTranslate } from 'react-admin';
import { useWords } from '../i18n/useWords.js';
import { Segmented, SegmentedMany } from '../ui/Segmented.js';

export type JudgementDraft = Pick<
  AdverseEvent,
  'ctcaeTerm' | 'ctcaeGrade' | 'serious' | 'seriousnessCriteria' | 'causality' | 'concludedOutcome'
>;

/** What a physician judges: grade, seriousness with its criteria, causality, and how it ended where no examination can say it. */
export function AssessmentOutcome({ value, onChange }: { value: JudgementDraft; onChange: (value: JudgementDraft) => void }) {
  const translate = useTranslate();
  const words = useWords();
  const t = (key: string) => translate(`adverseEvents.report.${key}`);
  const set = (part: Partial<JudgementDraft>) => onChange({ ...value, ...part });
  return (
    <>
      <CausalityField value={value.causality} onChange={(causality) => set({ causality })} />
      <GradeFields value={value} onChange={set} />
      <SeriousFields value={value} onChange={set} />
      <Choice
        label={t('concluded')}
        help={t('concludedHelp')}
        value={value.concludedOutcome}
        codes={CONCLUDED_OUTCOMES}
        empty={t('concludedNone')}
        word={(code) => words.word('eventOutcome', code)}
        onChange={(concludedOutcome) => set({ concludedOutcome })}
      />
    </>
  );
}

type Grade = Pick<AdverseEvent, 'ctcaeTerm' | 'ctcaeGrade'>;

/** The CTCAE term, and as many grades as it has. */
export function GradeFields({ value, onChange }: { value: Grade; onChange: (part: Partial<Grade>) => void }) {
  const translate = useTranslate();
  const words = useWords();
  const t = (key: string) => translate(`adverseEvents.report.${key}`);
  const grades = value.ctcaeTerm ? CTCAE_HIGHEST_GRADE[value.ctcaeTerm] : 0;
  return (
    <Stack direction="row" sx={{ gap: 2, flexWrap: 'wrap' }}>
      <Choice
        label={t('ctcae')}
        value={value.ctcaeTerm}
        codes={CTCAE_TERMS}
        empty={translate('adverseEvents.assess.notKnown')}
        word={(code) => words.word('ctcae', code)}
        onChange={(ctcaeTerm) => onChange({ ctcaeTerm, ctcaeGrade: null })}
      />
      {grades > 0 && (
        <Segmented
          label={t('grade')}
          clearable
          value={value.ctcaeGrade}
          onChange={(ctcaeGrade) => onChange({ ctcaeGrade })}
          options={Array.from({ length: grades }, (_, index) => ({ value: index + 1, label: String(index + 1) }))}
        />
      )}
    </Stack>
  );
}

type Seriousness = Pick<AdverseEvent, 'serious' | 'seriousnessCriteria'>;

/** Whether it is serious, and if so by which criteria (MedWatch 3500 B2, ICH E2A). */
export function SeriousFields({ value, onChange }: { value: Seriousness; onChange: (part: Partial<Seriousness>) => void }) {
  const translate = useTranslate();
  const t = (key: string) => translate(`adverseEvents.report.${key}`);
  return (
    <>
      <Segmented<boolean | null>
        label={t('serious')}
        help={t('seriousHelp')}
        value={value.serious}
        onChange={(serious) => onChange({ serious, ...(serious !== true && { seriousnessCriteria: [] }) })}
        options={[
          { value: null, label: translate('adverseEvents.assess.notKnown'), tint: 'neutral' },
          { value: false, label: translate('app.no') },
          { value: true, label: translate('app.yes'), tint: 'danger' },
        ]}
      />
      {value.serious === true && (
        <SegmentedMany
          label={t('criteria')}
          value={value.seriousnessCriteria}
          onChange={(seriousnessCriteria) => onChange({ seriousnessCriteria })}
          options={SERIOUSNESS_CRITERIA.map((code) => ({ value: code, label: t(`criterion.${code}`), tint: 'danger' }))}
        />
      )}
    </>
  );
}

type Causality = AdverseEvent['causality'];

/** WHO-UMC. */
export function CausalityField({ value, onChange }: { value: Causality; onChange: (causality: Causality) => void }) {
  const translate = useTranslate();
  const words = useWords();
  return (
    <Choice
      label={translate('adverseEvents.report.causality')}
      value={value}
      codes={CAUSALITIES}
      empty={translate('adverseEvents.assess.notKnown')}
      word={(code) => words.word('causality', code)}
      onChange={onChange}
    />
  );
}

interface ChoiceProps<C extends string> {
  label: string;
  help?: string;
  value: C | null;
  codes: readonly C[];
  empty: string;
  word: (code: C) => string;
  onChange: (code: C | null) => void;
}

function Choice<C extends string>({ label, help, value, codes, empty, word, onChange }: ChoiceProps<C>) {
  return (
    <TextField
      select
      sx={{ minWidth: 220, maxWidth: 360 }}
      label={label}
      helperText={help}
      value={value ?? ''}
      onChange={({ target }) => onChange((target.value || null) as C | null)}
      slotProps={{ select: { displayEmpty: true }, inputLabel: { shrink: true } }}
    >
      <MenuItem value="">{empty}</MenuItem>
      {codes.map((code) => (
        <MenuItem key={code} value={code}>
          {word(code)}
        </MenuItem>
      ))}
    </TextField>
  );
}
