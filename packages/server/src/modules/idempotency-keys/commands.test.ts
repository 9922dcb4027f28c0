import { Controller, Module } from '@nestjs/common';
import { type Input, type Lot, receiveLot } from '@vastus/contract';
import { insert, newId } from '@vastus/db';
import { audit } from '../../platform/audit.js';
import { Commands } from '../../platform/commands.js';
import { problem } from '../../platform/problems/problem.js';
import type { Caller } from '../../platform/routing/caller.js';
import { By, Handles, In } from '../../platform/routing/handles.js';
import { startTestApi, type TestApi, type TestClinic } from '../../testing/index.js';
import { IdempotencyKeysModule } from './idempotency-keys.module.js';

let held: Promise<void> | undefined;
let runs = 0;

@Controller()
class LotsController {
  constructor(private readonly commands: Commands) {}

  @Handles(receiveLot)
  receive(@In() input: Input<typeof receiveLot>, @By() caller: Caller): Promise<Lot> {
    return this.commands.run(caller, receiveLot, input, async (tx, now) => {
      runs++;
      await held;
      const { productId, lotNumber, expiresOn } = input.body;
      const id = newId();
      const receivedOn = now.slice(0, 10);
      await insert(tx, 'lot', { clinicId: tx.clinicId, id, productId, lotNumber, expiresOn, receivedOn, createdAt: now });
      await audit(tx, caller, now, { action: 'lot.receive', subjectType: 'lot', subjectId: id, after: input.body });
      if (lotNumber === 'REFUSED') throw problem('state-changed');
      return {
        id,
        productId,
        productName: 'B12',
        lotNumber,
        expiresOn,
        status: 'usable',
        statusReason: null,
        statusChangedAt: null,
        statusChangedByName: null,
        receivedOn,
        injectionsGiven: 0,
        version: 1,
      };
    });
  }
}

@Module({ controllers: [LotsController] })
class LotsModule {}

let api: TestApi;
let clinic: TestClinic;
let productId: string;
beforeAll(async () => {
  api = await startTestApi({
    modules: [LotsModule, IdempotencyKeysModule],
    now: '2026-11-20T10:00:00.000Z',
    config: { logLevel: 'silent' },
  });
});
afterAll(() => api?.close());
beforeEach(async () => {
  runs = 0;
  held = undefined;
  clinic = await api.newClinic();
  ({ id: productId } = await clinic.transaction((tx) => tx.one<{ id: string }>('SELECT id FROM product LIMIT 1')));
});

const body = (lotNumber: string) => ({ productId, lotNumber, expiresOn: '2030-01-31' });
const receive = (lotNumber: string, key?: string, who = clinic.nurse) =>
  who.call(receiveLot, { body: body(lotNumber), headers: key ? { 'idempotency-key': key } : {} });
const count = (table: string) => clinic.transaction(async (tx) => (await tx.one<{ count: number }>(`SELECT count(*) FROM ${table}`)).count);

test('a write happens at the clock’s time, and its audit entry says who, what and in which request', async () => {
  const { status, headers, body: lot } = await receive('A');
  expect(status).toBe(201);
  const entry = await clinic.transaction((tx) => tx.one<Record<string, unknown>>('SELECT * FROM audit_entry'));
  const { membershipId } = clinic.members.nurse;
  expect(entry).toMatchObject({
    actorId: membershipId,
    actorRole: 'nurse',
    action: 'lot.receive',
    subjectId: lot.id,
    requestId: headers['x-request-id'],
    after: body('A'),
    before: null,
  });
  expect(String(entry.at)).toMatch(/^2026-11-20T10:00:0/);
});

test('what is refused leaves nothing behind, neither the record nor its audit entry nor the key', async () => {
  expect((await receive('REFUSED', 'key-1')).status).toBe(409);
  expect([await count('lot'), await count('audit_entry'), await count('idempotency_key')]).toEqual([0, 0, 0]);
  expect((await receive('FINE', 'key-1')).status).toBe(201);
});

