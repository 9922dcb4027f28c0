/** A clinic made for show or for measuring: people who can sign in, products with lots on the shelf, and the frame of its histories. */
import {
  addDays,
  addMonths,
  type ClinicDate,
  gtin14,
  type Instant,
  type ProtocolParameters,
  ROLES,
  type Role,
  startOfDay,
  type TimeZone,
} from '@vastus/clinical';
import { insertMany, newId, type Queryable, type Tx } from '@vastus/db';
import { addMember, createClinic } from '../modules/clinics/clinics.js';
import { createAccountWithHash } from '../platform/sign-in/accounts.js';
import type { ClinicFrame, SeedMember, SeedProduct } from './clinic-frame.js';

/** Everybody in a seeded or a demo clinic signs in with it: such a database never holds a real patient. */
export const SEED_PASSWORD = 'vastus-demo-2026';

export interface StaffMember {
  role: Role;
  name: string;
  email: string;
}

export interface ClinicToSeed {
  seed: string;
  clinicId: string;
  name: string;
  zone: TimeZone;
  today: ClinicDate;
  now: Instant;
  staff: readonly StaffMember[];
  passwordHash: string;
}

/** The lots a clinic would have bought over the years, and how the last of them stand. */
const LOT_EVERY_MONTHS = 8;
const LOT_LASTS_MONTHS = 20;

export async function createSeedClinic(
  tx: Tx,
  { seed, clinicId, name, zone, today, now, staff, passwordHash }: ClinicToSeed,
): Promise<ClinicFrame> {
  // In force since before the first dose of any history.
  const since = startOfDay(addMonths(today, -72), zone);
  await createClinic(tx, { name, timeZone: zone, isDemo: true, now: since });
  const people: (SeedMember & { role: Role })[] = [];
  for (const { role, name: person, email } of staff) {
    const userId = await accountOf(tx, { name: person, email, passwordHash }, now);
    people.push({ id: await addMember(tx, { clinicId, userId, role, now: since }), name: person, role });
  }
  const of = (role: Role) => people.filter((person) => person.role === role).map(({ id, name: person }) => ({ id, name: person }));
  const version = await tx.one<{ id: string; parameters: ProtocolParameters }>(
    'SELECT id, parameters FROM protocol_version WHERE clinic_id = $1',
    [clinicId],
  );
  const products = await stockUp(tx, today, since);
  return {
    seed,
    clinicId,
    zone,
    today,
    now,
    protocol: version.parameters,
    protocolVersionId: version.id,
    products,
    nurses: of('nurse'),
    physicians: of('physician'),
  };
}

async function accountOf(q: Queryable, account: { name: string; email: string; passwordHash: string }, now: Instant): Promise<string> {
  const known = await q.maybe<{ id: string }>('SELECT "id" FROM auth."user" WHERE "email" = $1', [account.email.toLowerCase()]);
  return known?.id ?? createAccountWithHash(q, now, account);
}

async function stockUp(tx: Tx, today: ClinicDate, createdAt: Instant): Promise<SeedProduct[]> {
  const products = await tx.many<Omit<SeedProduct, 'lots'>>(
    'SELECT id, substance, default_dose_micrograms, strength_micrograms_per_ml FROM product WHERE clinic_id = $1 ORDER BY name',
    [tx.clinicId],
  );
  const rows: Record<string, unknown>[] = [];
  const stocked = products.map((product, place): SeedProduct => {
    const lots: SeedProduct['lots'] = [];
    const put = (receivedOn: ClinicDate, expiresOn: ClinicDate, more: Record<string, unknown> = {}) => {
      const id = newId();
      const lotNumber = `${product.substance.slice(0, 3).toUpperCase()}-${receivedOn.slice(2, 4)}${receivedOn.slice(5, 7)}${place}${rows.length % 10}`;
      rows.push({ clinicId: tx.clinicId, id, productId: product.id, lotNumber, expiresOn, receivedOn, createdAt, ...more });
      return { id, receivedOn, expiresOn };
    };
    for (let months = 56; months >= 0; months -= LOT_EVERY_MONTHS) {
      const receivedOn = addDays(addMonths(today, -months), -(5 + place));
      lots.push(put(receivedOn, addMonths(receivedOn, LOT_LASTS_MONTHS)));
    }
    // On the shelf beside the good ones: what a nurse must be warned of.
    put(addMonths(today, -19), addDays(today, 12 + place));
    put(addMonths(today, -22), addDays(today, -(9 + place)));
    put(addMonths(today, -3), addMonths(today, 15), {
      status: 'recalled',
      statusReason: 'Recalled by the manufacturer: particles in the solution.',
    });
    return { ...product, lots };
  });
  await insertMany(tx, 'lot', rows);
  await insertMany(
    tx,
    'product_gtin',
    products.map(({ id }, place) => ({ clinicId: tx.clinicId, gtin: madeUpGtin(place), productId: id })),
  );
  return stocked;
}

/** A number with a right check digit that GS1 gives to nobody: those that begin with 2 are for use inside one company. */
function madeUpGtin(place: number): string {
  const digits = `02${String(place).padStart(11, '0')}`;
  return Array.from({ length: 10 }, (_, check) => gtin14(`${digits}${check}`)).find((gtin) => gtin !== null)!;
}

/** One of each role; `of` keeps addresses of several clinics apart. */
export const staffOf = (prefix: string, domain: string): StaffMember[] =>
  ROLES.map((role) => ({ role, name: `${prefix} ${role[0]?.toUpperCase()}${role.slice(1)}`, email: `${role}@${domain}` }));
