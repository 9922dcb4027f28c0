import {
  addGtin,
  amendInjection,
  changeLotStatus,
  editPatient,
  exportLotRecipients,
  listAudit,
  listLotRecipients,
  listProducts,
  readLotRecall,
  recordInjection,
  recordRecallContact,
  voidInjection,
} from '@vastus/contract';
import * as build from '../../testing/build.js';
import { startTestApi, type TestApi, type TestClinic } from '../../testing/index.js';

const NOW = '2026-11-20T09:00:00.000Z';
let api: TestApi;
let clinic: TestClinic;

beforeAll(async () => {
  api = await startTestApi({ now: NOW });
});
afterAll(() => api.close());
beforeEach(async () => {
  await api.clock.set(NOW);
  clinic = await api.newClinic();
});

/** Somebody who received a dose of the lot. */
async function receives(
  lot: Awaited<ReturnType<typeof build.lot>>,
  familyName: string,
  givenAt = '2026-11-18T09:00:00.000Z',
  fields: object = {},
) {
  const patient = await build.patient(clinic, { familyName, phone: '+49 40 5550100', ...fields });
  const course = await build.course(clinic, patient.id, { startedOn: '2026-09-01' });
  const { injection } = await clinic.nurse.ok(recordInjection, {
    params: { patientId: patient.id },
    body: build.dose(course, lot, givenAt, { site: 'ventrogluteal-left' }),
  });
  return { patient, course, injection };
}
const names = async (lotId: string, query: object = {}) =>
  (await clinic.administrator.ok(listLotRecipients, { params: { lotId }, query })).items.map(({ patient }) => patient.familyName);
const contact = (lotId: string, patientId: string, outcome: 'advised' | 'reached' | 'not-reached' | 'refused', note?: string) =>
  clinic.nurse.ok(recordRecallContact, { params: { lotId, patientId }, body: { outcome, note } });

test('a recalled lot lists everyone who received it, in one step, and who recalled it', async () => {
  const lot = await build.lot(clinic);
  const other = await build.lot(clinic);
  await receives(lot, 'Borg');
  await receives(lot, 'Ahlers');
  await receives(other, 'Elsewhere');
  await clinic.administrator.ok(changeLotStatus, {
    params: { lotId: lot.id },
    body: { status: 'recalled', reason: 'recall of the maker' },
    headers: { 'if-match': '"1"' },
  });
  const recall = await clinic.administrator.ok(readLotRecall, { params: { lotId: lot.id } });
  expect(recall).toMatchObject({
    lot: {
      status: 'recalled',
      statusChangedAt: expect.stringMatching(/^2026-11-20T09:0/),
      statusChangedByName: clinic.members.administrator.name,
    },
    ...{ recipients: 2, untried: 2, advised: 0, deceased: 0 },
  });
  const { items } = await clinic.administrator.ok(listLotRecipients, { params: { lotId: lot.id }, query: {} });
  expect(items.map(({ patient, doses }) => [patient.familyName, doses])).toEqual([
    ['Ahlers', [{ givenOn: '2026-11-18', site: 'ventrogluteal-left' }]],
    ['Borg', [{ givenOn: '2026-11-18', site: 'ventrogluteal-left' }]],
  ]);
});

test('a dose of another lot after all, or entered in error, is off the list', async () => {
  const lot = await build.lot(clinic);
  const other = await build.lot(clinic);
  const wrong = await receives(lot, 'Ahlers');
  const voided = await receives(lot, 'Borg');
  await clinic.nurse.ok(amendInjection, {
    params: { injectionId: wrong.injection.id },
    body: { ...build.dose(wrong.course, other, '2026-11-18T09:00:00.000Z'), amendReason: 'read the vial again' },
  });
  await clinic.nurse.ok(voidInjection, { params: { injectionId: voided.injection.id }, body: { reason: 'was another patient' } });
  expect(await names(lot.id)).toEqual([]);
  expect(await names(other.id)).toEqual(['Ahlers']);
});

test('where a person stands is what the latest attempt says; the earlier ones stay', async () => {
  const lot = await build.lot(clinic);
  const { patient } = await receives(lot, 'Ahlers');
  await receives(lot, 'Borg');
  await contact(lot.id, patient.id, 'not-reached');
  await api.clock.set('2026-11-20T11:00:00.000Z');
  const row = await contact(lot.id, patient.id, 'advised', 'watches the arm, calls when numb');
  expect(row.contacts.map(({ outcome, note, recordedByName }) => [outcome, note, recordedByName])).toEqual([
    ['advised', 'watches the arm, calls when numb', clinic.members.nurse.name],
    ['not-reached', null, clinic.members.nurse.name],
  ]);
  expect(await names(lot.id, { contact: 'open' })).toEqual(['Borg']);
  expect(await names(lot.id, { contact: 'advised' })).toEqual(['Ahlers']);
  expect(await names(lot.id, { contact: 'untried' })).toEqual(['Borg']);
  expect(await clinic.nurse.ok(readLotRecall, { params: { lotId: lot.id } })).toMatchObject({
    recipients: 2,
    advised: 1,
    untried: 1,
    notReached: 0,
  });
  const [entry] = (await clinic.administrator.ok(listAudit, { query: { action: 'recall.contact' } })).items;
  expect(entry).toMatchObject({ after: { outcome: 'advised', lotNumber: lot.lotNumber }, patient: { id: patient.id } });
});