test('the same key and request have one effect and one answer', async () => {
  const first = await receive('A', 'key-1');
  const second = await receive('A', 'key-1');
  expect(second).toMatchObject({ status: 201, body: first.body });
  expect(JSON.stringify(second.body)).toBe(JSON.stringify(first.body));
  expect([runs, await count('lot'), await count('audit_entry')]).toEqual([1, 1, 1]);
});

test('the same fields in another order are the same request', async () => {
  await receive('A', 'key-1');
  const reordered = Object.fromEntries(Object.entries(body('A')).reverse());
  expect((await clinic.nurse.send('POST', '/api/lots', reordered, { 'idempotency-key': 'key-1' })).status).toBe(201);
  expect(runs).toBe(1);
});

test('a key that was used for something else is refused', async () => {
  await receive('A', 'key-1');
  expect(await receive('B', 'key-1')).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } });
});

test('the version that a request names is part of what it asks', async () => {
  const edit = (ifMatch: number) => {
    const { membershipId } = clinic.members.nurse;
    const caller = { clinicId: clinic.id, membershipId, role: 'nurse', requestId: 'r', timeZone: 'UTC', idempotencyKey: 'key-1', ifMatch };
    return api.app.get(Commands).run(caller as Caller, receiveLot, {}, async () => `version ${ifMatch}`);
  };
  expect([await edit(1), await edit(1)]).toEqual(['version 1', 'version 1']);
  await expect(edit(2)).rejects.toMatchObject({ code: 'idempotency-key-reused' });
});

test('somebody else’s key is another key, in the same clinic and in another', async () => {
  await receive('A', 'key-1');
  expect((await receive('B', 'key-1', clinic.administrator)).status).toBe(201);
  const other = await api.newClinic();
  const { id } = await other.transaction((tx) => tx.one<{ id: string }>('SELECT id FROM product LIMIT 1'));
  expect(
    (await other.nurse.call(receiveLot, { body: { ...body('A'), productId: id }, headers: { 'idempotency-key': 'key-1' } })).status,
  ).toBe(201);
});

test('of a double click both get the answer of the first', async () => {
  let release = () => {};
  held = new Promise((resolve) => {
    release = resolve;
  });
  const clicks = [receive('A', 'key-1'), receive('A', 'key-1'), receive('A', 'key-1')];
  while (runs === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  release();
  const answers = await Promise.all(clicks);
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
  expect(new Set(answers.map(({ body: lot }) => lot.id)).size).toBe(1);
  expect([runs, await count('lot')]).toEqual([1, 1]);
});

test('a key is good for 24 hours, and then a new one', async () => {
  await receive('A', 'key-1');
  await api.clock.set('2026-11-21T09:59:00.000Z');
  expect((await receive('B', 'key-1')).status).toBe(422);
  await api.clock.set('2026-11-21T10:01:00.000Z');
  expect((await receive('B', 'key-1')).status).toBe(201);
  expect((await receive('B', 'key-1')).status).toBe(201);
  expect([runs, await count('lot'), await count('idempotency_key')]).toEqual([2, 2, 1]);
  await api.clock.set('2026-11-20T10:00:00.000Z');
});

test('old keys are forgotten, and only those', async () => {
  await receive('A', 'key-1');
  await api.clock.set('2026-11-21T09:00:00.000Z');
  await receive('B', 'key-2');
  await api.clock.set('2026-11-21T10:01:00.000Z');
  expect(await api.runJob('forget-idempotency-keys', {})).toMatchObject({ outcome: 'done' });
  expect(await clinic.transaction((tx) => tx.many('SELECT key FROM idempotency_key'))).toEqual([{ key: 'key-2' }]);
  expect(await api.runJob('forget-idempotency-keys', {})).toEqual({ outcome: 'done', forgotten: 0 });
  await api.clock.set('2026-11-20T10:00:00.000Z');
});

test('without a key each request counts; a unique index still has the last word', async () => {
  await receive('A');
  expect(await receive('A')).toMatchObject({ status: 409, body: { code: 'already-exists' } });
});

test('a read cannot write', async () => {
  const { membershipId } = clinic.members.nurse;
  const reading = api.app.get(Commands).read({ clinicId: clinic.id, membershipId }, (tx) => tx.query(`UPDATE clinic SET name = 'x'`));
  await expect(reading).rejects.toThrow(/read-only transaction/);
});
