import { Page } from '../ui/Page.js';

export default function LabResultList() {
  return <Page title="Results">{null}</Page>;
}
