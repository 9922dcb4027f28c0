import { Database } from './database.js';
import { isCheckViolation, isForeignKeyViolation, isUniqueViolation, UnexpectedRowCountError } from './errors.js';
import { createTestDatabase, type TestDatabase } from './testing.js';
import { aClinic, aPatient } from './testing-rows.js';
import { statement, type Tx } from './tx.js';
import { insert, insertMany, json, newId } from './write.js';

let test_: TestDatabase;
let db: Database;
beforeAll(async () => {
  test_ = await createTestDatabase();
  db = test_.database;
});
afterAll(() => test_.drop());

const countPatients = async (tx: Tx) => (await tx.one<{ n: number }>('SELECT count(*) AS n FROM patient')).n;

describe('a transaction', () => {
  it('commits what its work returns from and rolls back what it throws from', async () => {
    const clinic = await aClinic(db);
    await db.transaction(clinic, (tx) => aPatient(tx));
    const failing = db.transaction(clinic, async (tx) => {
      await aPatient(tx);
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    expect(await db.transaction(clinic, countPatients)).toBe(1);
  });

  it('refuses a scope that is not a UUID, and a read-only one refuses to write', async () => {
    await expect(db.transaction({ clinicId: "'; DROP TABLE patient; --" }, countPatients)).rejects.toThrow(TypeError);
    const clinic = await aClinic(db);
    await expect(db.transaction({ ...clinic, readOnly: true }, (tx) => aPatient(tx))).rejects.toThrow('read-only');
  });

  it('carries clinic and actor, and leaves nothing of them on the connection', async () => {
    const clinic = await aClinic(db);
    const actorId = newId();
    const seen = await db.transaction({ ...clinic, actorId }, async (tx) => {
      expect([tx.clinicId, tx.actorId]).toEqual([clinic.clinicId, actorId]);
      return tx.one<{ clinic: string; actor: string }>(
        "SELECT current_setting('vastus.clinic_id') AS clinic, current_setting('vastus.actor_id') AS actor",
      );
    });
    expect(seen).toEqual({ clinic: clinic.clinicId, actor: actorId });
    const after = await db.anywhere((q) => q.one<{ clinic: string | null }>('SELECT current_clinic() AS clinic'));
    expect(after.clinic).toBeNull();
  });

  it('does not work on after its end', async () => {
    const clinic = await aClinic(db);
    const kept = await db.transaction(clinic, async (tx) => [tx]);
    await expect(kept[0]!.query('SELECT 1')).rejects.toThrow('transaction is over');
  });

  it('does not pretend success when a failed statement was swallowed', async () => {
    const clinic = await aClinic(db);
    const work = db.transaction(clinic, async (tx) => {
      await tx.query('SELECT 1/0').catch(() => {});
    });
    await expect(work).rejects.toThrow('nothing of this transaction was written');
  });

  it('that is rehearsed sees what it writes, and nobody else ever does', async () => {
    const clinic = await aClinic(db);
    const seen = await db.rehearse(clinic, async (tx) => {
      await aPatient(tx);
      return tx.many('SELECT id FROM patient');
    });
    expect(seen).toHaveLength(1);
    expect(await db.transaction(clinic, (tx) => tx.many('SELECT id FROM patient'))).toEqual([]);
    await expect(db.rehearse(clinic, (tx) => tx.query('SELECT 1 / 0'))).rejects.toThrow('division by zero');
  });

  it('runs again after losing a race', async () => {
    const clinic = await aClinic(db);
    const [first, second] = await db.transaction(clinic, async (tx) => [await aPatient(tx), await aPatient(tx)]);
    let attempts = 0;
    let bothHold: () => void;
    const held = new Promise<void>((resolve) => {
      bothHold = resolve;
    });
    let holding = 0;
    const lockInOrder = (one: string, other: string) =>
      db.transaction(clinic, async (tx) => {
        attempts++;
        await tx.query('SELECT FROM patient WHERE id = $1 FOR UPDATE', [one]);
        if (++holding === 2) bothHold();
        await held;
        await tx.query('SELECT FROM patient WHERE id = $1 FOR UPDATE', [other]);
        return 'done';
      });
    expect(await Promise.all([lockInOrder(first!, second!), lockInOrder(second!, first!)])).toEqual(['done', 'done']);
    expect(attempts).toBe(3);
  });

  it('gives up after three more attempts', async () => {
    const clinic = await aClinic(db);
    let attempts = 0;
    const work = db.transaction(clinic, async (tx) => {
      attempts++;
      await tx.query("DO $$ BEGIN RAISE EXCEPTION 'lost' USING ERRCODE = 'serialization_failure'; END $$");
    });
    await expect(work).rejects.toThrow('lost');
    expect(attempts).toBe(4);
  });

  it('survives the loss of its connection: this transaction fails, the next one works', async () => {
    const clinic = await aClinic(db);
    const work = db.transaction(clinic, (tx) => tx.query('SELECT pg_terminate_backend(pg_backend_pid())'));
    await expect(work).rejects.toThrow();
    expect(await db.transaction(clinic, countPatients)).toBe(0);
  });
});

describe('values', () => {
  const read = (sql: string) => db.anywhere((q) => q.one<Record<string, unknown>>(sql));

  it('are the ones JSON can carry, under camelCase names', async () => {
    const row = await read(`SELECT date '2026-02-28' AS given_on, timestamptz '2026-11-20 19:15:00.25+01' AS given_at,
      timestamptz '2026-11-20 18:15:00+00' AS resulted_at, 1.50::numeric AS dose_micrograms, 9007199254740991::int8 AS big,
      ARRAY[date '2026-01-01'] AS days, ARRAY[1.5::numeric] AS doses, ARRAY['00000000-0000-7000-8000-000000000000'::uuid] AS ids,
      '{"keep_me": [1]}'::jsonb AS raw_facts, NULL::date AS ended_on, 'x' AS content_sha256`);
    expect(row).toEqual({
      givenOn: '2026-02-28',
      givenAt: '2026-11-20T18:15:00.250Z',
      resultedAt: '2026-11-20T18:15:00.000Z',
      doseMicrograms: 1.5,
      big: 9007199254740991,
      days: ['2026-01-01'],
      doses: [1.5],
      ids: ['00000000-0000-7000-8000-000000000000'],
      rawFacts: { keep_me: [1] },
      endedOn: null,
      contentSha256: 'x',
    });
  });

  it('that do not fit are an error rather than nearly right', async () => {
    await expect(read('SELECT 9007199254740992::int8 AS big')).rejects.toThrow(RangeError);
    expect(await read('SELECT 1 AS still_works')).toEqual({ stillWorks: 1 });
  });

  it('one and maybe say how many there were', async () => {
    const ask = <T>(work: Parameters<typeof db.anywhere<T>>[0]) => db.anywhere(work);
    await expect(ask((q) => q.one('SELECT 1 WHERE false'))).rejects.toThrow(UnexpectedRowCountError);
    await expect(ask((q) => q.maybe('SELECT * FROM generate_series(1, 2)'))).rejects.toThrow(UnexpectedRowCountError);
    expect(await ask((q) => q.maybe('SELECT 1 WHERE false'))).toBeUndefined();
    expect(await ask((q) => q.many('SELECT * FROM generate_series(1, 2) AS n'))).toEqual([{ n: 1 }, { n: 2 }]);
  });

  it('a named statement is prepared, and two texts under one name are refused', async () => {
    const named = statement('test-named', 'SELECT $1::text AS said');
    expect(await db.anywhere(async (q) => [await q.one(named, ['a']), await q.one(named, ['b'])])).toEqual([{ said: 'a' }, { said: 'b' }]);
    expect(() => statement('test-named', 'SELECT 2')).toThrow('Two statements');
  });
});

describe('writing rows', () => {
  it('quotes names, keeps defaults, writes jsonb, and counts', async () => {
    const clinic = await aClinic(db);
    await db.transaction(clinic, async (tx) => {
      const patientId = await aPatient(tx, { malabsorption: ['celiac'], phone: null, note: undefined });
      const row = await tx.one('SELECT malabsorption, phone, version FROM patient WHERE id = $1', [patientId]);
      expect(row).toEqual({ malabsorption: ['celiac'], phone: null, version: 1 });
      const entry = { clinicId: clinic.clinicId, at: '2026-01-01T00:00:00.000Z', action: 'x', subjectType: 'patient' };
      const written = await insertMany(tx, 'audit_entry', [
        { ...entry, id: newId(), after: json(['a', { b_c: null }]) },
        { ...entry, id: newId(), before: json('text') },
      ]);
      expect(written).toBe(2);
      expect(await tx.many('SELECT before, after FROM audit_entry ORDER BY id')).toEqual([
        { before: null, after: ['a', { b_c: null }] },
        { before: 'text', after: null },
      ]);
    });
  });

  it('splits what has too many parameters, and ignores conflicts only when told to', async () => {
    const clinic = await aClinic(db);
    const rows = Array.from({ length: 20_000 }, (_, i) => ({
      ...{ clinicId: clinic.clinicId, system: 's', resourceType: 'Patient', value: String(i), recordId: newId() },
      ...{ contentSha256: 'x', createdAt: '2026-01-01T00:00:00.000Z' },
    }));
    await db.transaction(clinic, async (tx) => {
      expect(await insertMany(tx, 'external_identity', rows)).toBe(20_000);
      expect(await insert(tx, 'external_identity', rows[0]!, { onConflict: 'DO NOTHING' })).toBe(0);
    });
    const again = db.transaction(clinic, (tx) => insert(tx, 'external_identity', rows[0]!));
    await expect(again).rejects.toMatchObject({ constraint: 'external_identity_pkey' });
  });

  it('tells violations apart and keeps the row out of the error', async () => {
    const clinic = await aClinic(db);
    const failure = (work: (tx: Tx) => Promise<unknown>): Promise<Error & { detail?: string }> =>
      db.transaction(clinic, work).then(
        () => Promise.reject(new Error('it should have failed')),
        (error) => error,
      );
    const twice = await failure(async (tx) => {
      await aPatient(tx, { recordNumber: 'P-1' });
      await aPatient(tx, { recordNumber: 'P-1' });
    });
    expect(isUniqueViolation(twice, 'patient_clinic_id_record_number_key')).toBe(true);
    expect(isUniqueViolation(twice, 'other') || isCheckViolation(twice)).toBe(false);
    expect(JSON.stringify(twice, Object.getOwnPropertyNames(twice))).not.toContain('P-1');
    expect(isCheckViolation(await failure((tx) => aPatient(tx, { sex: 'x' })), 'patient_sex_check')).toBe(true);
    expect(isForeignKeyViolation(await failure((tx) => aPatient(tx, { recordedBy: newId() })))).toBe(true);
  });
});

describe('Prisma', () => {
  it('speaks in the same transaction as SQL', async () => {
    const clinic = await aClinic(db);
    const { clinicId } = clinic;
    const names = await db.withPrisma(clinic, async (tx) => {
      const id = await aPatient(tx, { familyName: 'By SQL' });
      await tx.prisma.patient.update({ where: { clinicId_id: { clinicId, id } }, data: { givenName: 'By Prisma' } });
      return tx.one('SELECT family_name, given_name FROM patient WHERE id = $1', [id]);
    });
    expect(names).toEqual({ familyName: 'By SQL', givenName: 'By Prisma' });
    expect(await db.withPrisma(clinic, (tx) => tx.prisma.patient.count())).toBe(1);
  });

  it('loses what it wrote with everything else when the work fails, in SQL or in Prisma', async () => {
    const clinic = await aClinic(db);
    for (const breakDown of [
      (tx: Tx) => tx.query('SELECT 1/0'),
      async () => Promise.reject(new Error('no')),
      async (tx: Tx & { prisma: { $queryRawUnsafe(sql: string): Promise<unknown> } }) => tx.prisma.$queryRawUnsafe('SELECT 1/0'),
    ]) {
      const work = db.withPrisma(clinic, async (tx) => {
        await aPatient(tx);
        await tx.prisma.protocolVersion.create({
          data: { ...clinic, id: newId(), number: 99, parameters: {}, inForceFrom: new Date(0), createdAt: new Date(0) },
        });
        await breakDown(tx);
      });
      await expect(work).rejects.toThrow();
    }
    const left = await db.withPrisma(clinic, async (tx) => [await tx.prisma.patient.count(), await tx.prisma.protocolVersion.count()]);
    expect(left).toEqual([0, 0]);
  });

  it('stays in its clinic, also when several clinics work at once', async () => {
    const clinics = await Promise.all(Array.from({ length: 6 }, () => aClinic(db)));
    const seen = await Promise.all(
      clinics.map((clinic, i) =>
        db.withPrisma(clinic, async (tx) => {
          for (let n = 0; n <= i; n++) await aPatient(tx);
          await tx.query('SELECT pg_sleep(0.01)');
          const found = await tx.prisma.patient.findMany({ select: { clinicId: true } });
          return found.every((row) => row.clinicId === clinic.clinicId) && found.length;
        }),
      ),
    );
    expect(seen).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('reports violations that can be told apart like those of SQL', async () => {
    const clinic = await aClinic(db);
    const version = { ...clinic, number: 1, parameters: {}, inForceFrom: new Date(0), createdAt: new Date(0) };
    const failure = await db
      .withPrisma(clinic, async (tx) => {
        await tx.prisma.protocolVersion.create({ data: { ...version, id: newId() } });
        await tx.prisma.protocolVersion.create({ data: { ...version, id: newId() } });
      })
      .catch((error: unknown) => error);
    expect(isUniqueViolation(failure, 'protocol_version_clinic_id_number_key')).toBe(true);
    expect(isUniqueViolation(failure, 'other') || isForeignKeyViolation(failure)).toBe(false);
  });

  it('is repeated after a lost race like everything else', async () => {
    const clinic = await aClinic(db);
    let attempts = 0;
    const answer = await db.withPrisma(clinic, async (tx) => {
      if (++attempts < 3) {
        await tx.prisma.$executeRawUnsafe("DO $$ BEGIN RAISE EXCEPTION 'lost' USING ERRCODE = 'deadlock_detected'; END $$");
      }
      return 'in the end';
    });
    expect([answer, attempts]).toEqual(['in the end', 3]);
  });
});
