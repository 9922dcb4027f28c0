import { permissionsOf, type Session } from '@vastus/contract';
import type { Clock } from '../../platform/clock.js';
import type { Config } from '../../platform/config.js';
import type { SignedIn } from '../../platform/sign-in/sessions.js';

/** Who is signed in, as the dashboard needs it. */
export function toSession({ caller, email, membership, others }: SignedIn, clock: Clock, config: Config): Session {
  const { clinicId, clinicName, timeZone, isDemo } = membership;
  return {
    staff: { membershipId: caller.membershipId, name: caller.name, email, role: caller.role },
    clinic: { id: clinicId, name: clinicName, timeZone, isDemo },
    otherClinics: others.map((other) => ({ id: other.clinicId, name: other.clinicName, role: other.role })),
    permissions: permissionsOf(caller.role),
    today: clock.today(timeZone),
    now: clock.now(),
    testClock: config.testClock,
  };
}
