import { Page } from '../ui/Page.js';

export default function PatientChart() {
  return <Page title="Chart">{null}</Page>;
}
