import { Alert, Box, Button, Link as MuiLink, Skeleton, Stack, Typography } from '@mui/material';
import type { Assessment } from '@vastus/clinical';
import { type AdverseEvent, ROUTES } from '@vastus/contract';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { Link, useLocation, useParams } from 'react-router-dom';
import { useAnswer, useSend } from '../api/queries.js';
import { useFormat } from '../format.js';
import { useWords } from '../i18n/useWords.js';
import { useServerNow } from '../injections/clinicTime.js';
import { useSession } from '../session/useSession.js';
import { useChangesNotice } from '../ui/ChangesNotice.js';
import { Page } from '../ui/Page.js';
import { PatientLine } from '../ui/PatientLine.js';
import { ProblemAlert } from '../ui/ProblemAlert.js';
import { ReasonDialog } from '../ui/ReasonDialog.js';
import { Section } from '../ui/Section.js';
import { AmendEvent } from './AmendEvent.js';
import { CaseCompleteness } from './CaseCompleteness.js';
import { CaseFiling } from './CaseFiling.js';
import { CaseVersions } from './CaseVersions.js';
import { ClockBar, ClockList } from './ClockBar.js';
import { EventAlerts } from './EventAlerts.js';
import { ExaminationForm } from './ExaminationForm.js';
import { ExaminationList } from './ExaminationList.js';
import { TriagePanel } from './TriagePanel.js';

const QUESTIONS: readonly (keyof Assessment)[] = [
  'onset',
  'distribution',
  'motor',
  'radiatingPain',
  'lossOfConsciousness',
  'course',
  'siteFindings',
];

/** One event: what was found, what it meant, the clock, and every examination since. */
export function AdverseEventShow() {
  const translate = useTranslate();
  const { id = '' } = useParams();
  const event = useAnswer(ROUTES.readAdverseEvent, { params: { eventId: id } });
  if (event.data) return <EventPage event={event.data} />;
  return (
    <Page title={translate('adverseEvents.show.title')}>
      {event.error ? (
        <ProblemAlert error={event.error} onRetry={() => void event.refetch()} />
      ) : (
        <Skeleton variant="rounded" height={420} />
      )}
    </Page>
  );
}

function EventPage({ event }: { event: AdverseEvent }) {
  const translate = useTranslate();
  const format = useFormat();
  const words = useWords();
  const { may } = useSession();
  const notice = useChangesNotice();
  const now = useServerNow()();
  const withdraw = useSend(ROUTES.voidAdverseEvent);
  const [voiding, setVoiding] = useState(false);
  const [amending, setAmending] = useState(false);
  const t = (key: string, options?: Record<string, unknown>) => translate(`adverseEvents.show.${key}`, options);
  const running = event.state === 'effective';
  const { search, key } = useLocation();
  const asked = new URLSearchParams(search).get('do') === 'examine' ? key : null;
  return (
    <Page
      title={t('title')}
      subtitle={<PatientLine patient={event.patient} />}
      actions={
        <>
          <Button component={Link} to={`/patients/${event.patient.id}/show`}>
            {translate('injections.form.openChart')}
          </Button>
          {running && may('adverse-event.amend') && (
            <Button variant="outlined" onClick={() => setAmending(true)}>
              {translate(may('adverse-event.assess') ? 'adverseEvents.amend.assess' : 'adverseEvents.amend.open')}
            </Button>
          )}
          {running && may('adverse-event.void') && (
            <Button color="error" onClick={() => setVoiding(true)}>
              {translate('injections.actions.void')}
            </Button>
          )}
        </>
      }
    >
      <Stack sx={{ gap: 2.5 }}>
        {!running && (
          <Alert severity="info">
            {t('voided')}
            {event.voidReason && `: ${event.voidReason}`}
          </Alert>
        )}
        <Section
          title={translate('adverseEvents.clock.title')}
          subtitle={t('onset', { at: format.instant(event.onsetAt), reported: format.instant(event.reportedAt) })}
        >
          {event.clock.length > 0 ? (
            <>
              <ClockBar onsetAt={event.onsetAt} clock={event.clock} now={now} resolvedAt={event.resolvedAt} />
              <ClockList clock={event.clock} now={now} />
            </>
          ) : (
            <Typography color="text.secondary">{translate('adverseEvents.clock.none')}</Typography>
          )}
        </Section>
        <Box
          sx={{
            display: 'grid',
            gap: 2.5,
            gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 1fr) minmax(0, 1fr)' },
            alignItems: 'start',
          }}
        >
          <Stack sx={{ gap: 2.5 }}>
            <Section title={t('assessment')}>
              <AssessmentAnswers event={event} />
            </Section>
          </Stack>
          <Stack sx={{ gap: 2.5 }}>
            <Section title={translate('adverseEvents.triage.title')}>
              <TriagePanel triage={event.triage} site={event.site} />
            </Section>
            <CaseCompleteness event={event} />
            <CaseFiling event={event} />
          </Stack>
        </Box>
        <CaseVersions event={event} />
        <Section title={t('examinations')} subtitle={t('examinationsHelp')}>
          <ExaminationList examinations={event.examinations} />
          {running && may('adverse-event.examine') && <ExaminationForm event={event} asked={asked} />}
        </Section>
        {running && <EventAlerts event={event} />}
        <Typography variant="caption" color="text.secondary">
          {t('recorded', { by: event.recordedByName, at: format.instant(event.recordedAt) })} · {words.word('eventOutcome', event.outcome)}
        </Typography>
      </Stack>
      {amending && <AmendEvent event={event} onClose={() => setAmending(false)} />}
      <ReasonDialog
        open={voiding}
        title={t('voidTitle')}
        explain={t('voidExplain')}
        confirm={translate('injections.actions.voidConfirm')}
        tone="error"
        busy={withdraw.isPending}
        error={withdraw.error}
        onClose={() => setVoiding(false)}
        onConfirm={(reason) =>
          withdraw.mutate(
            { params: { eventId: event.id }, body: { reason } },
            {
              onSuccess: ({ changes }) => {
                setVoiding(false);
                notice(t('voided'), changes);
              },
            },
          )
        }
      />
    </Page>
  );
}

