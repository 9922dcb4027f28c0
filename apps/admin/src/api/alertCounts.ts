import { ROUTES } from '@vastus/contract';
import type { SignedIn } from '../session/useSession.js';
import { useAnswer } from './queries.js';

/** How many alerts wait for a role, and whether the lists are complete: one question for the menu, the home and every page, so that they never disagree. */
export const useAlertCounts = (role: SignedIn['role']) =>
  useAnswer(ROUTES.countAlerts, { query: { ownerRole: role } }, { refetchInterval: 60_000 });
