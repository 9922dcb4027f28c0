import { ROUTES } from '@vastus/contract';
import { useNotify, useTranslate } from 'react-admin';
import { useSend } from '../api/queries.js';
import { Page } from '../ui/Page.js';
import { PatientForm } from './PatientForm.js';

export default function PatientRegister() {
  const translate = useTranslate();
  const notify = useNotify();
  const register = useSend(ROUTES.registerPatient);
  return (
    <Page title={translate('patients.form.create')} width="narrow">
      <PatientForm
        saveLabel={translate('patients.register')}
        cancelTo="/patients"
        onSave={async (body) => {
          const patient = await register.mutateAsync({ body: body as never });
          notify('patients.form.registered', { type: 'success' });
          return `/patients/${patient.id}/show`;
        }}
      />
    </Page>
  );
}
