import { Box, Button, Stack, Typography } from '@mui/material';
import {
  type ExaminationPlan,
  LIMB_REGIONS,
  type Limb,
  MODALITIES,
  type Modality,
  SENSATIONS,
  type SensationAt,
  type SensoryRegion,
  type Side,
} from '@vastus/clinical';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { Segmented } from '../ui/Segmented.js';
import { sensationAt, sidesOf, withSensation } from './examinationDraft.js';
import { LimbMap, SENSATION_LOOK } from './LimbMap.js';

interface Props {
  plan: ExaminationPlan;
  value: readonly SensationAt[];
  previous: readonly SensationAt[];
  onChange: (value: SensationAt[]) => void;
}

/** The sensory map: one kind of touch at a time, region by region. What was not tested stays open, and is not normal. */
export function SensationFields({ plan, value, previous, onChange }: Props) {
  const translate = useTranslate();
  const [modality, setModality] = useState<Modality>('light-touch');
  const [side, setSide] = useState<Side>(sidesOf(plan)[0]!);
  const [limb, setLimb] = useState<Limb>(plan.limb ?? 'leg');
  const t = (key: string, options?: Record<string, unknown>) => translate(`examination.${key}`, options);
  const suspected = plan.nerves.length > 0 ? plan.regions : [];
  const regions = LIMB_REGIONS[limb].toSorted((a, b) => Number(suspected.includes(b)) - Number(suspected.includes(a)));
  const feels = (region: SensoryRegion) => sensationAt(value, { region, side, modality });
  const set = (region: SensoryRegion, sensation: SensationAt['sensation'] | null) =>
    onChange(withSensation(value, { region, side, modality }, sensation));
  const open = regions.filter((region) => feels(region) === null);
  const next = (region: SensoryRegion) => {
    const at = feels(region);
    set(region, at === null ? SENSATIONS[0] : (SENSATIONS[SENSATIONS.indexOf(at) + 1] ?? null));
  };
  return (
    <Box component="section" aria-label={t('sensation')}>
      <Typography variant="subtitle2" component="h3" sx={{ mb: 1 }}>
        {t('sensation')}
      </Typography>
      <Stack direction="row" sx={{ gap: 2, flexWrap: 'wrap', mb: 1.5 }}>
        <Segmented
          label={t('modality')}
          value={modality}
          onChange={(chosen) => chosen && setModality(chosen)}
          options={MODALITIES.map((code) => ({ value: code, label: t(`touch.${code}`) }))}
        />
        <Segmented
          label={t('sideLabel')}
          value={side}
          onChange={(chosen) => chosen && setSide(chosen)}
          options={(['right', 'left'] as const).map((code) => ({ value: code, label: t(`side.${code}`) }))}
        />
        {plan.limb === null && (
          <Segmented
            label={t('limbLabel')}
            value={limb}
            onChange={(chosen) => chosen && setLimb(chosen)}
            options={(['leg', 'arm'] as const).map((code) => ({ value: code, label: t(`limb.${code}`) }))}
          />
        )}
      </Stack>
      <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: '1fr', sm: 'auto minmax(0, 1fr)' }, alignItems: 'start' }}>
        <LimbMap limb={limb} side={side} feels={feels} suspected={suspected} onPick={next} />
        <Box sx={{ display: 'grid', columnGap: 3, rowGap: 1.25, gridTemplateColumns: { xs: '1fr', xl: '1fr 1fr' } }}>
          {regions.map((region) => {
            const before = sensationAt(previous, { region, side, modality });
            return (
              <Segmented
                key={region}
                clearable
                label={t(suspected.includes(region) ? 'regionSuspected' : 'regionOf', { region: t(`region.${region}`) })}
                help={before === null ? undefined : t('feltBefore', { sensation: t(`feels.${before}`) })}
                value={feels(region)}
                onChange={(sensation) => set(region, sensation)}
                options={SENSATIONS.map((code) => ({
                  value: code,
                  label: `${SENSATION_LOOK[code].glyph} ${t(`feels.${code}`)}`,
                  tint: code === 'normal' ? 'success' : code === 'absent' ? 'danger' : 'warning',
                }))}
              />
            );
          })}
          {open.length > 0 && open.length < regions.length && (
            <Box>
              <Button
                size="small"
                onClick={() =>
                  onChange(
                    open.reduce<SensationAt[]>((map, region) => withSensation(map, { region, side, modality }, 'normal'), [...value]),
                  )
                }
              >
                {t('restNormal', { smart_count: open.length })}
              </Button>
            </Box>
          )}
        </Box>
      </Box>
    </Box>
  );
}
