/** Laboratory results of one sample: several analytes, one time of collection, and which checks they close. */
import { Alert, Box, Button, Skeleton, Stack, Typography } from '@mui/material';
import { type Analyte, dateInZone, deriveObligations, type Instant, type Milestone, onInjections } from '@vastus/clinical';
import { type Patient, ROUTES } from '@vastus/contract';
import { useRef, useState } from 'react';
import { useTranslate } from 'react-admin';
import { Link, useSearchParams } from 'react-router-dom';
import { ApiProblem, fieldOf } from '../api/problem.js';
import { useAnswer, useSend } from '../api/queries.js';
import { useIssues } from '../api/useIssues.js';
import { useFormat } from '../format.js';
import { useWords } from '../i18n/useWords.js';
import { useServerNow } from '../injections/clinicTime.js';
import { InstantField } from '../injections/DetailFields.js';
import { PatientPicker } from '../injections/PatientPicker.js';
import { type KnownFacts, useFacts } from '../injections/useRules.js';
import { readNumber } from '../numbers.js';
import { useSession } from '../session/useSession.js';
import { Page } from '../ui/Page.js';
import { PatientLine } from '../ui/PatientLine.js';
import { ProblemAlert } from '../ui/ProblemAlert.js';
import { Section } from '../ui/Section.js';
import { draftFor, type ResultDraft, ResultFields } from './ResultFields.js';
import { harmonized } from './units.js';

/** MON-3-6-12 asks for these together. */
const CHECK: readonly Analyte[] = ['b12', 'homocysteine', 'mma'];

export function EnterResult() {
  const translate = useTranslate();
  const [search, setSearch] = useSearchParams();
  const patientId = search.get('patient');
  return (
    <Page title={translate('labResults.enter')} subtitle={translate('labResults.enterHelp')} width="medium">
      {patientId ? (
        <ForPatient key={patientId} patientId={patientId} onOther={() => setSearch({})} />
      ) : (
        <Section title={translate('labResults.whose')} subtitle={translate('injections.form.whoHelp')}>
          <PatientPicker autoFocus value={null} onChange={(patient) => patient && setSearch({ patient: patient.id })} />
        </Section>
      )}
    </Page>
  );
}

function ForPatient({ patientId, onOther }: { patientId: string; onOther: () => void }) {
  const patient = useAnswer(ROUTES.readPatient, { params: { patientId } });
  const facts = useFacts(patientId);
  const error = patient.error ?? facts.error;
  if (patient.data && facts.known) return <SampleForm patient={patient.data} known={facts.known} onOther={onOther} />;
  if (error) return <ProblemAlert error={error} onRetry={() => void Promise.all([patient.refetch(), facts.retry()])} />;
  return <Skeleton variant="rounded" height={320} />;
}

interface Row extends ResultDraft {
  key: string;
  error?: string;
}

interface Saved {
  analytes: Analyte[];
  /** The checks as they stood before, to say what these results closed. */
  before: Milestone[];
}

const openChecks = ({ facts, protocol }: KnownFacts) =>
  deriveObligations(facts, protocol).milestones.filter(({ ruleId }) => ruleId.startsWith('MON-'));
const rowFor = (analyte: Analyte): Row => ({ ...draftFor(analyte), key: crypto.randomUUID() });

