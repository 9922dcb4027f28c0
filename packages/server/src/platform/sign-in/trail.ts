// Who came in, who did not, and what they did with their keys, in the audit trail of the clinics it concerns.
import type { Database, Tx } from '@vastus/db';
import { audit } from '../audit.js';
import type { Clock } from '../clock.js';
import type { Membership } from './session-store.js';

export type SignInAct =
  | 'session.sign-in'
  | 'session.sign-in-failed'
  | 'session.new-browser'
  | 'session.lock-out'
  | 'session.proof'
  | 'session.proof-failed'
  | 'session.sign-out'
  | 'session.end'
  | 'single-sign-on.link'
  | 'single-sign-on.unlink'
  | 'password.change'
  | 'second-factor.enrol'
  | 'second-factor.remove'
  | 'second-factor.renew-codes'
  | 'second-factor.recovery-code-used'
  | 'second-factor.code-used-again';

type Details = Record<string, string | number | boolean | null>;

/** In a transaction that is open anyway: the act and its entry together. */
export function auditOwn(
  tx: Tx,
  membership: Membership,
  now: string,
  requestId: string,
  action: SignInAct,
  after?: Details,
): Promise<void> {
  const { clinicId, membershipId, role } = membership;
  const actor = { clinicId, membershipId, role, requestId };
  return audit(tx, actor, now, { action, subjectType: 'membership', subjectId: membershipId, after });
}

/** What somebody tried who may be anybody: an entry without an actor in every clinic of the account. */
export async function auditAttempt(
  database: Database,
  clock: Clock,
  memberships: readonly Membership[],
  requestId: string,
  action: SignInAct,
  after: Details,
): Promise<void> {
  for (const { clinicId, membershipId } of memberships)
    await database.transaction({ clinicId }, (tx) =>
      audit(tx, { clinicId, membershipId: null, role: null, requestId }, clock.now(), {
        action,
        subjectType: 'membership',
        subjectId: membershipId,
        after,
      }),
    );
}
