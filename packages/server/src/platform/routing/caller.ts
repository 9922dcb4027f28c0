import type { Role, TimeZone } from '@vastus/clinical';

/** Who asks, resolved from the session before any handler runs. */
export interface Caller {
  clinicId: string;
  membershipId: string;
  userId: string;
  role: Role;
  name: string;
  timeZone: TimeZone;
  requestId: string;
  /** The version named by If-Match; present where the route asks for it. */
  ifMatch?: number;
  idempotencyKey?: string;
}

/** Whoever does something: a person with a request, or the system with neither. */
export interface Actor {
  clinicId: string;
  membershipId: string | null;
  role: Role | null;
  requestId: string | null;
}

export const systemIn = (clinicId: string): Actor => ({ clinicId, membershipId: null, role: null, requestId: null });