function SampleForm({ patient, known, onOther }: { patient: Patient; known: KnownFacts; onOther: () => void }) {
  const translate = useTranslate();
  const issues = useIssues();
  const { zone } = useSession();
  const serverNow = useServerNow();
  const [rows, setRows] = useState<Row[]>(() => [rowFor('b12')]);
  const [collectedAt, setCollectedAt] = useState<Instant | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const [saved, setSaved] = useState<Saved | null>(null);
  const [busy, setBusy] = useState(false);
  const pending = useRef(false);
  const record = useSend(ROUTES.recordLabResult);
  const t = (key: string, options?: Record<string, unknown>) => translate(`labResults.${key}`, options);
  const complete = rows.length > 0 && rows.every((row) => harmonized(row.analyte, row.value, row.unit, row.loinc) !== null);

  const add = (analytes: readonly Analyte[]) =>
    setRows((before) => [...before.filter(({ value }) => value.trim() !== ''), ...analytes.map(rowFor)]);

  /** One by one: what is saved leaves the form, so that a retry sends only the rest. */
  async function save(): Promise<void> {
    if (pending.current) return;
    pending.current = true;
    setBusy(true);
    setProblem(null);
    const at = collectedAt ?? serverNow();
    const before = saved?.before ?? openChecks(known);
    let failed = false;
    for (const row of rows) {
      try {
        await record.mutateAsync({
          params: { patientId: patient.id },
          body: { loinc: row.loinc, unit: row.unit, value: readNumber(row.value) ?? Number.NaN, collectedAt: at },
        });
        setRows((all) => all.filter(({ key }) => key !== row.key));
        setSaved((all) => ({ before, analytes: [...(all?.analytes ?? []), row.analyte] }));
      } catch (error) {
        failed = true;
        const refused = error instanceof ApiProblem ? error.issues.filter((issue) => fieldOf(issue) !== 'collectedAt') : [];
        setRows((all) =>
          all.map((other) => (other.key === row.key ? { ...other, error: refused.map(issues.message).join(' ') || undefined } : other)),
        );
        setProblem(error);
        break;
      }
    }
    if (!failed) setRows([]);
    pending.current = false;
    setBusy(false);
  }

  return (
    <Stack sx={{ gap: 2.5 }}>
      {saved && <SavedNotice saved={saved} known={known} patient={patient} onOther={onOther} />}
      <Section title={t('sample')}>
        <Stack sx={{ gap: 2.5 }}>
          <Stack direction="row" sx={{ justifyContent: 'space-between', gap: 2, flexWrap: 'wrap' }}>
            <PatientLine patient={patient} />
            <Button size="small" onClick={onOther}>
              {translate('injections.form.otherPatient')}
            </Button>
          </Stack>
          <Box sx={{ maxWidth: 280 }}>
            <InstantField
              label={t('collectedAt')}
              value={collectedAt ?? serverNow()}
              onChange={setCollectedAt}
              zone={zone}
              max={serverNow()}
              help={t('collectedHelp')}
              error={issues.byField(problem)['collectedAt']}
            />
          </Box>
          {rows.map((row, index) => (
            <ResultFields
              onInjections={onInjections(known.facts, dateInZone(collectedAt ?? serverNow(), known.facts.zone))}
              key={row.key}
              draft={row}
              disabled={busy}
              autoFocus={index === rows.length - 1}
              error={row.error}
              onChange={(draft) => setRows((all) => all.map((other) => (other.key === row.key ? { ...draft, key: row.key } : other)))}
              onRemove={() => setRows((all) => all.filter(({ key }) => key !== row.key))}
            />
          ))}
          <Stack direction="row" sx={{ gap: 1, flexWrap: 'wrap' }}>
            <Button onClick={() => setRows((all) => [...all, rowFor(nextAnalyte(all))])} disabled={busy}>
              {t('another')}
            </Button>
            <Button
              onClick={() => add(CHECK.filter((analyte) => !rows.some((row) => row.analyte === analyte && row.value.trim() !== '')))}
              disabled={busy}
            >
              {t('wholeCheck')}
            </Button>
          </Stack>
          <ProblemAlert error={problem} shownFields={['value', 'unit', 'loinc', 'collectedAt']} />
          <Box>
            <Button variant="contained" size="large" onClick={() => void save()} disabled={!complete || busy}>
              {t('save', { smart_count: Math.max(1, rows.length) })}
            </Button>
          </Box>
        </Stack>
      </Section>
    </Stack>
  );
}

/** The next analyte of the usual check that is not in the form yet. */
function nextAnalyte(rows: readonly Row[]): Analyte {
  return CHECK.find((analyte) => !rows.some((row) => row.analyte === analyte)) ?? 'potassium';
}

function SavedNotice({ saved, known, patient, onOther }: { saved: Saved; known: KnownFacts; patient: Patient; onOther: () => void }) {
  const translate = useTranslate();
  const words = useWords();
  const format = useFormat();
  const t = (key: string, options?: Record<string, unknown>) => translate(`labResults.${key}`, options);
  const was = new Map(saved.before.map((milestone) => [milestone.key, milestone]));
  const now = openChecks(known);
  const closed = now.filter(({ key, met }) => met && was.get(key)?.met === false);
  const nearer = now.filter(({ key, met, missing }) => !met && missing.length > 0 && missing.length < (was.get(key)?.missing.length ?? 0));
  const reviews = now.filter(({ key, met }) => !met && !was.has(key));
  const name = (milestone: Milestone) => `${words.word('rule', milestone.ruleId)}, ${format.instant(milestone.dueAt)}`;
  return (
    <Alert
      severity={reviews.length > 0 ? 'warning' : 'success'}
      role="status"
      action={
        <Stack direction="row">
          <Button color="inherit" size="small" component={Link} to={`/patients/${patient.id}/show`}>
            {translate('injections.form.openChart')}
          </Button>
          <Button color="inherit" size="small" onClick={onOther}>
            {translate('injections.form.otherPatient')}
          </Button>
        </Stack>
      }
    >
      {t('saved', { what: saved.analytes.map((analyte) => words.word('analyte', analyte)).join(', ') })}
      <Box component="ul" sx={{ m: 0, mt: 0.5, pl: 2.5 }}>
        {closed.map((milestone) => (
          <li key={milestone.key}>{t('closed', { check: name(milestone) })}</li>
        ))}
        {nearer.map((milestone) => (
          <li key={milestone.key}>
            {t('nearer', { check: name(milestone), what: milestone.missing.map((code) => words.word('missing', code)).join(', ') })}
          </li>
        ))}
        {reviews.map((milestone) => (
          <li key={milestone.key}>{t('review', { check: words.word('rule', milestone.ruleId) })}</li>
        ))}
      </Box>
      {closed.length + nearer.length + reviews.length === 0 && <Typography variant="body2">{t('closedNothing')}</Typography>}
    </Alert>
  );
}

export default EnterResult;
