import { Page } from '../ui/Page.js';

export default function PatientRegister() {
  return <Page title="Register">{null}</Page>;
}
