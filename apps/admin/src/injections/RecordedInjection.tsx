import { CheckCircleOutlined, InfoOutlined } from '@mui/icons-material';
import { Alert, Box, Button, LinearProgress, Stack, Typography } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { observationEndsAt } from '@vastus/clinical';
import { type Changes, type Injection, ROUTES } from '@vastus/contract';
import { useEffect, useRef, useState } from 'react';
import { useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { useAnswer, useSend } from '../api/queries.js';
import { useFormat } from '../format.js';
import { useWords } from '../i18n/useWords.js';
import { useSession } from '../session/useSession.js';
import { phrasesOf } from '../ui/ChangesNotice.js';
import { nameOf, PatientLine } from '../ui/PatientLine.js';
import { ProblemAlert } from '../ui/ProblemAlert.js';
import { ReasonDialog } from '../ui/ReasonDialog.js';
import { Section } from '../ui/Section.js';
import { ObservationTimer } from './ObservationTimer.js';
import { changesKey } from './useRecording.js';
import { useFacts } from './useRules.js';

/** What was written and what followed from it; how long to observe, the way to a reaction, to taking it back, and to the next patient. */
export function RecordedInjection({ injectionId, onNext }: { injectionId: string; onNext: () => void }) {
  const injection = useAnswer(ROUTES.readInjection, { params: { injectionId } });
  if (injection.error && !injection.data) return <ProblemAlert error={injection.error} onRetry={() => void injection.refetch()} />;
  return injection.data ? <Recorded injection={injection.data} onNext={onNext} /> : <LinearProgress />;
}

function Recorded({ injection, onNext }: { injection: Injection; onNext: () => void }) {
  const translate = useTranslate();
  const words = useWords();
  const format = useFormat();
  const { may } = useSession();
  const queryClient = useQueryClient();
  const changes = queryClient.getQueryData<Changes>(changesKey(injection.id)) ?? null;
  const { patient } = injection;
  const courses = useAnswer(ROUTES.listCourses, { params: { patientId: patient.id } });
  const { known } = useFacts(patient.id);
  const withdraw = useSend(ROUTES.voidInjection);
  const [asking, setAsking] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);

  const t = (key: string, options?: Record<string, unknown>) => translate(`injections.recorded.${key}`, options);
  const given = injection.status === 'given';
  const voided = injection.state === 'voided';
  const observeUntil = given && !voided && !injection.selfReported && known ? observationEndsAt(injection.givenAt, known.protocol) : null;
  const course = courses.data?.items.find(({ id }) => id === injection.courseId);
  const told = withdraw.data?.changes ?? (voided ? null : changes);
  const followed = told && phrasesOf(told, translate);
  const what = [
    injection.productName,
    format.dose(injection.doseMicrograms),
    given && injection.site ? words.word('site', injection.site) : null,
    given && injection.lotNumber ? t('lot', { number: injection.lotNumber }) : null,
    format.instant(injection.givenAt),
  ].filter(Boolean);
  return (
    <Box sx={{ maxWidth: 760 }}>
      <Section title={t('section')}>
        <Stack sx={{ gap: 2 }}>
          <Stack
            direction="row"
            sx={({ palette }) => ({
              gap: 1.5,
              alignItems: 'center',
              color: voided ? palette.tone.neutral.text : palette.tone.success.text,
            })}
          >
            {voided ? <InfoOutlined fontSize="large" /> : <CheckCircleOutlined fontSize="large" />}
            <Typography variant="h3" component="h3" tabIndex={-1} ref={heading} sx={{ outline: 'none' }} role="status">
              {t(voided ? 'voided' : given ? 'given' : 'notGiven')}
            </Typography>
          </Stack>
          <PatientLine patient={patient} />
          <Typography sx={voided ? { textDecoration: 'line-through' } : undefined}>{what.join(' · ')}</Typography>
          {!given && injection.notGivenReason && <Typography color="text.secondary">{injection.notGivenReason}</Typography>}
          {injection.againstStop && !voided && <Alert severity="warning">{t('againstStop')}</Alert>}
          {observeUntil && (
            <Box>
              <ObservationTimer until={observeUntil} />
            </Box>
          )}
          {course?.nextDueOn && (
            <Box sx={({ palette }) => ({ p: 2, borderRadius: 2, bgcolor: palette.tone.accent.soft, color: palette.tone.accent.text })}>
              <Typography variant="caption" component="div">
                {t('nextDose')}
              </Typography>
              <Typography variant="h3" component="div">
                {format.date(course.nextDueOn, 'long')}
              </Typography>
              <Typography variant="caption">{format.relative(course.nextDueOn)}</Typography>
            </Box>
          )}
          {followed && (
            <Box component="ul" aria-label={t('changed')} sx={{ m: 0, pl: 2.5 }}>
              {(followed.length > 0 ? followed : [translate('app.changes.nothing')]).map((phrase) => (
                <li key={phrase}>{phrase}</li>
              ))}
            </Box>
          )}
          <Stack direction="row" sx={{ gap: 1, flexWrap: 'wrap' }}>
            <Button variant="contained" size="large" onClick={onNext}>
              {t('next')}
            </Button>
            {given && !voided && (
              <Button variant="outlined" component={Link} to={`/report-event?patient=${patient.id}&injection=${injection.id}`}>
                {t('reaction')}
              </Button>
            )}
            <Button component={Link} to={`/patients/${patient.id}/show`}>
              {t('chart')}
            </Button>
            {!voided && may('injection.void') && (
              <Button color="error" onClick={() => setAsking(true)}>
                {t('undo')}
              </Button>
            )}
          </Stack>
        </Stack>
      </Section>
      <ReasonDialog
        open={asking}
        title={t('undoTitle')}
        explain={`${nameOf(patient)}, ${injection.productName}. ${t('undoExplain')}`}
        confirm={t('undoConfirm')}
        tone="error"
        suggestions={[t('undoReason'), translate('injections.actions.wrongPatient'), translate('injections.actions.notGivenAfterAll')]}
        busy={withdraw.isPending}
        error={withdraw.error}
        onClose={() => setAsking(false)}
        onConfirm={(reason) =>
          withdraw.mutate({ params: { injectionId: injection.id }, body: { reason } }, { onSuccess: () => setAsking(false) })
        }
      />
    </Box>
  );
}
