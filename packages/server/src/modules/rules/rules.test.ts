import { RULES } from '@vastus/clinical';
import { listRules } from '@vastus/contract';
import { insert, json, newId } from '@vastus/db';
import { startTestApi, type TestApi } from '../../testing/index.js';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi({ now: '2026-11-20T09:00:00.000Z' });
});
afterAll(() => api.close());

test('every rule is listed with where it stands and the numbers of the version in force', async () => {
  const { items } = await api.as('nurse').ok(listRules);
  expect(items.map(({ id }) => id)).toEqual(Object.keys(RULES));
  for (const { title, summary, sources } of items) expect([title, summary, sources[0]?.pointer].every(Boolean)).toBe(true);
  expect(items.filter(({ enforced }) => !enforced)).toEqual([]);
  const rotation = items.find(({ id }) => id === 'SITE-ROTATE');
  expect(rotation?.parameters).toEqual({ rotationDays: 14 });
  expect(items.find(({ id }) => id === 'SITE-DG')?.conflict?.decision).toMatch(/[Vv]entrogluteal/);

  await api.clinic.transaction(async (tx) => {
    const { id: basedOn, parameters } = await tx.one<{ id: string; parameters: object }>(
      'SELECT id, parameters FROM protocol_version WHERE clinic_id = $1',
      [tx.clinicId],
    );
    const { membershipId } = api.clinic.members.physician;
    const version = (number: number, rotationDays: number, inForceFrom: string) =>
      insert(tx, 'protocol_version', {
        clinicId: tx.clinicId,
        id: newId(),
        number,
        parameters: json({ ...parameters, rotationDays }),
        inForceFrom,
        createdAt: inForceFrom,
        state: 'signed',
        basedOn,
        draftedBy: membershipId,
        signedBy: membershipId,
        signedAt: inForceFrom,
      });
    await version(2, 21, api.clock.now());
    await version(3, 28, '2026-12-01T00:00:00.000Z');
  });
  const later = await api.as('administrator').ok(listRules);
  expect(later.items.find(({ id }) => id === 'SITE-ROTATE')?.parameters).toEqual({ rotationDays: 21 });
  const elsewhere = await (await api.newClinic()).nurse.ok(listRules);
  expect(elsewhere.items.find(({ id }) => id === 'SITE-ROTATE')?.parameters).toEqual({ rotationDays: 14 });
});

test('rules are for staff', async () => {
  expect((await api.anonymous.call(listRules)).status).toBe(401);
});
