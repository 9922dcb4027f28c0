import { lazy, Suspense } from 'react';
import type { LayoutProps } from 'react-admin';
import { Opening } from './Opening.js';

const Layout = lazy(() => import('./Layout.js'));

/** Bar, menu and page, loaded once somebody is signed in. */
export function Frame(props: LayoutProps) {
  return (
    <Suspense fallback={<Opening />}>
      <Layout {...props} />
    </Suspense>
  );
}
