import type { Permission, Session } from '@vastus/contract';
import { createContext, use } from 'react';

export interface SignedIn extends Session {
  role: Session['staff']['role'];
  zone: string;
  /** Whether the role holds a permission. */
  may: (permission: Permission) => boolean;
}

/** Filled by `SessionProvider`; outside of the layout nobody is known. */
export const SessionContext = createContext<SignedIn | null>(null);

/** Who is signed in and where, and what day the server says it is; `null` until that is known. */
export function useSessionIfKnown(): SignedIn | null {
  return use(SessionContext);
}

/** The same inside the layout, where the session is always known. */
export function useSession(): SignedIn {
  const session = useSessionIfKnown();
  if (!session) throw new Error('useSession needs a signed-in layout around it');
  return session;
}
