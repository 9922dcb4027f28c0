import { Page } from '../ui/Page.js';

export default function PatientList() {
  return <Page title="Patients">{null}</Page>;
}
