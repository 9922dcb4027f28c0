import { useQuery } from '@tanstack/react-query';
import { ROUTES, type Session } from '@vastus/contract';
import { type ReactNode, useMemo } from 'react';
import { SESSION_KEY } from '../api/authProvider.js';
import { call } from '../api/client.js';
import { SessionContext, type SignedIn } from './useSession.js';

/** Asks once for the whole page who is signed in: every row of a list needs to know, and none of them has to listen for itself. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const { data } = useQuery<Session>({
    queryKey: SESSION_KEY,
    queryFn: ({ signal }) => call(ROUTES.readSession, { signal }),
    staleTime: 60_000,
    refetchInterval: 5 * 60_000,
  });
  const session = useMemo<SignedIn | null>(
    () =>
      data
        ? { ...data, role: data.staff.role, zone: data.clinic.timeZone, may: (permission) => data.permissions.includes(permission) }
        : null,
    [data],
  );
  return <SessionContext value={session}>{children}</SessionContext>;
}
