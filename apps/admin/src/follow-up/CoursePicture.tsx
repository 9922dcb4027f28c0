import { Box, Button, MenuItem, Stack, TextField, Typography } from '@mui/material';
import { CAUSES, type Cause, COBALAMINS, deficiencyPicture, UNANSWERED_PICTURE } from '@vastus/clinical';
import { type Course, ROUTES } from '@vastus/contract';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { useSend } from '../api/queries.js';
import { useVersionRead } from '../api/useVersionRead.js';
import { useWords } from '../i18n/useWords.js';
import type { KnownFacts } from '../injections/useRules.js';
import { RuleLink } from '../rules/RuleLink.js';
import { useSession } from '../session/useSession.js';
import { useChangesNotice } from '../ui/ChangesNotice.js';
import { FormDialog } from '../ui/FormDialog.js';
import { StatusTag } from '../ui/StatusTag.js';
import { PictureFields } from './PictureFields.js';

/** What makes the deficiency severe or not, and what is still unknown (DX-SEVERE); with the way to record the work-up (DX-CAUSE). */
export function CoursePicture({ course, known }: { course: Course; known: KnownFacts | null }) {
  const translate = useTranslate();
  const { word } = useWords();
  const { may } = useSession();
  const [recording, setRecording] = useState(false);
  const facts = known?.facts.courses.find(({ id }) => id === course.id);
  if (!known || !facts || !COBALAMINS.includes(course.substance)) return null;
  const { severe, elements, missing } = deficiencyPicture(facts, known.facts);
  const t = (key: string, options?: Record<string, unknown>) => translate(`followUp.picture.${key}`, options);
  return (
    <Box sx={{ mt: 1.5 }}>
      <Stack direction="row" sx={{ gap: 1, alignItems: 'center', flexWrap: 'wrap' }}>
        <Typography variant="caption" color="text.secondary">
          {t('title')} · <RuleLink ruleId="DX-SEVERE" />
        </Typography>
        <StatusTag tone={severe ? 'warning' : 'neutral'}>{t(severe === null ? 'undetermined' : severe ? 'severe' : 'notSevere')}</StatusTag>
        {may('course.change') && (
          <Button size="small" className="no-print" onClick={() => setRecording(true)}>
            {t('workUp')}
          </Button>
        )}
      </Stack>
      <Box
        component="ul"
        sx={{
          listStyle: 'none',
          m: 0,
          mt: 0.5,
          p: 0,
          display: 'flex',
          flexWrap: 'wrap',
          columnGap: 2,
          rowGap: 0.25,
          fontSize: '0.8125rem',
        }}
      >
        {elements
          .filter(({ present }) => present !== null)
          .map(({ element, present, from }) => (
            <li key={element}>
              {word('care', element)}: <strong>{translate(present ? 'app.yes' : 'app.no')}</strong>{' '}
              <Box component="span" sx={{ color: 'text.secondary' }}>
                ({t(`from.${from}`)})
              </Box>
            </li>
          ))}
      </Box>
      {missing.length > 0 && (
        <Typography variant="caption" color="text.secondary" component="div">
          {t('missing', { what: missing.map((element) => word('care', element)).join(', ') })}
        </Typography>
      )}
      {recording && <WorkUpDialog course={course} onClose={() => setRecording(false)} />}
    </Box>
  );
}

/** The cause and the picture as far as they are known. */
function WorkUpDialog({ course, onClose }: { course: Course; onClose: () => void }) {
  const translate = useTranslate();
  const { word } = useWords();
  const notice = useChangesNotice();
  const send = useSend(ROUTES.recordWorkUp);
  const read = useVersionRead(course.version);
  const [cause, setCause] = useState<Cause>(course.cause);
  const [picture, setPicture] = useState(course.deficiencyPicture ?? UNANSWERED_PICTURE);
  const t = (key: string) => translate(`followUp.picture.${key}`);
  return (
    <FormDialog
      title={t('workUpTitle')}
      explain={t('workUpText')}
      submit={t('submit')}
      ready
      busy={send.isPending}
      error={send.error}
      onClose={onClose}
      onSubmit={() =>
        send.mutate(
          { params: { courseId: course.id }, body: { cause, deficiencyPicture: picture }, ifMatch: read },
          {
            onSuccess: ({ changes }) => {
              notice(t('done'), changes);
              onClose();
            },
          },
        )
      }
    >
      <TextField select label={translate('courses.field.cause')} value={cause} onChange={({ target }) => setCause(target.value as Cause)}>
        {CAUSES.map((option) => (
          <MenuItem key={option} value={option}>
            {word('cause', option)}
          </MenuItem>
        ))}
      </TextField>
      <Box>
        <Typography variant="subtitle2">{t('title')}</Typography>
        <Typography variant="caption" color="text.secondary" component="div" sx={{ mb: 1 }}>
          {t('help')}
        </Typography>
        <PictureFields value={picture} onChange={setPicture} />
      </Box>
    </FormDialog>
  );
}
