// The walls between clinics, asserted from the catalogue and by walking into them.
import pg from 'pg';
import type { Database } from './database.js';
import { createTestDatabase, type TestDatabase } from './testing.js';
import { aClinic, aPatient } from './testing-rows.js';
import { insert, newId } from './write.js';

// Belong to no clinic: the sign-in, the books of the migrator, what is seen of the installation, and the clock that only tests use.
const WITHOUT_CLINIC = ['_prisma_migrations', 'backup_taken', 'job_run', 'process_seen', 'test_clock'];
const AT = '2026-01-01T08:00:00.000Z';

let test_: TestDatabase;
let db: Database;
let owner: pg.Client;
beforeAll(async () => {
  test_ = await createTestDatabase();
  db = test_.database;
  owner = new pg.Client({ connectionString: test_.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await test_.drop();
});

const column = async (sql: string) => (await owner.query({ text: sql, rowMode: 'array' })).rows.map(([value]) => value as string);

describe('the catalogue', () => {
  it('has row-level security, for every command, on every table of the product', async () => {
    const tables = await column(
      `SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace ORDER BY 1`,
    );
    const walled = await column(`SELECT c.relname FROM pg_class c JOIN pg_policy p ON p.polrelid = c.oid
      WHERE c.relnamespace = 'public'::regnamespace AND c.relrowsecurity AND p.polcmd = '*' AND p.polpermissive AND p.polqual IS NOT NULL
        AND pg_get_expr(p.polqual, c.oid) = pg_get_expr(p.polwithcheck, c.oid) AND pg_get_expr(p.polqual, c.oid) LIKE '%= current_clinic())' ORDER BY 1`);
    expect(walled).toEqual(tables.filter((name) => !WITHOUT_CLINIC.includes(name)));
    expect(walled.length).toBeGreaterThan(20);
  });

  it('has clinic_id first in every primary key and in every foreign key between tables of clinics', async () => {
    const keys = await column(`SELECT conrelid::regclass || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
      WHERE contype = 'p' AND connamespace = 'public'::regnamespace AND pg_get_constraintdef(oid) NOT LIKE 'PRIMARY KEY (clinic_id, %' ORDER BY 1`);
    expect(keys).toEqual([
      '_prisma_migrations PRIMARY KEY (id)',
      'backup_taken PRIMARY KEY (taken_at)',
      'clinic PRIMARY KEY (id)',
      'job_run PRIMARY KEY (job)',
      'process_seen PRIMARY KEY (id)',
      'test_clock PRIMARY KEY (only_row)',
    ]);
    const references = await column(`SELECT conrelid::regclass || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
      WHERE contype = 'f' AND connamespace = 'public'::regnamespace AND pg_get_constraintdef(oid) NOT LIKE 'FOREIGN KEY (clinic_id, %(clinic_id, %'
        AND confrelid <> 'clinic'::regclass ORDER BY 1`);
    expect(references).toEqual(['membership FOREIGN KEY (user_id) REFERENCES auth."user"(id)']);
  });

  it('lets the application own nothing and bypass nothing', async () => {
    const roles = await owner.query(`SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles
      WHERE rolname = 'vastus_app' OR pg_has_role(rolname, 'vastus_app', 'member') AND NOT rolsuper`);
    expect(roles.rows.length).toBeGreaterThanOrEqual(2);
    for (const { rolname, ...powers } of roles.rows)
      expect([rolname, ...Object.values(powers)]).toEqual([rolname, false, false, false, false]);
    const owned = await column(
      `SELECT relname FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner WHERE pg_has_role(r.rolname, 'vastus_app', 'member') AND NOT rolsuper`,
    );
    expect(owned).toEqual([]);
    const schemas = await column(`SELECT nspname FROM pg_namespace WHERE has_schema_privilege('vastus_app', oid, 'CREATE')`);
    expect(schemas).toEqual(['bullmq']);
    expect(await column(`SELECT 1 WHERE has_database_privilege('vastus_app', current_database(), 'CREATE')`)).toEqual([]);
  });

  it('names what the application may delete, and what it may only add to', async () => {
    const may = (privilege: string) =>
      column(`SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
        AND has_table_privilege('vastus_app', oid, '${privilege}') ORDER BY 1`);
    expect(await may('DELETE')).toEqual(['audit_unsealed', 'idempotency_key', 'process_seen']);
    expect(await may('TRUNCATE')).toEqual([]);
    const updatable = await may('UPDATE');
    for (const fixed of [
      'audit_entry',
      'audit_seal',
      'audit_verification',
      'alert_transition',
      'folic_acid_override',
      '_prisma_migrations',
    ])
      expect(updatable).not.toContain(fixed);
    const insertable = await may('INSERT');
    // The application may not say that there is a backup.
    for (const told of ['_prisma_migrations', 'backup_taken']) {
      expect(insertable).not.toContain(told);
      expect(updatable).not.toContain(told);
    }
  });

  it('gives every function that runs as the owner a fixed search path, and nobody else the right to call it', async () => {
    const definers = await owner.query(`SELECT proname, proconfig, has_function_privilege('public', oid, 'EXECUTE') AS open,
      has_function_privilege('vastus_app', oid, 'EXECUTE') AS granted FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace`);
    expect(definers.rows.length).toBeGreaterThanOrEqual(5);
    for (const row of definers.rows) {
      expect(row).toEqual({ proname: row.proname, proconfig: ['search_path=public, pg_temp'], open: false, granted: true });
    }
  });
});

describe("another clinic's rows", () => {
  it('cannot be seen, changed or added', async () => {
    const [ours, theirs] = [await aClinic(db), await aClinic(db)];
    const id = await db.transaction(theirs, (tx) => aPatient(tx));
    await db.transaction(ours, async (tx) => {
      expect(await tx.many('SELECT id FROM patient')).toEqual([]);
      expect(await tx.many('SELECT id FROM clinic')).toEqual([{ id: ours.clinicId }]);
      expect((await tx.query('UPDATE patient SET note = $1', ['ours now'])).count).toBe(0);
      expect((await tx.query('DELETE FROM idempotency_key')).count).toBe(0);
    });
    const row = { clinicId: theirs.clinicId };
    await expect(db.transaction(ours, (tx) => aPatient(tx, row))).rejects.toThrow('row-level security');
    await expect(
      db.transaction(ours, (tx) => insert(tx, 'clinic', { id: newId(), name: 'x', timeZone: 'UTC', createdAt: AT })),
    ).rejects.toThrow('row-level security');
    const moved = db.transaction(theirs, (tx) => tx.query('UPDATE patient SET clinic_id = $1', [ours.clinicId]));
    await expect(moved).rejects.toThrow('row-level security');
    expect(await db.transaction(theirs, (tx) => tx.many('SELECT id, note FROM patient'))).toEqual([{ id, note: null }]);
  });

  it('cannot be deleted even where deleting is allowed', async () => {
    const [ours, theirs] = [await aClinic(db), await aClinic(db)];
    await owner.query(`INSERT INTO auth."user" (id, name, email, "emailVerified") VALUES ('u1', 'U', 'u1@example.org', true)`);
    await db.transaction(theirs, async (tx) => {
      const actorId = newId();
      await insert(tx, 'membership', { ...theirs, id: actorId, userId: 'u1', role: 'nurse', createdAt: AT });
      await insert(tx, 'idempotency_key', { ...theirs, key: 'k', actorId, requestHash: 'x', response: {}, createdAt: AT });
    });
    expect((await db.transaction(ours, (tx) => tx.query('DELETE FROM idempotency_key'))).count).toBe(0);
    expect((await db.transaction(theirs, (tx) => tx.query('DELETE FROM idempotency_key'))).count).toBe(1);
  });

  it('cannot be pointed at, whoever asks', async () => {
    const [ours, theirs] = [await aClinic(db), await aClinic(db)];
    const patientId = await db.transaction(theirs, (tx) => aPatient(tx));
    const decision = {
      ...ours,
      id: newId(),
      patientId,
      decision: 'oral',
      reason: 'long enough a reason',
      decidedAt: AT,
      decidedBy: newId(),
    };
    await expect(db.transaction(ours, (tx) => insert(tx, 'route_decision', decision))).rejects.toMatchObject({ code: '23503' });
    const asOwner = owner.query('INSERT INTO hold (clinic_id, id, patient_id, since, cause_event_ids) VALUES ($1, $2, $3, $4, $5)', [
      ours.clinicId,
      newId(),
      patientId,
      AT,
      [],
    ]);
    await expect(asOwner).rejects.toMatchObject({ code: '23503' });
  });

  it('are not there without a clinic', async () => {
    const clinic = await aClinic(db);
    await db.transaction(clinic, (tx) => aPatient(tx));
    expect(await db.anywhere((q) => q.many('SELECT id FROM patient'))).toEqual([]);
    expect(await db.anywhere((q) => q.many("SELECT id FROM search_patients(ARRAY['anna'], NULL, NULL, 10)"))).toEqual([]);
  });
});

describe('the audit trail', () => {
  it('refuses to be changed, deleted or emptied, by the owner too', async () => {
    const clinic = await aClinic(db);
    const entry = { ...clinic, id: newId(), at: AT, action: 'patient.read', subjectType: 'patient' };
    await db.transaction(clinic, (tx) => insert(tx, 'audit_entry', entry));
    for (const change of ["UPDATE audit_entry SET action = 'nothing'", 'DELETE FROM audit_entry', 'TRUNCATE audit_entry']) {
      await expect(owner.query(change)).rejects.toThrow('append-only');
      await expect(db.transaction(clinic, (tx) => tx.query(change))).rejects.toThrow(/permission denied/);
    }
  });
});
