import type { QueryClient } from '@tanstack/react-query';
import { ROUTES, type Session } from '@vastus/contract';
import type { AuthProvider } from 'react-admin';
import { noteSignInWith } from '../session/signInWith.js';
import { tellTabs } from '../session/tabs.js';
import { mayAccess } from './access.js';
import { call } from './client.js';
import { ApiProblem } from './problem.js';

export const SESSION_KEY = ['session'];

/** The session as react-admin wants it. The server's guard decides; this only keeps people from doors that are closed to them. */
export function createAuthProvider(queryClient: QueryClient): AuthProvider {
  const session = () =>
    queryClient.fetchQuery<Session>({
      queryKey: SESSION_KEY,
      queryFn: ({ signal }) => call(ROUTES.readSession, { signal }),
      staleTime: 60_000,
    });
  return {
    /** After the last step of the sign-in page, which has spoken to the server. */
    async login({ session: signedIn }: { session: Session }) {
      queryClient.clear();
      queryClient.setQueryData(SESSION_KEY, signedIn);
      tellTabs({ signedOut: false, membershipId: signedIn.staff.membershipId });
    },
    async logout() {
      // Signing out with no connection must still clear the screen.
      await call(ROUTES.signOut, {}).then(
        ({ signInWith }) => noteSignInWith(signInWith),
        () => undefined,
      );
      tellTabs({ signedOut: true });
      queryClient.clear();
    },
    async checkAuth() {
      try {
        await session();
      } catch (error) {
        // Only a refused session sends somebody to the sign-in page: a broken connection is shown where it happens.
        if (error instanceof ApiProblem && error.status === 401) throw { message: false };
      }
    },
    async checkError(error: unknown) {
      if (error instanceof ApiProblem && error.status === 401) {
        queryClient.removeQueries({ queryKey: SESSION_KEY });
        throw { message: false };
      }
    },
    async getIdentity() {
      const { staff } = await session();
      return { id: staff.membershipId, fullName: staff.name };
    },
    /** Asked before anybody is signed in, too: a refusal would be taken for a session that ended, and lead away from an invitation. */
    async getPermissions() {
      try {
        return (await session()).permissions;
      } catch (error) {
        if (error instanceof ApiProblem && error.status === 401) return [];
        throw error;
      }
    },
    canAccess: async ({ resource, action }) => mayAccess((await session()).permissions, resource, action),
  };
}
