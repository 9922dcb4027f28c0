/** One screen to record an injection: who, what, where; the rules speak while it is typed. */
import { Alert, Box, Button, Skeleton, Stack } from '@mui/material';
import { type PatientName, ROUTES } from '@vastus/contract';
import { useRef, useState } from 'react';
import { useTranslate } from 'react-admin';
import { Link, useSearchParams } from 'react-router-dom';
import { useAnswer } from '../api/queries.js';
import { Page } from '../ui/Page.js';
import { ProblemAlert } from '../ui/ProblemAlert.js';
import { Section } from '../ui/Section.js';
import { PatientPicker } from './PatientPicker.js';
import { RecordedInjection } from './RecordedInjection.js';
import { RecordForm } from './RecordForm.js';
import type { Recorded } from './useRecording.js';
import { useFacts } from './useRules.js';

export function LogInjection() {
  const translate = useTranslate();
  const [search, setSearch] = useSearchParams();
  const patientId = search.get('patient');
  const recordedId = search.get('recorded');
  const courseId = search.get('course');
  // A new number is a new form: nothing of the last patient is left in it.
  const [form, setForm] = useState(0);
  const next = () => {
    setForm((count) => count + 1);
    setSearch({}, { replace: false });
  };
  if (recordedId) {
    return (
      <Page title={translate('injections.form.title')}>
        <RecordedInjection key={recordedId} injectionId={recordedId} onNext={next} />
      </Page>
    );
  }
  return (
    <Page title={translate('injections.form.title')}>
      {patientId ? (
        <ForPatient
          key={`${form}:${patientId}`}
          patientId={patientId}
          courseId={courseId}
          onNext={next}
          // In place of the form: neither Back nor a reload leads to a form that was sent already.
          onRecorded={({ injection }) => setSearch({ recorded: injection.id }, { replace: true })}
        />
      ) : (
        <Box sx={{ maxWidth: 640 }}>
          <Section title={translate('injections.form.who')} subtitle={translate('injections.form.whoHelp')}>
            <PatientPicker
              autoFocus
              value={null}
              onChange={(patient: PatientName | null) => patient && setSearch({ patient: patient.id })}
            />
          </Section>
        </Box>
      )}
    </Page>
  );
}

interface ForPatientProps {
  patientId: string;
  courseId: string | null;
  onNext: () => void;
  onRecorded: (recorded: Recorded) => void;
}

/** Reads what the form needs, then lets it stand: what is asked again later never overwrites what was typed. */
function ForPatient({ patientId, courseId, onNext, onRecorded }: ForPatientProps) {
  const translate = useTranslate();
  const patient = useAnswer(ROUTES.readPatient, { params: { patientId } });
  const courses = useAnswer(ROUTES.listCourses, { params: { patientId } });
  const products = useAnswer(ROUTES.listProducts, {});
  const { known, error: factsError, retry } = useFacts(patientId);
  const started = useRef(false);

  const error = patient.error ?? courses.error ?? products.error ?? factsError;
  if (error && !started.current) {
    const again = () => void Promise.all([patient.refetch(), courses.refetch(), products.refetch(), retry()]);
    return (
      <Stack sx={{ gap: 2, alignItems: 'flex-start' }}>
        <ProblemAlert error={error} onRetry={again} />
        <Button onClick={onNext}>{translate('injections.form.otherPatient')}</Button>
      </Stack>
    );
  }
  if (!patient.data || !courses.data || !products.data || !known) return <FormSkeleton />;
  const running = courses.data.items.filter(({ phase }) => phase !== 'ended');
  if (running.length === 0 && !started.current) {
    return (
      <Alert
        severity="info"
        action={
          <Stack direction="row">
            <Button color="inherit" component={Link} to={`/patients/${patientId}/show`}>
              {translate('injections.form.openChart')}
            </Button>
            <Button color="inherit" onClick={onNext}>
              {translate('injections.form.otherPatient')}
            </Button>
          </Stack>
        }
      >
        {translate('injections.form.noCourse')}
      </Alert>
    );
  }
  started.current = true;
  const preselected = running.find(({ id }) => id === courseId) ?? soonest(running);
  return (
    <RecordForm
      patient={patient.data}
      courses={running}
      products={products.data.items}
      known={known}
      start={preselected}
      onNext={onNext}
      onRecorded={onRecorded}
    />
  );
}

/** The course whose dose is due first: that is what the patient came for. */
function soonest<C extends { nextDueOn: string | null }>(courses: readonly C[]): C | null {
  return [...courses].sort((a, b) => (a.nextDueOn ?? '9').localeCompare(b.nextDueOn ?? '9'))[0] ?? null;
}

function FormSkeleton() {
  const translate = useTranslate();
  return (
    <Box
      aria-busy="true"
      aria-label={translate('app.problem.loading')}
      role="status"
      sx={{ display: 'grid', gap: 3, gridTemplateColumns: { xs: '1fr', lg: '1fr 1fr' } }}
    >
      <Skeleton variant="rounded" height={420} />
      <Skeleton variant="rounded" height={420} />
    </Box>
  );
}

export default LogInjection;
