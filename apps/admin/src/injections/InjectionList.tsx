import { Page } from '../ui/Page.js';

export default function InjectionList() {
  return <Page title="Injections">{null}</Page>;
}
