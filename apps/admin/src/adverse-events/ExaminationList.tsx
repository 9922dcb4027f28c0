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
          const e = (key: string, options?: Record<string, unknown>) => translate(`examination.${key}`, options);
          const grades = examination.strength.map(
            ({ muscle, side, grade }) => `${e('muscleOf', { muscle: e(`muscle.${muscle}`), side: e(`side.${side}`) })}: ${grade}/5`,
          );
          const altered = examination.sensation.filter(({ sensation }) => sensation !== 'normal');
          const found = [
            examination.motorDeficit === null ? null : t(examination.motorDeficit ? 'deficit' : 'noDeficit'),
            examination.pain === null ? null : t('painOf', { pain: examination.pain }),
            ...grades,
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
              {examination.sensation.length > 0 && (
                <Typography variant="body2">
                  {altered.length === 0
                    ? e('allNormal', { smart_count: examination.sensation.length })
                    : altered
                        .map(({ region, side, modality, sensation }) =>
                          e('feltAt', {
                            region: e(`region.${region}`),
                            side: e(`side.${side}`),
                            touch: e(`touch.${modality}`),
                            sensation: e(`feels.${sensation}`),
                          }),
                        )
                        .join(' · ')}
                </Typography>
              )}
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
