import { Stack } from '@mui/material';
import { type Assessment, DISTRIBUTIONS, EVENT_COURSES, MOTORS, ONSETS, SITE_FINDINGS } from '@vastus/clinical';
import { useTranslate } from 'react-admin';
import { useWords } from '../i18n/useWords.js';
import { Segmented, SegmentedMany } from '../ui/Segmented.js';

export const NOTHING_KNOWN: Assessment = {
  onset: null,
  distribution: null,
  motor: null,
  radiatingPain: null,
  lossOfConsciousness: null,
  course: null,
  siteFindings: null,
};

interface AssessmentFieldsProps {
  value: Assessment;
  onChange: (value: Assessment) => void;
}

/** AE-ASSESS as large buttons. "Not known" is an answer of its own and stands at the beginning: silence is never "no". */
export function AssessmentFields({ value, onChange }: AssessmentFieldsProps) {
  const translate = useTranslate();
  const words = useWords();
  const set = (part: Partial<Assessment>) => onChange({ ...value, ...part });
  const notKnown = { value: null, label: translate('adverseEvents.assess.notKnown'), tint: 'neutral' as const };
  const yesNo = [
    notKnown,
    { value: false, label: translate('app.no') },
    { value: true, label: translate('app.yes'), tint: 'danger' as const },
  ];
  const shared = { large: true };
  return (
    <Stack sx={{ gap: 2.25 }}>
      <Segmented
        {...shared}
        label={words.word('assessment', 'onset')}
        value={value.onset}
        onChange={(onset) => set({ onset })}
        options={[notKnown, ...ONSETS.map((code) => ({ value: code, label: words.word('onset', code) }))]}
      />
      <Segmented
        {...shared}
        label={words.word('assessment', 'distribution')}
        value={value.distribution}
        onChange={(distribution) => set({ distribution })}
        options={[
          notKnown,
          ...DISTRIBUTIONS.map((code) => ({
            value: code,
            label: words.word('distribution', code),
            tint: code === 'diffuse' ? ('danger' as const) : undefined,
          })),
        ]}
      />
      <Segmented
        {...shared}
        label={words.word('assessment', 'motor')}
        value={value.motor}
        onChange={(motor) => set({ motor })}
        options={[
          notKnown,
          ...MOTORS.map((code) => ({
            value: code,
            label: words.word('motor', code),
            tint: code === 'none' ? undefined : ('danger' as const),
          })),
        ]}
      />
      <Stack direction="row" sx={{ flexWrap: 'wrap', columnGap: 4, rowGap: 2.25 }}>
        <Segmented
          {...shared}
          label={words.word('assessment', 'radiatingPain')}
          value={value.radiatingPain}
          onChange={(radiatingPain) => set({ radiatingPain })}
          options={yesNo}
        />
        <Segmented
          {...shared}
          label={words.word('assessment', 'lossOfConsciousness')}
          value={value.lossOfConsciousness}
          onChange={(lossOfConsciousness) => set({ lossOfConsciousness })}
          options={yesNo}
        />
      </Stack>
      <Segmented
        {...shared}
        label={words.word('assessment', 'course')}
        value={value.course}
        onChange={(course) => set({ course })}
        options={[
          notKnown,
          ...EVENT_COURSES.map((code) => ({
            value: code,
            label: words.word('eventCourse', code),
            tint: code === 'worsening' ? ('danger' as const) : undefined,
          })),
        ]}
      />
      <Stack sx={{ gap: 0.75 }}>
        <Segmented
          {...shared}
          label={words.word('assessment', 'siteFindings')}
          value={value.siteFindings === null ? null : value.siteFindings.length === 0 ? 'unremarkable' : 'changed'}
          onChange={(answer) => set({ siteFindings: answer === 'unremarkable' ? [] : null })}
          options={[
            { value: null as 'unremarkable' | 'changed' | null, label: translate('adverseEvents.assess.notLooked'), tint: 'neutral' },
            { value: 'unremarkable', label: translate('adverseEvents.assess.unremarkable') },
          ]}
        />
        <SegmentedMany
          {...shared}
          hideLabel
          label={translate('adverseEvents.assess.seen')}
          value={value.siteFindings ?? []}
          // Taking the last finding back leaves the question open: it does not make the site unremarkable.
          onChange={(found) => set({ siteFindings: found.length > 0 ? found : null })}
          options={SITE_FINDINGS.map((code) => ({ value: code, label: words.word('siteFinding', code), tint: 'warning' }))}
        />
      </Stack>
    </Stack>
  );
}
