import { Page } from '../ui/Page.js';

export default function PatientEdit() {
  return <Page title="Edit">{null}</Page>;
}
