import { useQuery } from '@tanstack/react-query';
import { type Permission, ROUTES, type Session } from '@vastus/contract';
import { SESSION_KEY } from '../api/authProvider.js';
import { call } from '../api/client.js';

export interface SignedIn extends Session {
  role: Session['staff']['role'];
  zone: string;
  /** Whether the role holds a permission. */
  may: (permission: Permission) => boolean;
}

/** Who is signed in and where, and what day the server says it is; `null` until that is known. */
export function useSessionIfKnown(): SignedIn | null {
  const { data } = useQuery<Session>({
    queryKey: SESSION_KEY,
    queryFn: ({ signal }) => call(ROUTES.readSession, { signal }),
    staleTime: 60_000,
    refetchInterval: 5 * 60_000,
  });
  if (!data) return null;
  return { ...data, role: data.staff.role, zone: data.clinic.timeZone, may: (permission) => data.permissions.includes(permission) };
}

/** The same inside the layout, where the session is always known. */
export function useSession(): SignedIn {
  const session = useSessionIfKnown();
  if (!session) throw new Error('useSession needs a signed-in layout around it');
  return session;
}
