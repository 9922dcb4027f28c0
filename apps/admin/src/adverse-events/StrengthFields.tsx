import { Box, Button, Stack, Typography } from '@mui/material';
import type { ExaminationPlan, StrengthGrade } from '@vastus/clinical';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { Segmented } from '../ui/Segmented.js';
import { gradeOf, sidesOf, withGrade } from './examinationDraft.js';

const GRADES = [0, 1, 2, 3, 4, 5].map((grade) => ({
  value: grade,
  label: String(grade),
  tint: grade === 5 ? ('success' as const) : grade >= 4 ? ('warning' as const) : ('danger' as const),
}));

interface Props {
  plan: ExaminationPlan;
  value: readonly StrengthGrade[];
  /** The last grades, to be seen beside the new ones. */
  previous: readonly StrengthGrade[];
  onChange: (value: StrengthGrade[]) => void;
}

/** AE-EXAM: MRC grades of the suspected nerve's muscles. The other side is there to compare with, when wanted. */
export function StrengthFields({ plan, value, previous, onChange }: Props) {
  const translate = useTranslate();
  const [both, setBoth] = useState(plan.side === null);
  const t = (key: string, options?: Record<string, unknown>) => translate(`examination.${key}`, options);
  const sides = both ? sidesOf(plan) : sidesOf(plan).slice(0, 1);
  if (plan.muscles.length === 0) return <Typography color="text.secondary">{t('noMuscles')}</Typography>;
  return (
    <Box component="section" aria-label={t('strength')}>
      <Stack direction="row" sx={{ gap: 1, alignItems: 'baseline', flexWrap: 'wrap', mb: 1 }}>
        <Typography variant="subtitle2" component="h3">
          {t('strength')}
        </Typography>
        <Typography variant="caption" color="text.secondary" sx={{ flex: 1, minWidth: 200 }}>
          {t('grades')}
        </Typography>
        {!both && (
          <Button size="small" onClick={() => setBoth(true)}>
            {t('otherSide')}
          </Button>
        )}
      </Stack>
      <Box sx={{ display: 'grid', gap: 1.5, gridTemplateColumns: { xs: '1fr', sm: 'repeat(auto-fill, minmax(290px, 1fr))' } }}>
        {plan.muscles.flatMap((muscle) =>
          sides.map((side) => {
            const before = gradeOf(previous, muscle, side);
            return (
              <Segmented
                key={`${muscle} ${side}`}
                clearable
                label={t('muscleOf', { muscle: t(`muscle.${muscle}`), side: t(`side.${side}`) })}
                help={before === null ? undefined : t('before', { grade: before })}
                value={gradeOf(value, muscle, side)}
                onChange={(grade) => onChange(withGrade(value, muscle, side, grade))}
                options={GRADES}
              />
            );
          }),
        )}
      </Box>
    </Box>
  );
}
