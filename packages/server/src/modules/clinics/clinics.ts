// How a clinic comes into being: with a protocol in force and a formulary, so that no later step meets a clinic without either.
import { type Instant, PROTOCOL_DEFAULTS, type Role, type TimeZone } from '@vastus/clinical';
import { insert, insertMany, json, newId, type Tx } from '@vastus/db';
import { DEFAULT_FORMULARY } from './formulary.js';

export interface NewClinic {
  name: string;
  timeZone: TimeZone;
  isDemo: boolean;
  /** Who needs a second factor from the first day; nobody unless said. The clinic can change it on *Staff*. */
  secondFactorRoles?: readonly Role[];
  now: Instant;
}

export interface NewMember {
  clinicId: string;
  userId: string;
  role: Role;
  now: Instant;
}

export interface Clinic {
  id: string;
  name: string;
  timeZone: TimeZone;
  isDemo: boolean;
}

/** Row-level security lets a clinic be written only from within: the transaction's scope is the id the clinic will have. */
export async function createClinic(tx: Tx, { name, timeZone, isDemo, secondFactorRoles = [], now }: NewClinic): Promise<Clinic> {
  requireTimeZone(timeZone);
  const clinicId = tx.clinicId;
  await insert(tx, 'clinic', { id: clinicId, name, timeZone, isDemo, secondFactorRoles, createdAt: now });
  await insert(tx, 'protocol_version', {
    clinicId,
    id: newId(),
    number: 1,
    parameters: json(PROTOCOL_DEFAULTS),
    inForceFrom: now,
    note: 'Defaults of the source documents',
    createdAt: now,
  });
  await insertMany(
    tx,
    'product',
    DEFAULT_FORMULARY.map((product) => ({ clinicId, id: newId(), ...product, createdAt: now })),
  );
  return { id: clinicId, name, timeZone, isDemo };
}

/** Gives a person a role in the clinic of the transaction and answers the membership's id. */
export async function addMember(tx: Tx, { clinicId, userId, role, now }: NewMember): Promise<string> {
  const id = newId();
  await insert(tx, 'membership', { clinicId, id, userId, role, createdAt: now });
  return id;
}

// A zone that does not exist would surface much later, as every date of the clinic failing to compute.
function requireTimeZone(timeZone: TimeZone): void {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
  } catch {
    throw new RangeError(`"${timeZone}" is not an IANA time zone.`);
  }
}
