import { Page } from '../ui/Page.js';

export default function AuditList() {
  return <Page title="Audit trail">{null}</Page>;
}
