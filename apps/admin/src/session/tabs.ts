/** What the tabs of one browser tell each other about who is signed in: they share one cookie. */
const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('vastus.session');

export type TabNews = { signedOut: true } | { signedOut: false; membershipId: string };

export function tellTabs(news: TabNews): void {
  channel?.postMessage(news);
}

export function onTabNews(hear: (news: TabNews) => void): () => void {
  const listen = ({ data }: MessageEvent<TabNews>) => hear(data);
  channel?.addEventListener('message', listen);
  return () => channel?.removeEventListener('message', listen);
}
