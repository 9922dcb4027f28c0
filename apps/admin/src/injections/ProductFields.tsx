import { Box, MenuItem, TextField } from '@mui/material';
import type { Course, Lot, Product } from '@vastus/contract';
import { useTranslate } from 'react-admin';
import { useFormat } from '../format.js';
import { useWords } from '../i18n/useWords.js';
import { typedNumber } from '../numbers.js';
import { Segmented } from '../ui/Segmented.js';
import { type InjectionDraft, volumeOf } from './draft.js';
import type { FieldErrors } from './useFieldErrors.js';

interface ProductFieldsProps {
  draft: InjectionDraft;
  onChange: (part: Partial<InjectionDraft>) => void;
  courses: readonly Course[];
  product: Product | null;
  lots: readonly Lot[];
  lotsLoading?: boolean;
  errors: FieldErrors;
  /** The lot is preset because it is in use today. */
  usedToday?: { at: string | null; byName: string | null } | null;
  /** Lots that may not be given are listed too: a dose may already have been given from one. */
  showAllLots?: boolean;
  onShowAllLots?: () => void;
}

const OTHER_LOTS = 'other';

/** What goes into the syringe: course, lot, dose and volume, route. */
export function ProductFields({
  draft,
  onChange,
  courses,
  product,
  lots,
  lotsLoading = false,
  errors,
  usedToday = null,
  showAllLots = false,
  onShowAllLots,
}: ProductFieldsProps) {
  const translate = useTranslate();
  const format = useFormat();
  const words = useWords();
  const t = (key: string, options?: Record<string, unknown>) => translate(`injections.form.${key}`, options);
  const volume = volumeOf(draft, product);
  const known = lots.some(({ id }) => id === draft.lotId);
  return (
    <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: 'repeat(12, 1fr)', '& > *': { gridColumn: 'span 12' } }}>
      <TextField
        select
        label={t('course')}
        value={courses.some(({ id }) => id === draft.courseId) ? draft.courseId : ''}
        onChange={({ target }) => {
          const course = courses.find(({ id }) => id === target.value);
          onChange({ courseId: target.value, lotId: null, volume: null, dose: course ? typedNumber(course.doseMicrograms) : draft.dose });
        }}
        error={Boolean(errors('courseId', 'productId'))}
        helperText={errors('courseId', 'productId') ?? courseHint(courses.find(({ id }) => id === draft.courseId))}
      >
        {courses.map((course) => (
          <MenuItem key={course.id} value={course.id}>
            {course.productName} · {words.word('phase', course.phase)}
          </MenuItem>
        ))}
      </TextField>
      <TextField
        select
        sx={{ '&&': { gridColumn: { xs: 'span 12', sm: 'span 6' } } }}
        label={t('lot')}
        value={known ? draft.lotId : ''}
        slotProps={{
          // The lot of the day comes after the form: its label stands where it will stand.
          inputLabel: { shrink: true },
          select: { renderValue: (lotId) => lots.find(({ id }) => id === lotId)?.lotNumber },
        }}
        onChange={({ target }) => (target.value === OTHER_LOTS ? onShowAllLots?.() : onChange({ lotId: target.value }))}
        error={Boolean(errors('lotId'))}
        helperText={
          errors('lotId') ??
          (product && !lotsLoading && lots.length === 0 ? t('noLots') : lotHint(lots.find(({ id }) => id === draft.lotId)))
        }
      >
        {lots.map((lot) => (
          <MenuItem key={lot.id} value={lot.id}>
            {t('lotOption', { number: lot.lotNumber, expires: format.date(lot.expiresOn) })}
            {lot.status !== 'usable' && ` · ${words.word('lotStatus', lot.status)}`}
          </MenuItem>
        ))}
        {!showAllLots && onShowAllLots && <MenuItem value={OTHER_LOTS}>{t('otherLots')}</MenuItem>}
      </TextField>
      <TextField
        sx={{ '&&': { gridColumn: { xs: 'span 6', sm: 'span 3' } } }}
        label={t('dose')}
        value={draft.dose}
        onChange={({ target }) => onChange({ dose: target.value })}
        error={Boolean(errors('doseMicrograms'))}
        helperText={errors('doseMicrograms')}
        slotProps={{ htmlInput: { inputMode: 'decimal' } }}
      />
      <TextField
        sx={{ '&&': { gridColumn: { xs: 'span 6', sm: 'span 3' } } }}
        label={t('volume')}
        value={draft.volume ?? (volume === null ? '' : typedNumber(volume))}
        onChange={({ target }) => onChange({ volume: target.value })}
        error={Boolean(errors('volumeMl'))}
        helperText={errors('volumeMl') ?? (product ? t('strength', { strength: format.dose(product.strengthMicrogramsPerMl) }) : undefined)}
        slotProps={{ htmlInput: { inputMode: 'decimal' } }}
      />
      {product && product.routes.length > 1 && (
        <Segmented
          label={t('route')}
          value={draft.route}
          onChange={(route) => route && onChange({ route })}
          options={product.routes.map((route) => ({ value: route, label: t(`routes.${route}`) }))}
          error={errors('route')}
        />
      )}
    </Box>
  );

  function courseHint(course: Course | undefined): string | undefined {
    if (!course) return undefined;
    const due = course.nextDueOn ? t('due', { on: format.date(course.nextDueOn), relative: format.relative(course.nextDueOn) }) : null;
    return [due, course.lastDoseOn ? t('lastDose', { on: format.date(course.lastDoseOn) }) : t('firstDose')].filter(Boolean).join(' · ');
  }

  function lotHint(lot: Lot | undefined): string | undefined {
    if (!lot) return undefined;
    const expires = t('expires', { relative: format.relative(lot.expiresOn) });
    return usedToday?.at ? `${expires} · ${t('usedToday', { time: format.time(usedToday.at), name: usedToday.byName })}` : expires;
  }
}
