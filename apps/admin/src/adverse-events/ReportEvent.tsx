import { Page } from '../ui/Page.js';

export default function ReportEvent() {
  return <Page title="Report event">{null}</Page>;
}
