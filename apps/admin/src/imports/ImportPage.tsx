import { Page } from '../ui/Page.js';

export default function ImportPage() {
  return <Page title="Import">{null}</Page>;
}
