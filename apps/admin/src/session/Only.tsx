import type { Permission } from '@vastus/contract';
import type { ReactNode } from 'react';
import { useTranslate } from 'react-admin';
import { Page } from '../ui/Page.js';
import { useSession } from './useSession.js';

/** Shows a page to those who may use it, and says why to the others. */
export function Only({ permission, children }: { permission: Permission; children: ReactNode }) {
  const { may } = useSession();
  const translate = useTranslate();
  if (may(permission)) return children;
  return (
    <Page title={translate('app.problem.not-permitted')} width="narrow">
      {null}
    </Page>
  );
}
