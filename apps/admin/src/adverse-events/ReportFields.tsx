import { Box, Stack, TextField } from '@mui/material';
import type { AdverseEvent } from '@vastus/contract';
import { useTranslate } from 'react-admin';
import { CausalityField, GradeFields, SeriousFields } from './JudgementFields.js';

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
  const t = (key: string) => translate(`adverseEvents.report.${key}`);
  const set = (part: Partial<ReportDraft>) => onChange({ ...value, ...part });
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
          <GradeFields value={value} onChange={set} />
          <SeriousFields value={value} onChange={set} />
          <CausalityField value={value.causality} onChange={(causality) => set({ causality })} />
        </Stack>
      </Box>
    </Stack>
  );
}
