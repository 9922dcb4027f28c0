import { Page } from '../ui/Page.js';

export default function Home() {
  return <Page title="Home">{null}</Page>;
}
