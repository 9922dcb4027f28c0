import { Page } from '../ui/Page.js';

export default function EnterResult() {
  return <Page title="Enter result">{null}</Page>;
}
