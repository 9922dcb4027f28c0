import { LinearProgress } from '@mui/material';
import { type Patient, ROUTES } from '@vastus/contract';
import { useRef } from 'react';
import { useTranslate } from 'react-admin';
import { useParams } from 'react-router-dom';
import { useAnswer, useSend } from '../api/queries.js';
import { useChangesNotice } from '../ui/ChangesNotice.js';
import { Page } from '../ui/Page.js';
import { PatientLine } from '../ui/PatientLine.js';
import { ProblemAlert } from '../ui/ProblemAlert.js';
import { PatientForm } from './PatientForm.js';

/** Edits the version that was read when the page opened; somebody else's change in between is told, not overwritten. */
export default function PatientEdit() {
  const translate = useTranslate();
  const notice = useChangesNotice();
  const { id: patientId = '' } = useParams();
  const record = useAnswer(
    ROUTES.readPatient,
    { params: { patientId } },
    { staleTime: Number.POSITIVE_INFINITY, refetchOnMount: 'always', gcTime: 0 },
  );
  // A live change must not slip a newer version under what was typed for the older one.
  const opened = useRef<Patient | null>(null);
  const edit = useSend(ROUTES.editPatient);
  if (record.error) return <ProblemAlert error={record.error} />;
  if (!record.data || !record.isFetchedAfterMount) return <LinearProgress aria-label={translate('app.problem.loading')} />;
  opened.current ??= record.data;
  const patient = opened.current;
  const chart = `/patients/${patientId}/show`;
  return (
    <Page title={translate('patients.form.edit')} subtitle={<PatientLine patient={patient} />} width="narrow">
      <PatientForm
        patient={patient}
        saveLabel={translate('app.action.save')}
        cancelTo={chart}
        onSave={async (body) => {
          const { changes } = await edit.mutateAsync({ params: { patientId }, body: body as never, ifMatch: patient.version });
          notice(translate('patients.form.saved'), changes);
          return chart;
        }}
      />
    </Page>
  );
}
