import type { Permission } from '@vastus/contract';
import { lazy, type ReactNode } from 'react';
import { useSession } from './useSession.js';

const AccessDenied = lazy(() => import('../layout/AccessDenied.js'));

/** Shows a page to those who may use it, and says why to the others. */
export function Only({ permission, children }: { permission: Permission; children: ReactNode }) {
  const { may } = useSession();
  return may(permission) ? children : <AccessDenied />;
}
