/** Numbness after an injection: what is known, what it means, and what follows – before anything is recorded. */
import { Box, Button, Card, MenuItem, Skeleton, Stack, TextField, Typography } from '@mui/material';
import {
  type Assessment,
  addHours,
  compareInstants,
  dateInZone,
  deriveObligations,
  type Instant,
  type Milestone,
  SITE_IDS,
  type SiteId,
  triage as triageOf,
} from '@vastus/clinical';
import { type Injection, type Patient, ROUTES } from '@vastus/contract';
import { useMemo, useState } from 'react';
import { useTranslate } from 'react-admin';
import { useSearchParams } from 'react-router-dom';
import { useAnswer, useSend } from '../api/queries.js';
import { useIssues } from '../api/useIssues.js';
import { useFormat } from '../format.js';
import { useWords } from '../i18n/useWords.js';
import { useServerNow } from '../injections/clinicTime.js';
import { InstantField } from '../injections/DetailFields.js';
import { PatientPicker } from '../injections/PatientPicker.js';
import { type KnownFacts, useFacts } from '../injections/useRules.js';
import { useSession } from '../session/useSession.js';
import { Page } from '../ui/Page.js';
import { PatientLine } from '../ui/PatientLine.js';
import { ProblemAlert } from '../ui/ProblemAlert.js';
import { Section } from '../ui/Section.js';
import { StatusTag } from '../ui/StatusTag.js';
import { AssessmentFields, NOTHING_KNOWN } from './AssessmentFields.js';
import { RecordedEvent } from './RecordedEvent.js';
import { NO_REPORT, type ReportDraft, ReportFields } from './ReportFields.js';
import { LEVEL_TONE, TriagePanel } from './TriagePanel.js';

export function ReportEvent() {
  const translate = useTranslate();
  const [search, setSearch] = useSearchParams();
  const patientId = search.get('patient');
  return (
    <Page title={translate('adverseEvents.report.title')} subtitle={translate('adverseEvents.report.subtitle')}>
      {patientId ? (
        <ForPatient key={patientId} patientId={patientId} injectionId={search.get('injection')} onOther={() => setSearch({})} />
      ) : (
        <Box sx={{ maxWidth: 640 }}>
          <Section title={translate('injections.form.who')} subtitle={translate('injections.form.whoHelp')}>
            <PatientPicker autoFocus value={null} onChange={(patient) => patient && setSearch({ patient: patient.id })} />
          </Section>
        </Box>
      )}
    </Page>
  );
}

function ForPatient({ patientId, injectionId, onOther }: { patientId: string; injectionId: string | null; onOther: () => void }) {
  const patient = useAnswer(ROUTES.readPatient, { params: { patientId } });
  const injections = useAnswer(ROUTES.listInjections, { query: { patientId, state: 'effective', limit: 50 } });
  const { known, error: factsError, retry } = useFacts(patientId);
  const error = patient.error ?? injections.error ?? factsError;
  if (patient.data && injections.data && known) {
    const given = injections.data.items.filter(({ status }) => status === 'given');
    const start = given.find(({ id }) => id === injectionId) ?? given[0] ?? null;
    return <EventForm patient={patient.data} injections={given} start={start} known={known} onOther={onOther} />;
  }
  if (error) return <ProblemAlert error={error} onRetry={() => void Promise.all([patient.refetch(), injections.refetch(), retry()])} />;
  return <Skeleton variant="rounded" height={480} />;
}

interface EventFormProps {
  patient: Patient;
  injections: readonly Injection[];
  start: Injection | null;
  known: KnownFacts;
  onOther: () => void;
}

