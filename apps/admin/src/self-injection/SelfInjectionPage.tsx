import { Alert, Button, LinearProgress, Stack } from '@mui/material';
import { checkSelfInjectionApproval } from '@vastus/clinical';
import { type Chart, ROUTES, type SelfInjectionProgramme } from '@vastus/contract';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { Link, useParams } from 'react-router-dom';
import { useAnswer } from '../api/queries.js';
import type { KnownFacts } from '../injections/useRules.js';
import { useFacts } from '../injections/useRules.js';
import { useSession } from '../session/useSession.js';
import { FilterSelect } from '../ui/FilterSelect.js';
import { Page } from '../ui/Page.js';
import { PatientLine } from '../ui/PatientLine.js';
import { ProblemAlert } from '../ui/ProblemAlert.js';
import { useUrlFilter } from '../ui/useUrlFilter.js';
import { ApprovalSection } from './ApprovalSection.js';
import { EligibilitySection } from './EligibilitySection.js';
import { HomeDoses } from './HomeDoses.js';
import { draftOf, type EligibilityDraft, sameDraft, toApplication } from './programme.js';
import { StateBanner } from './StateBanner.js';
import { TrainingSection } from './TrainingSection.js';

/** `/patients/ID/self-injection`: from the first question to the log of doses at home, course by course. */
export default function SelfInjectionPage() {
  const translate = useTranslate();
  const { id: patientId = '' } = useParams();
  const { filter, set } = useUrlFilter('course');
  const { data: chart, error, refetch } = useAnswer(ROUTES.readChart, { params: { patientId } });
  const { known } = useFacts(patientId);
  const title = translate('selfInjection.title');
  if (error && !chart) {
    return (
      <Page title={title} width="medium">
        <ProblemAlert error={error} onRetry={() => void refetch()} />
      </Page>
    );
  }
  if (!chart || !known) return <LinearProgress aria-label={translate('app.problem.loading')} />;
  const programmes = chart.selfInjection;
  const programme = programmes.find(({ courseId }) => courseId === filter.course) ?? programmes[0];
  const named = (courseId: string) => chart.courses.find(({ id }) => id === courseId)?.productName ?? courseId;
  return (
    <Page
      title={title}
      subtitle={<PatientLine patient={chart.patient} />}
      width="medium"
      actions={
        <>
          {programmes.length > 1 && (
            <FilterSelect
              label={translate('selfInjection.course')}
              value={programme?.courseId}
              options={programmes.map(({ courseId }) => ({ value: courseId, label: named(courseId) }))}
              onChange={(course) => set({ course })}
            />
          )}
          <Button component={Link} to={`/patients/${patientId}/show`}>
            {translate('injections.form.openChart')}
          </Button>
        </>
      }
    >
      {programme ? (
        <Programme key={programme.courseId} chart={chart} programme={programme} known={known} />
      ) : (
        <Alert severity="info">{translate('selfInjection.noCourse')}</Alert>
      )}
    </Page>
  );
}

function Programme({ chart, programme, known }: { chart: Chart; programme: SelfInjectionProgramme; known: KnownFacts }) {
  const { now } = useSession();
  const saved = draftOf(programme);
  // What is typed stays while the record behind it is read again.
  const [typed, setTyped] = useState<EligibilityDraft | null>(null);
  const draft = typed ?? saved;
  const unsaved = !sameDraft(draft, saved);
  const findings = checkSelfInjectionApproval(toApplication(draft, programme), known.facts, known.protocol, now);
  const course = chart.courses.find(({ id }) => id === programme.courseId);
  return (
    <Stack sx={{ gap: 3 }}>
      <StateBanner programme={programme} />
      <EligibilitySection patientId={chart.patient.id} programme={programme} draft={draft} unsaved={unsaved} onChange={setTyped} />
      <TrainingSection chart={chart} programme={programme} protocol={known.protocol} />
      <ApprovalSection patientId={chart.patient.id} programme={programme} findings={findings} unsaved={unsaved} />
      {course && <HomeDoses chart={chart} course={course} programme={programme} known={known} />}
    </Stack>
  );
}
