import { LinearProgress, Typography } from '@mui/material';
import { ROUTES } from '@vastus/contract';
import { useTranslate } from 'react-admin';
import { useSearchParams } from 'react-router-dom';
import { useAnswer } from '../api/queries.js';
import { useFacts } from '../injections/useRules.js';
import { Page } from '../ui/Page.js';
import { PatientLine } from '../ui/PatientLine.js';
import { ProblemAlert } from '../ui/ProblemAlert.js';
import { StartCourseForm } from './StartCourseForm.js';

/** `/start-course?patient=ID`, and with `&proposal=ID` the acceptance of an order from another system. */
export default function StartCoursePage() {
  const translate = useTranslate();
  const [search] = useSearchParams();
  const patientId = search.get('patient') ?? '';
  const proposalId = search.get('proposal');
  const chart = useAnswer(ROUTES.readChart, { params: { patientId } }, { enabled: patientId !== '' });
  const products = useAnswer(ROUTES.listProducts, {}, { staleTime: 5 * 60_000 });
  const { known, error } = useFacts(patientId || null);
  const title = translate(proposalId ? 'courses.accept' : 'courses.start');
  const problem = chart.error ?? products.error ?? error;
  if (problem || patientId === '') {
    return (
      <Page title={title} width="narrow">
        {problem ? <ProblemAlert error={problem} /> : <Typography>{translate('courses.nobody')}</Typography>}
      </Page>
    );
  }
  if (!chart.data || !products.data || !known) return <LinearProgress aria-label={translate('app.problem.loading')} />;
  return (
    <Page title={title} subtitle={<PatientLine patient={chart.data.patient} />} width="narrow">
      <StartCourseForm
        key={patientId + proposalId}
        patient={chart.data.patient}
        products={products.data.items.filter(({ active }) => active)}
        proposal={chart.data.proposals.find(({ id }) => id === proposalId) ?? null}
        known={known}
      />
    </Page>
  );
}
