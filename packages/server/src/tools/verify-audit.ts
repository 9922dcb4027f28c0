// npm run verify:audit [-- --clinic NAME|ID] [--head DIGEST]: reads the whole audit trail and names every entry that was edited, removed or
// inserted since it was sealed. Reads only; ends with 1 when there is a fault. --head is the digest of a seal that was noted elsewhere:
// the chain must still contain it.
import { Database } from '@vastus/db';
import { MOST_NAMED, type Reading, readTrail } from '../modules/audit-seal/trail.js';
import { Complaint, parseArguments } from '../platform/command-line.js';

const USAGE = 'npm run verify:audit [-- --clinic NAME|ID] [--head DIGEST]';

async function main(): Promise<void> {
  const { options, rest } = parseArguments(process.argv.slice(2), { options: ['clinic', 'head'] }, USAGE);
  if (rest.length > 0) throw new Complaint(`usage: ${USAGE}`);
  const { clinic, head } = options;
  if (head !== undefined && !/^[0-9a-f]{64}$/.test(head)) throw new Complaint('--head takes the 64 hexadecimal digits of a seal');
  const url = process.env['DATABASE_URL'];
  if (!url) throw new Complaint('DATABASE_URL is not set: which database is to be verified?');
  const database = new Database({ url, max: 2, applicationName: 'vastus-verify-audit', statementTimeoutMs: 600_000 });
  try {
    let headFound = head === undefined;
    for (const { id, name } of await clinicsOf(database, clinic)) {
      const reading = await readTrail(database, id);
      say(name, reading);
      if (reading.faults > 0) process.exitCode = 1;
      if (head !== undefined) headFound ||= await knows(database, id, head);
    }
    if (!headFound) {
      console.log('no chain contains the seal given with --head: the trail was cut or made anew');
      process.exitCode = 1;
    }
  } finally {
    await database.close();
  }
}

function say(name: string, { seals, entriesSealed, entriesWaiting, headDigest, faults, findings }: Reading): void {
  const count = (n: number, one: string, many: string) => `${n.toLocaleString('en')} ${n === 1 ? one : many}`;
  for (const { kind, entryId, seal } of findings)
    console.log(`${name}: ${kind}${entryId ? `, entry ${entryId}` : ''}${seal === null ? '' : `, seal ${seal}`}`);
  if (faults > MOST_NAMED) console.log(`${name}: … and ${faults - MOST_NAMED} more`);
  console.log(
    `${name}: ${count(entriesSealed, 'entry', 'entries')} in ${count(seals, 'seal', 'seals')}, ${entriesWaiting} waiting, ` +
      `${count(faults, 'fault', 'faults')}, head ${headDigest ?? 'none'}`,
  );
}

async function clinicsOf(database: Database, wanted: string | undefined): Promise<{ id: string; name: string }[]> {
  if (wanted === undefined) return database.anywhere((q) => q.many('SELECT id, id::text AS name FROM clinic_ids() AS id'));
  const found = await database.anywhere((q) => q.many<{ id: string; name: string }>('SELECT id, name FROM clinics_called($1)', [wanted]));
  if (found.length === 0) throw new Complaint(`there is no clinic "${wanted}"`);
  return found;
}

async function knows(database: Database, clinicId: string, digest: string): Promise<boolean> {
  return database.transaction({ clinicId, readOnly: true }, async (tx) => {
    const { found } = await tx.one<{ found: boolean }>(
      'SELECT EXISTS (SELECT FROM audit_seal WHERE clinic_id = $1 AND digest = $2) AS found',
      [clinicId, digest],
    );
    return found;
  });
}

main().catch((error: unknown) => {
  console.error(error instanceof Complaint ? error.message : error);
  process.exitCode = 1;
});
