import { readAuditSeal, readPatient, verifyAudit } from '@vastus/contract';
import { newId } from '@vastus/db';
import pg from 'pg';
import * as build from '../../testing/build.js';
import { startTestApi, type TestApi, type TestClinic } from '../../testing/index.js';
import { digestOf, readTrail } from './trail.js';

let api: TestApi;
let owner: pg.Client;
let clinic: TestClinic;

beforeAll(async () => {
  api = await startTestApi({ now: '2026-11-18T08:00:00.000Z' });
  owner = new pg.Client({ connectionString: api.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner?.end();
  await api?.close();
});
beforeEach(async () => {
  await api.clock.set('2026-11-18T08:00:00.000Z');
  clinic = await api.newClinic();
});

const seal = () => api.runJob('seal-audit-trail', {});
const state = () => clinic.administrator.ok(readAuditSeal);
const reading = () => readTrail(api.database, clinic.id, 2);
const faults = async () => (await reading()).findings.map(({ kind, entryId, seal: number }) => [kind, entryId, number]);
const entries = async () =>
  (await owner.query('SELECT id FROM audit_entry WHERE clinic_id = $1 ORDER BY id', [clinic.id])).rows.map(({ id }) => id as string);

/** A patient is registered, then read: two entries. */
async function twoEntries(): Promise<string> {
  const { id: patientId } = await build.patient(clinic);
  await clinic.nurse.ok(readPatient, { params: { patientId } });
  return patientId;
}

/** Three seals of two entries each. */
async function threeSeals(): Promise<string[]> {
  for (let i = 0; i < 3; i++) {
    await twoEntries();
    await seal();
    await api.clock.advance({ hours: 2 });
  }
  return entries();
}

/** What only the owner of the tables can do: the triggers are off, and on again. */
async function tamper(table: 'audit_entry' | 'audit_seal', sql: string, values: unknown[] = []): Promise<void> {
  await owner.query('BEGIN');
  try {
    await owner.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
    const { rowCount } = await owner.query(sql, values);
    expect(rowCount).toBeGreaterThan(0);
    await owner.query(`ALTER TABLE ${table} ENABLE TRIGGER USER`);
    await owner.query('COMMIT');
  } catch (error) {
    await owner.query('ROLLBACK');
    throw error;
  }
}

test('every entry is sealed once, whoever writes and seals at the same time', async () => {
  const writing = Promise.all(Array.from({ length: 12 }, twoEntries));
  await Promise.all([seal(), seal(), seal()]);
  await writing;
  await Promise.all([seal(), seal()]);
  const sealed = await owner.query('SELECT unnest(entry_ids) AS id FROM audit_seal WHERE clinic_id = $1', [clinic.id]);
  expect(sealed.rows.map(({ id }) => id).sort()).toEqual(await entries());
  expect(await reading()).toMatchObject({ entriesSealed: 24, entriesWaiting: 0, faults: 0 });
});

test('an entry that is rolled back with its cause leaves nothing to seal', async () => {
  await seal();
  const failing = clinic.transaction(async (tx) => {
    await tx.query(
      `INSERT INTO audit_entry (clinic_id, id, at, action, subject_type) VALUES ($1, $2, '2026-11-18T08:00:00Z', 'patient.read', 'patient')`,
      [clinic.id, newId()],
    );
    throw new Error('the cause failed');
  });
  await expect(failing).rejects.toThrow('the cause failed');
  expect(await seal()).toMatchObject({ outcome: 'done', seals: 0, entries: 0 });
});

test('the chain stands on what was before: the same entries after another seal have another digest', () => {
  const block = { number: 2, entryIds: ['a'], entryDigests: ['b'], sealedAt: '2026-11-18T08:00:00.000Z' };
  expect(digestOf({ ...block, previousDigest: '0'.repeat(64) })).not.toBe(digestOf({ ...block, previousDigest: '1'.repeat(64) }));
});

describe('what the owner of the database does to it is found', () => {
  test.each([
    ['what was done', `action = 'patient.edit'`],
    ['who did it', 'actor_id = NULL'],
    ['when it was', `at = at + interval '1 second'`],
    ['by less than a millisecond', `at = at + interval '1 microsecond'`],
    ['whom it concerned', 'patient_id = NULL'],
    ['what was recorded', `after = '{"familyName": "Other"}'`],
    ['the request', `request_id = 'another'`],
  ])('an entry was edited: %s', async (_, change) => {
    const ids = await threeSeals();
    await tamper('audit_entry', `UPDATE audit_entry SET ${change} WHERE clinic_id = $1 AND id = $2`, [clinic.id, ids[2]]);
    expect(await faults()).toEqual([['edited', ids[2], 2]]);
  });

  test('an entry was removed', async () => {
    const ids = await threeSeals();
    await tamper('audit_entry', 'DELETE FROM audit_entry WHERE clinic_id = $1 AND id = $2', [clinic.id, ids[1]]);
    expect(await faults()).toEqual([['removed', ids[1], 1]]);
  });

  test('an entry was removed before it could be sealed', async () => {
    await twoEntries();
    const [gone] = await entries();
    await tamper('audit_entry', 'DELETE FROM audit_entry WHERE clinic_id = $1 AND id = $2', [clinic.id, gone]);
    expect(await faults()).toEqual([['removed', gone, null]]);
    await seal();
    expect(await faults()).toEqual([['removed', gone, 1]]);
  });

  test('an entry was inserted past the triggers', async () => {
    await threeSeals();
    const id = newId();
    const row = `INSERT INTO audit_entry (clinic_id, id, at, action, subject_type) VALUES ($1, $2, '2026-11-18T08:30:00Z', 'patient.read', 'patient')`;
    await tamper('audit_entry', row, [clinic.id, id]);
    expect(await faults()).toEqual([['inserted', id, null]]);
  });

  test('an entry was inserted that says it is of a time long sealed', async () => {
    await threeSeals();
    const id = newId();
    await owner.query(
      `INSERT INTO audit_entry (clinic_id, id, at, action, subject_type) VALUES ($1, $2, '2026-11-18T08:30:00Z', 'patient.read', 'patient')`,
      [clinic.id, id],
    );
    await seal();
    expect(await faults()).toEqual([['backdated', id, 4]]);
  });

  test('an entry was moved to another clinic', async () => {
    const ids = await threeSeals();
    const other = await api.newClinic();
    await tamper('audit_entry', 'UPDATE audit_entry SET clinic_id = $3, actor_id = NULL WHERE clinic_id = $1 AND id = $2', [
      clinic.id,
      ids[0],
      other.id,
    ]);
    expect(await faults()).toEqual([['removed', ids[0], 1]]);
    expect((await readTrail(api.database, other.id)).findings).toEqual([{ kind: 'inserted', entryId: ids[0], seal: null }]);
  });

  test('an entry was edited and its digest with it', async () => {
    const ids = await threeSeals();
    await tamper('audit_entry', `UPDATE audit_entry SET action = 'patient.edit' WHERE clinic_id = $1 AND id = $2`, [clinic.id, ids[2]]);
    const sql = `UPDATE audit_seal SET entry_digests[1] = repeat('a', 64) WHERE clinic_id = $1 AND number = 2`;
    await tamper('audit_seal', sql, [clinic.id]);
    expect(await faults()).toContainEqual(['seal-edited', null, 2]);
  });

  test('a seal was removed, and the one after it renumbered', async () => {
    const ids = await threeSeals();
    await tamper('audit_seal', 'DELETE FROM audit_seal WHERE clinic_id = $1 AND number = 2', [clinic.id]);
    expect(await faults()).toEqual([
      ['seal-removed', null, 2],
      ['inserted', ids[2], null],
      ['inserted', ids[3], null],
    ]);
    await tamper('audit_seal', 'UPDATE audit_seal SET number = 2 WHERE clinic_id = $1 AND number = 3', [clinic.id]);
    expect((await faults())[0]).toEqual(['seal-edited', null, 2]);
  });
});

test('neither the application nor the owner may change a seal while the triggers stand', async () => {
  await threeSeals();
  for (const change of ['UPDATE audit_seal SET number = 9', 'DELETE FROM audit_seal', 'TRUNCATE audit_seal']) {
    await expect(owner.query(change)).rejects.toThrow('append-only');
    await expect(clinic.transaction((tx) => tx.query(change))).rejects.toThrow(/permission denied/);
  }
});

test('an administrator sees the head of the chain and what the last reading found', async () => {
  const ids = await threeSeals();
  const before = await state();
  expect(before).toMatchObject({
    head: { number: 3, sealedAt: expect.stringMatching(/^2026-11-18T12:00/) },
    entriesWaiting: 0,
    lastVerification: null,
  });
  await clinic.administrator.ok(verifyAudit, { body: {} });
  const job = { clinicId: clinic.id, membershipId: clinic.members.administrator.membershipId };
  expect(api.enqueued.at(-1)).toEqual({ name: 'verify-audit-trail', payload: job });
  await api.runJob('verify-audit-trail', job);
  // The request to verify is itself on the trail.
  expect(await state()).toMatchObject({
    entriesWaiting: 1,
    lastVerification: {
      verifiedAt: expect.stringMatching(/^2026-11-18T14:00/),
      seals: 3,
      entriesSealed: 6,
      entriesWaiting: 1,
      faults: 0,
      findings: [],
    },
  });
  await tamper('audit_entry', 'UPDATE audit_entry SET request_id = NULL WHERE clinic_id = $1 AND id = $2', [clinic.id, ids[5]]);
  await api.clock.advance({ hours: 24 });
  expect(await api.runJob('verify-audit-trails', {})).toMatchObject({ outcome: 'done' });
  expect((await state()).lastVerification).toMatchObject({ faults: 1, findings: [{ kind: 'edited', entryId: ids[5], seal: 3 }] });
});

test('without the queue the request says so instead of promising', async () => {
  api.setQueueReachable(false);
  const { status, body } = await clinic.administrator.call(verifyAudit, { body: {} });
  api.setQueueReachable(true);
  expect([status, body.code]).toEqual([503, 'unavailable']);
});

test('only administrators see it, and only their clinic’s', async () => {
  await threeSeals();
  for (const role of ['nurse', 'physician'] as const) {
    expect((await clinic.as(role).call(readAuditSeal)).status).toBe(403);
    expect((await clinic.as(role).call(verifyAudit, { body: {} })).status).toBe(403);
  }
  expect(await (await api.newClinic()).administrator.ok(readAuditSeal)).toEqual({ head: null, entriesWaiting: 0, lastVerification: null });
});
