import { Page } from '../ui/Page.js';

export default function AlertQueue() {
  return <Page title="Alerts">{null}</Page>;
}
