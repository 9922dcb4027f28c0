import type { Role, TimeZone } from '@vastus/clinical';
import { allows, type Permission } from '@vastus/contract';

/** Who asks, resolved from the session before any handler runs. */
export interface Caller {
  clinicId: string;
  membershipId: string;
  userId: string;
  role: Role;
  name: string;
  timeZone: TimeZone;
  requestId: string;
  /** Of a machine's key: it may do no more than these, whatever its role. */
  scopes?: readonly Permission[];
  /** The version named by If-Match; present where the route asks for it. */
  ifMatch?: number;
  idempotencyKey?: string;
}

/** Whether the caller may: the role holds the permission, and a machine's key has it among its scopes. */
export const permits = ({ role, scopes }: Caller, permission: Permission): boolean =>
  allows(role, permission) && (scopes === undefined || scopes.includes(permission));

/** Whoever does something: a person with a request, or the system with neither. */
export interface Actor {
  clinicId: string;
  membershipId: string | null;
  role: Role | null;
  requestId: string | null;
}

export const systemIn = (clinicId: string): Actor => ({ clinicId, membershipId: null, role: null, requestId: null });
