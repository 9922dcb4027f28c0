import { Page } from '../ui/Page.js';

export default function AdverseEventShow() {
  return <Page title="Adverse event">{null}</Page>;
}