test('who died is not called, and is counted apart', async () => {
  const lot = await build.lot(clinic);
  const { patient } = await receives(lot, 'Ahlers');
  const { recordNumber, familyName, givenName, birthDate, sex } = patient;
  await clinic.nurse.ok(editPatient, {
    params: { patientId: patient.id },
    body: { recordNumber, familyName, givenName, birthDate, sex, deceasedOn: '2026-11-19' },
    headers: { 'if-match': `"${patient.version}"` },
  });
  expect(await names(lot.id, { contact: 'open' })).toEqual([]);
  expect(await clinic.nurse.ok(readLotRecall, { params: { lotId: lot.id } })).toMatchObject({ recipients: 1, untried: 0, deceased: 1 });
});

test('page after page, each person once', async () => {
  const lot = await build.lot(clinic);
  for (const name of ['Clausen', 'Ahlers', 'Borg']) await receives(lot, name);
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await clinic.nurse.ok(listLotRecipients, { params: { lotId: lot.id }, query: { limit: 1, cursor } });
    seen.push(...page.items.map(({ patient }) => patient.familyName));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  expect(seen).toEqual(['Ahlers', 'Borg', 'Clausen']);
});

test('nobody is contacted about a lot they did not receive, nor tomorrow, nor from another clinic', async () => {
  const lot = await build.lot(clinic);
  const { patient } = await receives(lot, 'Ahlers');
  const stranger = await build.patient(clinic);
  const body = { outcome: 'advised' as const };
  const call = (lotId: string, patientId: string, more: object = {}) =>
    clinic.nurse.call(recordRecallContact, { params: { lotId, patientId }, body: { ...body, ...more } });
  expect((await call(lot.id, stranger.id)).status).toBe(404);
  expect((await call(lot.id, patient.id, { contactedAt: '2026-11-21T09:00:00Z' })).body.issues?.[0]?.pointer).toBe('/contactedAt');
  const theirs = await api.newClinic();
  expect((await theirs.nurse.call(recordRecallContact, { params: { lotId: lot.id, patientId: patient.id }, body })).status).toBe(404);
  expect((await theirs.administrator.call(listLotRecipients, { params: { lotId: lot.id }, query: {} })).status).toBe(404);
});

test('the recall list as CSV has names and numbers for whoever calls, and the download stands in the trail', async () => {
  const lot = await build.lot(clinic);
  await receives(lot, '=Ahlers');
  const { status, headers, body } = await clinic.administrator.call(exportLotRecipients, {
    params: { lotId: lot.id },
    query: { contact: 'open' },
  });
  expect([status, headers['content-type']]).toEqual([200, 'text/csv; charset=utf-8']);
  expect(String(body)).toMatch(/^\uFEFFRecord number,Family name,[^\r]*\r\nR-\d+,'=Ahlers,Given,1960-05-17,'\+49 40 5550100,/);
  expect((await clinic.administrator.ok(listAudit, { query: { action: 'recall.export' } })).items).toMatchObject([
    { subjectId: lot.id, after: { format: 'csv', contact: 'open', lotNumber: lot.lotNumber } },
  ]);
  expect((await clinic.nurse.call(exportLotRecipients, { params: { lotId: lot.id }, query: {} })).body.permission).toBe('recall.export');
});

describe('the numbers of boxes', () => {
  test('a product has several, each kept with 14 digits and known once', async () => {
    const { id: productId } = await build.product(clinic);
    const params = { productId };
    await clinic.administrator.ok(addGtin, { params, body: { gtin: '4006381333931' } });
    const product = await clinic.administrator.ok(addGtin, { params, body: { gtin: '614141 123452' } });
    expect(product.gtins).toEqual(['00614141123452', '04006381333931']);
    const { id: other } = await build.product(clinic, 'cyanocobalamin');
    const again = await clinic.administrator.call(addGtin, { params: { productId: other }, body: { gtin: '04006381333931' } });
    expect([again.status, again.body.code, again.body.issues?.[0]?.pointer]).toEqual([409, 'already-exists', '/gtin']);
    expect((await clinic.administrator.ok(listAudit, { query: { action: 'product.add-gtin' } })).items).toHaveLength(2);
  });

  test('a wrong digit is refused, and a nurse adds none', async () => {
    const { id: productId } = await build.product(clinic);
    const wrong = await clinic.administrator.call(addGtin, { params: { productId }, body: { gtin: '4006381333932' } });
    expect([wrong.status, wrong.body.issues?.map(({ pointer, code }) => [pointer, code])]).toEqual([422, [['/gtin', 'check-digit']]]);
    expect((await clinic.nurse.call(addGtin, { params: { productId }, body: { gtin: '4006381333931' } })).body.permission).toBe(
      'product.change',
    );
    expect((await clinic.nurse.ok(listProducts)).items.find(({ id }) => id === productId)?.gtins).toEqual([]);
  });
});
