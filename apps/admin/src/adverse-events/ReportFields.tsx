import { Box, MenuItem, Stack, TextField } from '@mui/material';
import { type AdverseEvent, CAUSALITIES, CTCAE_HIGHEST_GRADE, CTCAE_TERMS } from '@vastus/contract';
import { useTranslate } from 'react-admin';
import { useWords } from '../i18n/useWords.js';
import { Segmented } from '../ui/Segmented.js';

export type ReportDraft = Pick<AdverseEvent, 'ctcaeTerm' | 'ctcaeGrade' | 'serious' | 'seriousnessCriteria' | 'causality'> & {
  narrative: string;
};

export const NO_REPORT: ReportDraft = {
  narrative: '',
  ctcaeTerm: null,
  ctcaeGrade: null,
  serious: null,
  seriousnessCriteria: [],
  causality: null,
};

/** What a report to others will ask for. None of it holds the record up. */
export function ReportFields({ value, onChange }: { value: ReportDraft; onChange: (value: ReportDraft) => void }) {
  const translate = useTranslate();
  const words = useWords();
  const t = (key: string) => translate(`adverseEvents.report.${key}`);
  const set = (part: Partial<ReportDraft>) => onChange({ ...value, ...part });
  const grades = value.ctcaeTerm ? CTCAE_HIGHEST_GRADE[value.ctcaeTerm] : 0;
  return (
    <Stack sx={{ gap: 2 }}>
      <TextField
        label={t('narrative')}
        multiline
        minRows={3}
        value={value.narrative}
        onChange={({ target }) => set({ narrative: target.value })}
        slotProps={{ htmlInput: { maxLength: 4000 } }}
      />
      <Box component="details">
        <Box component="summary" sx={{ cursor: 'pointer', minHeight: 28, fontSize: '0.875rem', fontWeight: 600 }}>
          {t('grading')}
        </Box>
        <Stack sx={{ gap: 2, mt: 1.5 }}>
          <Stack direction="row" sx={{ gap: 2, flexWrap: 'wrap' }}>
            <TextField
              select
              sx={{ minWidth: 260 }}
              label={t('ctcae')}
              value={value.ctcaeTerm ?? ''}
              onChange={({ target }) => set({ ctcaeTerm: (target.value || null) as ReportDraft['ctcaeTerm'], ctcaeGrade: null })}
            >
              <MenuItem value="">{translate('adverseEvents.assess.notKnown')}</MenuItem>
              {CTCAE_TERMS.map((term) => (
                <MenuItem key={term} value={term}>
                  {words.word('ctcae', term)}
                </MenuItem>
              ))}
            </TextField>
            {grades > 0 && (
              <Segmented
                label={t('grade')}
                clearable
                value={value.ctcaeGrade}
                onChange={(ctcaeGrade) => set({ ctcaeGrade })}
                options={Array.from({ length: grades }, (_, index) => ({ value: index + 1, label: String(index + 1) }))}
              />
            )}
          </Stack>
          <Segmented
            label={t('serious')}
            help={t('seriousHelp')}
            value={value.serious}
            onChange={(serious) => set({ serious })}
            options={[
              { value: null, label: translate('adverseEvents.assess.notKnown'), tint: 'neutral' },
              { value: false, label: translate('app.no') },
              { value: true, label: translate('app.yes'), tint: 'danger' },
            ]}
          />
          <TextField
            select
            sx={{ maxWidth: 320 }}
            label={t('causality')}
            value={value.causality ?? ''}
            onChange={({ target }) => set({ causality: (target.value || null) as ReportDraft['causality'] })}
          >
            <MenuItem value="">{translate('adverseEvents.assess.notKnown')}</MenuItem>
            {CAUSALITIES.map((code) => (
              <MenuItem key={code} value={code}>
                {words.word('causality', code)}
              </MenuItem>
            ))}
          </TextField>
        </Stack>
      </Box>
    </Stack>
  );
}
