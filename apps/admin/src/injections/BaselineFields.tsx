import { CheckOutlined } from '@mui/icons-material';
import { Box, Button, Stack } from '@mui/material';
import { LIMBS } from '@vastus/contract';
import { useTranslate } from 'react-admin';
import { useWords } from '../i18n/useWords.js';
import { Segmented, SegmentedMany } from '../ui/Segmented.js';
import type { BaselineDraft } from './draft.js';

interface BaselineFieldsProps {
  value: BaselineDraft;
  onChange: (value: BaselineDraft) => void;
}

const PAIN = Array.from({ length: 11 }, (_, value) => ({ value, label: String(value) }));

/** The ten seconds that later tell the disease from an injury. Nothing is preset: an answer nobody gave is no answer. */
export function BaselineFields({ value, onChange }: BaselineFieldsProps) {
  const translate = useTranslate();
  const words = useWords();
  const change = (part: Partial<BaselineDraft>) => onChange({ ...value, ...part });
  const t = (key: string) => translate(`injections.baseline.${key}`);
  const abnormal = value.sensory === 'symmetric' || value.sensory === 'asymmetric' || value.motor === 'weak';
  const normal = value.pain === 0 && value.sensory === 'normal' && value.motor === 'normal';
  return (
    <Stack sx={{ gap: 1.75 }}>
      {/* One answer to one question that was asked; each of the three can still be said by itself. */}
      <Button
        variant={normal ? 'contained' : 'outlined'}
        aria-pressed={normal}
        startIcon={<CheckOutlined />}
        sx={{ alignSelf: 'flex-start', textAlign: 'left' }}
        onClick={() =>
          onChange(
            normal ? { pain: null, sensory: null, motor: null, limbs: [] } : { pain: 0, sensory: 'normal', motor: 'normal', limbs: [] },
          )
        }
      >
        {t('allNormal')}
      </Button>
      <Segmented label={t('pain')} options={PAIN} value={value.pain} clearable even onChange={(pain) => change({ pain })} />
      <Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 3, rowGap: 1.75 }}>
        <Segmented
          label={t('sensory')}
          clearable
          value={value.sensory}
          onChange={(sensory) => change({ sensory, limbs: sensory === 'normal' && value.motor !== 'weak' ? [] : value.limbs })}
          options={(['normal', 'symmetric', 'asymmetric'] as const).map((code) => ({
            value: code,
            label: t(`sensation.${code}`),
            tint: code === 'normal' ? undefined : 'warning',
          }))}
        />
        <Segmented
          label={t('motor')}
          clearable
          value={value.motor}
          onChange={(motor) => change({ motor })}
          options={(['normal', 'weak'] as const).map((code) => ({
            value: code,
            label: t(`strength.${code}`),
            tint: code === 'normal' ? undefined : 'warning',
          }))}
        />
      </Box>
      {abnormal && (
        <SegmentedMany
          label={t('limbs')}
          value={value.limbs}
          onChange={(limbs) => change({ limbs })}
          options={LIMBS.map((limb) => ({ value: limb, label: words.word('limb', limb), tint: 'warning' }))}
        />
      )}
    </Stack>
  );
}
