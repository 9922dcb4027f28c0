import { Page } from '../ui/Page.js';

export default function LotList() {
  return <Page title="Lots">{null}</Page>;
}
