import { Box, Stack, Typography } from '@mui/material';
import { compareInstants } from '@vastus/clinical';
import type { Examination } from '@vastus/contract';
import { useTranslate } from 'react-admin';
import { useFormat } from '../format.js';
import { useWords } from '../i18n/useWords.js';
import type { Tone } from '../theme/palette.js';
import { StatusTag } from '../ui/StatusTag.js';

const TONE: Readonly<Record<Examination['course'], Tone>> = {
  improving: 'success',
  resolved: 'success',
  stable: 'warning',
  worsening: 'danger',
};

export function ExaminationList({ examinations }: { examinations: readonly Examination[] }) {
  const translate = useTranslate();
  const words = useWords();
  const format = useFormat();
  const t = (key: string, options?: Record<string, unknown>) => translate(`adverseEvents.exam.${key}`, options);
  if (examinations.length === 0) return <Typography color="text.secondary">{t('none')}</Typography>;
  return (
    <Stack component="ol" sx={{ listStyle: 'none', m: 0, p: 0, gap: 1.5 }}>
      {[...examinations]
        .sort((a, b) => compareInstants(b.examinedAt, a.examinedAt))
        .map((examination) => {
          const mrc = Object.entries(examination.mrc ?? {}).map(
            ([muscle, grade]) => `${translate(`adverseEvents.muscle.${muscle}`, { _: muscle })} ${grade}/5`,
          );
          const found = [
            examination.motorDeficit === null ? null : t(examination.motorDeficit ? 'deficit' : 'noDeficit'),
            examination.pain === null ? null : t('painOf', { pain: examination.pain }),
            ...mrc,
            examination.electrodiagnosticStudy ? t('studyDone') : null,
          ].filter(Boolean);
          return (
            <Box
              component="li"
              key={examination.id}
              sx={{
                borderLeft: 3,
                borderColor: 'divider',
                pl: 1.5,
                ...(examination.state === 'voided' && { textDecoration: 'line-through' }),
              }}
            >
              <Stack direction="row" sx={{ gap: 1, alignItems: 'center', flexWrap: 'wrap' }}>
                <Typography variant="body2" className="tabular" sx={{ fontWeight: 600 }}>
                  {format.instant(examination.examinedAt)}
                </Typography>
                <StatusTag tone={TONE[examination.course]}>{words.word('eventCourse', examination.course)}</StatusTag>
              </Stack>
              {found.length > 0 && <Typography variant="body2">{found.join(' · ')}</Typography>}
              {examination.sensory && <Typography variant="body2">{examination.sensory}</Typography>}
              {examination.note && (
                <Typography variant="body2" color="text.secondary">
                  {examination.note}
                </Typography>
              )}
              <Typography variant="caption" color="text.secondary">
                {examination.recordedByName}
              </Typography>
            </Box>
          );
        })}
    </Stack>
  );
}
