/**
 * The chain that makes the audit trail tamper-evident, and the reading that finds where it was broken. Everything here works on one
 * clinic's trail in the transactions it is handed; what an entry is worth is decided by its columns alone, whatever they are.
 */
import { createHash } from 'node:crypto';
import type { Instant } from '@vastus/clinical';
import type { AuditFault } from '@vastus/contract';
import { type Database, insert, statement, type Tx } from '@vastus/db';

/** Entries in one seal at most: what a transaction closes, and what a reader holds in memory. */
export const BLOCK = 1_000;
const FIRST = '0'.repeat(64);
/** Faults that are named; the number of all is always told. */
export const MOST_NAMED = 100;
/** An entry is committed seconds after the time it states; one that states a time long sealed was not written by the product. */
const LATE_MS = 3_600_000;

// Every column takes part, so that a column added later is covered too; one that is NULL is left out, so that it breaks no older seal.
const DIGESTS = statement(
  'audit-entry-digests',
  `SELECT e.id, e.at, encode(sha256(convert_to(
            (SELECT jsonb_object_agg(c.key, c.value)::text FROM jsonb_each(to_jsonb(e)) c WHERE c.value <> 'null'), 'UTF8')), 'hex') AS digest
     FROM audit_entry e WHERE e.clinic_id = $1 AND e.id = ANY ($2)`,
);
const LOCK = statement('lock-audit-seal', `SELECT pg_advisory_xact_lock(hashtextextended('audit-seal/' || $1::text, 0))`);
const TAKE = statement(
  'take-unsealed-entries',
  `DELETE FROM audit_unsealed u
    WHERE u.clinic_id = $1 AND u.entry_id IN (SELECT entry_id FROM audit_unsealed WHERE clinic_id = $1 ORDER BY entry_id LIMIT $2)
   RETURNING u.entry_id`,
);
const HEAD = statement('head-of-audit-seals', 'SELECT number, digest FROM audit_seal WHERE clinic_id = $1 ORDER BY number DESC LIMIT 1');
const SEALS_AFTER = statement(
  'audit-seals-after',
  `SELECT number, entry_ids, entry_digests, sealed_at, previous_digest, digest FROM audit_seal
    WHERE clinic_id = $1 AND number > $2 ORDER BY number LIMIT $3`,
);
const WAITING = statement('count-unsealed-entries', 'SELECT count(*) AS waiting FROM audit_unsealed WHERE clinic_id = $1');
const STRAYS = statement(
  'stray-audit-entries',
  `SELECT e.id FROM audit_entry e
    WHERE e.clinic_id = $1
      AND NOT EXISTS (SELECT FROM audit_unsealed u WHERE u.clinic_id = e.clinic_id AND u.entry_id = e.id)
      AND e.id NOT IN (SELECT unnest(s.entry_ids) FROM audit_seal s WHERE s.clinic_id = $1)
    ORDER BY e.id`,
);
const GONE_UNSEALED = statement(
  'unsealed-entries-gone',
  `SELECT u.entry_id AS id FROM audit_unsealed u
    WHERE u.clinic_id = $1 AND NOT EXISTS (SELECT FROM audit_entry e WHERE e.clinic_id = u.clinic_id AND e.id = u.entry_id) ORDER BY u.entry_id`,
);

interface Digest {
  id: string;
  at: Instant;
  digest: string;
}
interface Seal {
  number: number;
  entryIds: string[];
  /** One for each of `entryIds`; empty for an entry that was gone before it could be sealed. */
  entryDigests: string[];
  sealedAt: Instant;
  previousDigest: string;
  digest: string;
}

/** The SHA-256 that closes a block, as 64 hexadecimal digits. */
export function digestOf({ number, entryIds, entryDigests, sealedAt, previousDigest }: Omit<Seal, 'digest'>): string {
  const lines = [previousDigest, String(number), sealedAt, ...entryIds.map((id, i) => `${id} ${entryDigests[i] ?? ''}`)];
  return createHash('sha256').update(lines.join('\n')).digest('hex');
}

