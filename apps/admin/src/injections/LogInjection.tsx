import { Page } from '../ui/Page.js';

export default function LogInjection() {
  return <Page title="Log injection">{null}</Page>;
}
