import { Alert, Box, Stack, Typography } from '@mui/material';
import { type CourseFacts, type DeficiencyPictureFacts, deficiencyPicture, permanentDamageRisk } from '@vastus/clinical';
import { useTranslate } from 'react-admin';
import { useFormat } from '../format.js';
import { useWords } from '../i18n/useWords.js';
import type { KnownFacts } from '../injections/useRules.js';
import { RuleLink } from '../rules/RuleLink.js';
import { StatusTag } from '../ui/StatusTag.js';
import { PictureFields } from './PictureFields.js';

interface StartPictureProps {
  /** The course as far as it is typed. */
  course: CourseFacts;
  known: KnownFacts;
  value: DeficiencyPictureFacts;
  onChange: (value: DeficiencyPictureFacts) => void;
}

/** DX-SEVERE and DX-3MO while a course is being started: what the answers mean so far. Nothing here has to be answered (DX-START). */
export function StartPicture({ course, known, value, onChange }: StartPictureProps) {
  const translate = useTranslate();
  const format = useFormat();
  const { word } = useWords();
  const { severe, elements, proposedRegimen } = deficiencyPicture(course, known.facts);
  const derived = elements.filter(({ present, from }) => present !== null && from !== 'recorded');
  const t = (key: string, options?: Record<string, unknown>) => translate(`followUp.picture.${key}`, options);
  return (
    <Stack sx={{ gap: 2 }}>
      {course.symptomsSince && permanentDamageRisk(course, known.protocol) === true && (
        <Alert severity="warning">
          {t('threeMonths', { date: format.date(course.symptomsSince), smart_count: known.protocol.permanentDamageRiskMonths })}
        </Alert>
      )}
      <Box role="group" aria-label={t('title')}>
        <Stack direction="row" sx={{ gap: 1, alignItems: 'center', flexWrap: 'wrap' }}>
          <Typography variant="subtitle2">
            {t('title')} · <RuleLink ruleId="DX-SEVERE" beside />
          </Typography>
          <StatusTag tone={severe ? 'warning' : 'neutral'}>
            {t(severe === null ? 'undetermined' : severe ? 'severe' : 'notSevere')}
          </StatusTag>
        </Stack>
        <Typography variant="caption" color="text.secondary" component="div" sx={{ mb: 1.5 }}>
          {t('help')}
        </Typography>
        <PictureFields value={value} onChange={onChange} />
        <Typography variant="caption" color="text.secondary" component="div" sx={{ mt: 1 }} role="status">
          {[
            ...derived.map(
              ({ element, present, from }) =>
                `${word('care', element)}: ${translate(present ? 'app.yes' : 'app.no')} (${t(`from.${from}`)})`,
            ),
            proposedRegimen && t('regimen', { regimen: word('regimen', proposedRegimen) }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </Typography>
      </Box>
    </Stack>
  );
}