/** Every question with its answer; what was not answered says so. */
function AssessmentAnswers({ event }: { event: AdverseEvent }) {
  const translate = useTranslate();
  const words = useWords();
  const t = (key: string) => translate(`adverseEvents.report.${key}`);
  const { assessment } = event;
  const answer: Record<keyof Assessment, string | null> = {
    onset: assessment.onset && words.word('onset', assessment.onset),
    distribution: assessment.distribution && words.word('distribution', assessment.distribution),
    motor: assessment.motor && words.word('motor', assessment.motor),
    radiatingPain: yesNo(assessment.radiatingPain),
    lossOfConsciousness: yesNo(assessment.lossOfConsciousness),
    course: assessment.course && words.word('eventCourse', assessment.course),
    siteFindings:
      assessment.siteFindings &&
      (assessment.siteFindings.map((code) => words.word('siteFinding', code)).join(', ') || translate('adverseEvents.assess.unremarkable')),
  };
  const rows: [string, string | null][] = [
    ...QUESTIONS.map((question): [string, string | null] => [words.word('assessment', question), answer[question]]),
    [
      t('ctcae'),
      event.ctcaeTerm &&
        [words.word('ctcae', event.ctcaeTerm), event.ctcaeGrade && translate('adverseEvents.list.grade', { grade: event.ctcaeGrade })]
          .filter(Boolean)
          .join(' · '),
    ],
    [
      t('serious'),
      event.serious === null
        ? null
        : [yesNo(event.serious), ...event.seriousnessCriteria.map((criterion) => t(`criterion.${criterion}`))].join(' · '),
    ],
    [t('causality'), event.causality && words.word('causality', event.causality)],
    [translate('adverseEvents.list.outcome'), words.word('eventOutcome', event.outcome)],
    [translate('adverseEvents.list.site'), event.site && words.word('site', event.site)],
    [translate('adverseEvents.list.lot'), [event.lotNumber, event.productName].filter(Boolean).join(' · ') || null],
  ];
  return (
    <>
      <Box
        component="dl"
        sx={{
          m: 0,
          display: 'grid',
          gridTemplateColumns: 'minmax(150px, 200px) 1fr',
          rowGap: 0.75,
          columnGap: 2,
          fontSize: '0.875rem',
          '& dt': { color: 'text.secondary' },
          '& dd': { m: 0 },
        }}
      >
        {rows.map(([question, said]) => (
          <Box key={question} sx={{ display: 'contents' }}>
            <dt>{question}</dt>
            <Box component="dd" sx={said === null ? { fontStyle: 'italic', color: 'text.secondary' } : { fontWeight: 600 }}>
              {said ?? translate('adverseEvents.assess.notAnswered')}
            </Box>
          </Box>
        ))}
      </Box>
      {event.narrative && (
        <Typography variant="body2" sx={{ mt: 2, whiteSpace: 'pre-wrap' }}>
          {event.narrative}
        </Typography>
      )}
      {event.injectionId && (
        <MuiLink component={Link} to={`/injections?patient=${event.patient.id}`} variant="body2" sx={{ mt: 1.5, display: 'inline-block' }}>
          {translate('adverseEvents.show.injections')}
        </MuiLink>
      )}
    </>
  );

  function yesNo(value: boolean | null): string | null {
    return value === null ? null : translate(value ? 'app.yes' : 'app.no');
  }
}

export default AdverseEventShow;
