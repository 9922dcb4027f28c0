import { Page } from '../ui/Page.js';

export default function AdverseEventList() {
  return <Page title="Adverse events">{null}</Page>;
}