/** Closes the oldest entries that wait, `BLOCK` at most; answers how many. Two at once take turns. */
export async function sealBlock(tx: Tx, now: Instant): Promise<{ entries: number; head?: { number: number; digest: string } }> {
  await tx.query(LOCK, [tx.clinicId]);
  const taken = await tx.many<{ entryId: string }>(TAKE, [tx.clinicId, BLOCK]);
  if (taken.length === 0) return { entries: 0 };
  const entryIds = taken.map(({ entryId }) => entryId).sort();
  const found = new Map((await tx.many<Digest>(DIGESTS, [tx.clinicId, entryIds])).map((entry) => [entry.id, entry.digest]));
  const before = await tx.maybe<{ number: number; digest: string }>(HEAD, [tx.clinicId]);
  const block = {
    number: (before?.number ?? 0) + 1,
    entryIds,
    entryDigests: entryIds.map((id) => found.get(id) ?? ''),
    sealedAt: now,
    previousDigest: before?.digest ?? FIRST,
  };
  const digest = digestOf(block);
  await insert(tx, 'audit_seal', { clinicId: tx.clinicId, ...block, digest });
  return { entries: entryIds.length, head: { number: block.number, digest } };
}

export interface Reading {
  seals: number;
  entriesSealed: number;
  entriesWaiting: number;
  headDigest: string | null;
  faults: number;
  /** The first `MOST_NAMED` of the faults. */
  findings: AuditFault[];
}

/** Reads the whole trail of a clinic, a few seals a transaction, and answers everything that is not as it was sealed. */
export async function readTrail(database: Database, clinicId: string, sealsAtOnce = 10): Promise<Reading> {
  const reading: Reading = { seals: 0, entriesSealed: 0, entriesWaiting: 0, headDigest: null, faults: 0, findings: [] };
  const found = (fault: AuditFault) => {
    reading.faults += 1;
    if (reading.findings.length < MOST_NAMED) reading.findings.push(fault);
  };
  const scope = { clinicId, readOnly: true };
  let previous: Seal | undefined;
  for (let read = sealsAtOnce; read === sealsAtOnce; ) {
    read = await database.transaction(scope, async (tx) => {
      const seals = await tx.many<Seal>(SEALS_AFTER, [clinicId, previous?.number ?? 0, sealsAtOnce]);
      for (const seal of seals) {
        for (const fault of faultsOfChain(seal, previous)) found(fault);
        const entries = await tx.many<Digest>(DIGESTS, [clinicId, seal.entryIds]);
        for (const fault of faultsOfEntries(seal, entries, previous)) found(fault);
        reading.seals += 1;
        reading.entriesSealed += seal.entryIds.length;
        previous = seal;
      }
      return seals.length;
    });
  }
  reading.headDigest = previous?.digest ?? null;
  // One transaction and one picture: an entry that is sealed meanwhile is either waiting or sealed, never neither.
  await database.transaction(scope, async (tx) => {
    reading.entriesWaiting = (await tx.one<{ waiting: number }>(WAITING, [clinicId])).waiting;
    for (const { id } of await tx.many<{ id: string }>(STRAYS, [clinicId])) found({ kind: 'inserted', entryId: id, seal: null });
    for (const { id } of await tx.many<{ id: string }>(GONE_UNSEALED, [clinicId])) found({ kind: 'removed', entryId: id, seal: null });
  });
  return reading;
}

function* faultsOfChain(seal: Seal, previous: Seal | undefined): Generator<AuditFault> {
  const expected = (previous?.number ?? 0) + 1;
  for (let number = expected; number < seal.number; number++) yield { kind: 'seal-removed', entryId: null, seal: number };
  const isNext = seal.number === expected && seal.previousDigest !== (previous?.digest ?? FIRST);
  if (isNext || seal.digest !== digestOf(seal)) yield { kind: 'seal-edited', entryId: null, seal: seal.number };
}

function* faultsOfEntries(seal: Seal, entries: readonly Digest[], previous: Seal | undefined): Generator<AuditFault> {
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const sealedBefore = previous ? Date.parse(previous.sealedAt) - LATE_MS : Number.NEGATIVE_INFINITY;
  for (const [i, id] of seal.entryIds.entries()) {
    const entry = byId.get(id);
    const fault = !entry
      ? 'removed'
      : entry.digest !== seal.entryDigests[i]
        ? 'edited'
        : Date.parse(entry.at) < sealedBefore
          ? 'backdated'
          : undefined;
    if (fault) yield { kind: fault, entryId: id, seal: seal.number };
  }
}
