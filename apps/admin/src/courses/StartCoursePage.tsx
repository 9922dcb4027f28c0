import { Page } from '../ui/Page.js';

export default function StartCoursePage() {
  return <Page title="Start course">{null}</Page>;
}