function EventForm({ patient, injections, start, known, onOther }: EventFormProps) {
  const translate = useTranslate();
  const format = useFormat();
  const words = useWords();
  const { zone } = useSession();
  const serverNow = useServerNow();
  const [now] = useState(serverNow);
  const [injectionId, setInjectionId] = useState(start?.id ?? null);
  const [otherSite, setOtherSite] = useState<SiteId | null>(null);
  const [onsetAt, setOnsetAt] = useState<Instant>(now);
  const [assessment, setAssessment] = useState<Assessment>(NOTHING_KNOWN);
  const [report, setReport] = useState<ReportDraft>(NO_REPORT);
  const record = useSend(ROUTES.recordAdverseEvent);
  const t = (key: string, options?: Record<string, unknown>) => translate(`adverseEvents.report.${key}`, options);

  const injection = injections.find(({ id }) => id === injectionId) ?? null;
  const site = injection ? injection.site : otherSite;
  const triage = triageOf(assessment, site);
  const planned = usePlanned(known, { injectionId, site, onsetAt, assessment, now });
  const issues = useIssues().byField(record.error);
  const issue = (field: string) => issues[field];

  if (record.data) return <RecordedEvent recorded={record.data} now={now} onOther={onOther} />;

  const send = () =>
    record.mutate({
      params: { patientId: patient.id },
      body: {
        injectionId,
        site: injectionId ? null : otherSite,
        onsetAt,
        assessment,
        ...report,
        narrative: report.narrative.trim() || null,
      },
    });

  return (
    <Box
      sx={{
        display: 'grid',
        gap: 2.5,
        gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 1.35fr) minmax(0, 1fr)' },
        alignItems: 'start',
      }}
    >
      <Stack sx={{ gap: 2.5 }}>
        <Section title={t('what')}>
          <Stack sx={{ gap: 2 }}>
            <Stack direction="row" sx={{ justifyContent: 'space-between', gap: 2 }}>
              <PatientLine patient={patient} />
              <Button size="small" onClick={onOther}>
                {translate('injections.form.otherPatient')}
              </Button>
            </Stack>
            <TextField
              select
              label={t('injection')}
              value={injectionId ?? ''}
              onChange={({ target }) => setInjectionId(target.value || null)}
              error={Boolean(issue('injectionId'))}
              helperText={issue('injectionId')}
            >
              {injections.map((candidate) => (
                <MenuItem key={candidate.id} value={candidate.id}>
                  {[format.instant(candidate.givenAt), candidate.site && words.word('site', candidate.site), candidate.productName]
                    .filter(Boolean)
                    .join(' · ')}
                </MenuItem>
              ))}
              <MenuItem value="">{t('noInjection')}</MenuItem>
            </TextField>
            {!injection && (
              <TextField
                select
                label={t('site')}
                value={otherSite ?? ''}
                onChange={({ target }) => setOtherSite((target.value || null) as SiteId | null)}
                helperText={t('siteHelp')}
              >
                <MenuItem value="">{translate('adverseEvents.assess.notKnown')}</MenuItem>
                {SITE_IDS.map((id) => (
                  <MenuItem key={id} value={id}>
                    {words.word('site', id)}
                  </MenuItem>
                ))}
              </TextField>
            )}
            <Stack direction="row" sx={{ gap: 1, flexWrap: 'wrap', alignItems: 'flex-start' }}>
              <InstantField
                label={t('onsetAt')}
                value={onsetAt}
                onChange={setOnsetAt}
                zone={zone}
                max={now}
                error={issue('onsetAt')}
                help={t('onsetHelp')}
              />
              <Box sx={{ pt: 0.75 }}>
                {injection && (
                  <Button size="small" onClick={() => setOnsetAt(injection.givenAt)}>
                    {t('atInjection')}
                  </Button>
                )}
                <Button size="small" onClick={() => setOnsetAt(serverNow())}>
                  {t('justNow')}
                </Button>
              </Box>
            </Stack>
            {injection && compareInstants(onsetAt, injection.givenAt) >= 0 && (
              <Typography variant="caption" color="text.secondary">
                {t('afterInjection', {
                  since: sinceInjection(injection.givenAt, onsetAt, translate),
                  on: format.date(dateInZone(injection.givenAt, zone)),
                })}
              </Typography>
            )}
          </Stack>
        </Section>
        <Section title={t('assessment')} subtitle={t('assessmentHelp')}>
          <AssessmentFields value={assessment} onChange={setAssessment} />
        </Section>
        <Section title={t('rest')}>
          <ReportFields value={report} onChange={setReport} />
        </Section>
      </Stack>
      <Box sx={{ position: { lg: 'sticky' }, top: { lg: 76 } }}>
        <Section title={translate('adverseEvents.triage.title')} subtitle={translate('adverseEvents.triage.subtitle')}>
          <TriagePanel triage={triage} site={site} planned={planned} now={now} />
        </Section>
      </Box>
      <Box sx={{ gridColumn: '1 / -1', position: 'sticky', bottom: 0, zIndex: 2, pb: 1.5, bgcolor: 'background.default' }}>
        <ProblemAlert error={record.error} shownFields={['injectionId', 'onsetAt']} />
        <Card sx={{ p: 1.5, mt: 1 }}>
          <Stack direction="row" sx={{ gap: 1.5, alignItems: 'center', flexWrap: 'wrap' }}>
            <StatusTag tone={LEVEL_TONE[triage.level]}>{words.word('level', triage.level)}</StatusTag>
            <Typography variant="body2" sx={{ flex: '1 1 220px' }}>
              {translate(triage.holdIm ? 'adverseEvents.triage.hold' : 'adverseEvents.triage.noHold')}
            </Typography>
            <Button
              variant="contained"
              size="large"
              onClick={send}
              disabled={record.isPending}
              color={triage.level === 'emergency' || triage.level === 'urgent' ? 'error' : 'primary'}
            >
              {t(record.isPending ? 'recording' : 'record')}
            </Button>
          </Stack>
        </Card>
      </Box>
    </Box>
  );
}

interface Draft {
  injectionId: string | null;
  site: SiteId | null;
  onsetAt: Instant;
  assessment: Assessment;
  now: Instant;
}

/** What the server would plan: the same function, on the facts with this event added. */
function usePlanned({ facts, protocol }: KnownFacts, { injectionId, site, onsetAt, assessment, now }: Draft): Milestone[] {
  return useMemo(() => {
    const id = 'draft';
    const event = { id, injectionId, site, onsetAt, reportedAt: now, assessment, resolvedAt: null };
    const { milestones } = deriveObligations({ ...facts, events: [...facts.events, event] }, protocol);
    return milestones.filter((milestone) => milestone.subjectId === id && !milestone.met);
  }, [facts, protocol, injectionId, site, onsetAt, assessment, now]);
}

function sinceInjection(givenAt: Instant, onsetAt: Instant, translate: (key: string, options?: Record<string, unknown>) => string): string {
  const hours = (Date.parse(onsetAt) - Date.parse(givenAt)) / 3_600_000;
  if (compareInstants(onsetAt, addHours(givenAt, 1)) < 0)
    return translate('adverseEvents.report.minutes', { smart_count: Math.round(hours * 60) });
  if (hours < 48) return translate('adverseEvents.report.hours', { smart_count: Math.round(hours) });
  return translate('app.days', { smart_count: Math.round(hours / 24) });
}

export default ReportEvent;
