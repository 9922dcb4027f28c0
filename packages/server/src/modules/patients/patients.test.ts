import {
  editPatient,
  listAudit,
  listProducts,
  readFacts,
  readPatient,
  registerPatient,
  searchPatients,
  startCourse,
} from '@vastus/contract';
import { startTestApi, type TestApi, type TestClinic } from '../../testing/index.js';

let api: TestApi;
let clinic: TestClinic;

beforeAll(async () => {
  api = await startTestApi({ now: '2026-11-20T09:00:00.000Z' });
});
afterAll(() => api.close());
beforeEach(async () => {
  clinic = await api.newClinic();
});

const ANA = { recordNumber: 'MRN-1', familyName: 'Núñez', givenName: 'Ana María', birthDate: '1977-08-11', sex: 'female' } as const;
const register = (changes: Partial<Record<keyof typeof ANA | string, unknown>> = {}) =>
  clinic.nurse.ok(registerPatient, { body: { ...ANA, ...changes } as never });
const found = async (body: { q?: string; bornOn?: string }) => {
  const { items } = await clinic.nurse.ok(searchPatients, { body });
  return items.map(({ recordNumber }) => recordNumber);
};
const everybody = () => found({});
/** Far above what the slowest takes on an idle machine, far below what a matcher that goes back takes. */
const SLOWEST_MS = 2_000;

describe('registering', () => {
  test('a nurse registers a patient, and the trail says so', async () => {
    const patient = await register({ phone: '  +49 30 1234 ', note: '' });
    expect(patient).toMatchObject({ ...ANA, phone: '+49 30 1234', note: null, renalDysfunction: null, allergies: [], version: 1 });
    expect(await clinic.nurse.ok(readPatient, { params: { patientId: patient.id } })).toEqual(patient);
    const { items } = await clinic.administrator.ok(listAudit);
    expect(items.map(({ action }) => action)).toEqual(['patient.read', 'patient.register']);
    expect(items[1]).toMatchObject({
      actorName: clinic.members.nurse.name,
      actorRole: 'nurse',
      patient: { id: patient.id },
      after: { recordNumber: 'MRN-1' },
    });
  });

  test('a record number is given once in a clinic', async () => {
    await register();
    const { status, body } = await clinic.nurse.call(registerPatient, { body: { ...ANA, givenName: 'Eva' } });
    expect({ status, code: body.code, pointers: body.issues?.map(({ pointer }) => pointer) }).toEqual({
      status: 409,
      code: 'already-exists',
      pointers: ['/recordNumber'],
    });
    expect(await everybody()).toEqual(['MRN-1']);
    const elsewhere = await api.newClinic();
    await elsewhere.nurse.ok(registerPatient, { body: ANA });
  });

  test('the same Idempotency-Key registers once', async () => {
    const headers = { 'idempotency-key': 'register-ana' };
    const first = await clinic.nurse.ok(registerPatient, { body: ANA, headers });
    expect(await clinic.nurse.ok(registerPatient, { body: ANA, headers })).toEqual(first);
    expect(await everybody()).toEqual(['MRN-1']);
  });

  test.each([
    [{ birthDate: '2026-11-21' }, ['/birthDate']],
    [{ birthDate: '1896-11-19' }, []],
    [{ birthDate: '1895-11-20' }, ['/birthDate']],
    [{ birthDate: '2026-02-30' }, ['/birthDate']],
    [{ birthDate: '0000-01-01' }, ['/birthDate']],
    [{ deceasedOn: '1977-08-10' }, ['/deceasedOn']],
    [{ deceasedOn: '2026-11-21' }, ['/deceasedOn']],
    [{ birthDate: '2027-01-01', deceasedOn: '2027-01-02' }, ['/birthDate', '/deceasedOn']],
    [{ familyName: '   ' }, ['/familyName']],
    [{ familyName: 'a\u0000b' }, ['/familyName']],
    [{ givenName: '\ud800' }, ['/givenName']],
    [{ recordNumber: 'x'.repeat(41) }, ['/recordNumber']],
    [{ folicAcidMgPerDay: -1 }, ['/folicAcidMgPerDay']],
    [{ allergies: ['peanuts'] }, ['/allergies/0']],
    [{ sex: 7, surprise: true }, ['/sex', '/surprise']],
  ])('%j is answered with %j', async (changes, pointers) => {
    const { status, body } = await clinic.nurse.call(registerPatient, { body: { ...ANA, ...changes } as never });
    expect(status).toBe(pointers.length > 0 ? 422 : 201);
    expect((body.issues ?? []).map(({ pointer }) => pointer).sort()).toEqual(pointers);
    expect(await everybody()).toHaveLength(pointers.length > 0 ? 0 : 1);
  });

  test('an administrator may not register', async () => {
    const { status, body } = await clinic.administrator.call(registerPatient, { body: ANA });
    expect([status, body.permission]).toEqual([403, 'patient.register']);
    expect(await everybody()).toEqual([]);
  });
});

/** Texts that keep a matcher busy that goes back and tries again: with every sign LIKE, a trigram or an expression could take for its own. */
const PATHOLOGICAL = [
  'a'.repeat(100),
  'a '.repeat(50),
  'aA'.repeat(50),
  '%'.repeat(100),
  '%a'.repeat(50),
  '_%'.repeat(50),
  '\\'.repeat(99),
  '\\%'.repeat(50),
  '(a+)+$'.repeat(16),
  '.*'.repeat(50),
  '[[:alpha:]]*'.repeat(8),
  "''".repeat(50),
  '9'.repeat(100),
  '9 '.repeat(50),
  '1-'.repeat(50),
  '11.8.1977'.repeat(11),
  'é\u0301'.repeat(33),
  '\u0301'.repeat(100),
  'ﷺ'.repeat(100),
  'ß'.repeat(100),
  '\u{1F468}\u200D'.repeat(33),
  `${'\u2028'.repeat(98)}ab`,
];

test('a text made to keep a search busy is answered as fast as any other, among three thousand people named to suit it', async () => {
  await clinic.transaction((tx) =>
    tx.query(
      `INSERT INTO patient (clinic_id, id, record_number, family_name, given_name, birth_date, sex, search_name, recorded_at, recorded_by)
       SELECT $1, gen_random_uuid(), repeat('9', 30) || n, repeat('a', 90) || n % 7, repeat('a ', 45) || 'b', '1977-08-11', 'female',
              repeat('a', 90) || ' ' || repeat('a ', 45) || 'b', now(), $2
         FROM generate_series(1, 3000) n`,
      [clinic.id, clinic.members.nurse.membershipId],
    ),
  );
  const took: [string, number][] = [];
  for (const q of PATHOLOGICAL) {
    const since = performance.now();
    const { status } = await clinic.nurse.call(searchPatients, { query: { limit: 50 }, body: { q } });
    took.push([q.slice(0, 12), performance.now() - since]);
    expect([q, status]).toEqual([q, 200]);
  }
  expect(took.filter(([, ms]) => ms > SLOWEST_MS)).toEqual([]);
}, 60_000);

describe('searching', () => {
  beforeEach(async () => {
    await register();
    await register({ recordNumber: 'MRN-2', familyName: 'Müller-Lüdenscheidt', givenName: 'Jürgen', birthDate: '1977-08-11', sex: 'male' });
    await register({ recordNumber: 'KX 77', familyName: 'O’Brien', givenName: 'Li', birthDate: '1990-01-02' });
    const other = await api.newClinic();
    await other.nurse.ok(registerPatient, { body: { ...ANA, recordNumber: 'MRN-OTHER' } });
  });

  test.each([
    [{ q: 'nunez' }, ['MRN-1']],
    [{ q: 'NÚÑ' }, ['MRN-1']],
    [{ q: 'maria nun' }, ['MRN-1']],
    [{ q: 'nunez ana' }, ['MRN-1']],
    [{ q: 'ludens' }, ['MRN-2']],
    [{ q: 'Müller jurgen' }, ['MRN-2']],
    [{ q: 'obrien' }, ['KX 77']],
    [{ q: "o'br li" }, ['KX 77']],
    [{ q: 'li' }, ['KX 77']],
    [{ q: 'mrn-' }, ['MRN-2', 'MRN-1']],
    [{ q: 'MRN-2' }, ['MRN-2']],
    [{ q: 'kx 77' }, ['KX 77']],
    [{ q: 'kx' }, ['KX 77']],
    [{ q: '11.8.1977' }, ['MRN-2', 'MRN-1']],
    [{ q: '11/08/1977 ana' }, ['MRN-1']],
    [{ bornOn: '1977-08-11' }, ['MRN-2', 'MRN-1']],
    [{ q: 'li', bornOn: '1990-01-02' }, ['KX 77']],
    [{ q: 'li', bornOn: '1977-08-11' }, []],
    [{ q: '%' }, []],
    [{ q: '_____' }, []],
    [{ q: "'; DROP TABLE patient --" }, []],
    [{ q: 'zebra' }, []],
  ])('%j finds %j', async (query, expected) => {
    expect(await found(query)).toEqual(expected);
  });

  test('without a question everybody comes, by name, page after page', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await clinic.nurse.ok(searchPatients, { query: { limit: 1, cursor }, body: {} });
      seen.push(...page.items.map(({ familyName }) => familyName));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen).toEqual(['Müller-Lüdenscheidt', 'Núñez', 'O’Brien']);
  });

  test.each([{ q: 'mrn-' }, { bornOn: '1977-08-11' }])('%j comes in pages', async (body) => {
    const first = await clinic.nurse.ok(searchPatients, { query: { limit: 1 }, body });
    const second = await clinic.nurse.ok(searchPatients, { query: { limit: 1, cursor: first.nextCursor ?? '' }, body });
    expect([first, second].map(({ items }) => items[0]?.recordNumber)).toEqual(['MRN-2', 'MRN-1']);
    expect(second.nextCursor).toBeNull();
  });

  test.each(['nonsense', 'WzFd', Buffer.from('["00000000-0000-7000-8000-000000000000","all"]').toString('base64url')])(
    'the cursor %s is refused by name',
    async (cursor) => {
      const { status, body } = await clinic.nurse.call(searchPatients, { query: { cursor }, body: {} });
      expect([status, body.issues?.[0]?.pointer]).toEqual([422, 'query:cursor']);
    },
  );

  test('a row shows the next dose, and alerts of nobody else', async () => {
    const [{ id: patientId } = { id: '' }] = (await clinic.nurse.ok(searchPatients, { body: { q: 'MRN-1' } })).items;
    const { items: products } = await clinic.nurse.ok(listProducts);
    const productId = products.find(({ substance }) => substance === 'hydroxocobalamin')?.id ?? '';
    const { changes } = await clinic.nurse.ok(startCourse, {
      params: { patientId },
      body: { productId, cause: 'unknown', neurologicalInvolvement: false, regimen: 'loading-three-weekly', startedOn: '2026-11-20' },
    });
    const { items } = await clinic.nurse.ok(searchPatients, { body: {} });
    const rows = Object.fromEntries(
      items.map(({ recordNumber, nextDueOn, imHold, activeAlerts }) => [recordNumber, { nextDueOn, imHold, activeAlerts }]),
    );
    expect(rows['MRN-1']).toEqual({ nextDueOn: '2026-11-20', imHold: null, activeAlerts: changes.alertsRaised });
    expect(rows['MRN-2']).toEqual({ nextDueOn: null, imHold: null, activeAlerts: 0 });
  });
});

describe('editing', () => {
  const edit = (patientId: string, changes: Record<string, unknown>, version?: string) =>
    clinic.nurse.call(editPatient, {
      params: { patientId },
      body: { ...ANA, ...changes } as never,
      headers: version === undefined ? {} : { 'if-match': version },
    });

  test('a whole new version replaces the one that was read, and the trail keeps what changed', async () => {
    const { id } = await register({ phone: '123' });
    const { status, body } = await edit(id, { familyName: 'Ñandú', renalDysfunction: true }, '"1"');
    expect(status).toBe(200);
    expect(body.patient).toMatchObject({ familyName: 'Ñandú', renalDysfunction: true, phone: null, version: 2 });
    expect(await found({ q: 'nandu' })).toEqual(['MRN-1']);
    expect(await found({ q: 'nunez' })).toEqual([]);
    const { items } = await clinic.administrator.ok(listAudit, { query: { action: 'patient.edit' } });
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({
      before: { familyName: 'Núñez', renalDysfunction: null, phone: '123' },
      after: { familyName: 'Ñandú', renalDysfunction: true, phone: null },
    });
  });

  test('without If-Match nothing changes, with an old one neither', async () => {
    const { id } = await register();
    expect((await edit(id, { phone: '1' })).status).toBe(428);
    expect((await edit(id, { phone: '1' }, '"1"')).status).toBe(200);
    const stale = await edit(id, { phone: '2' }, '"1"');
    expect([stale.status, stale.body.code]).toEqual([412, 'stale-version']);
    expect((await edit(id, { phone: '2' }, '"one"')).status).toBe(422);
    expect(await clinic.nurse.ok(readPatient, { params: { patientId: id } })).toMatchObject({ phone: '1', version: 2 });
  });

  test('a record number of somebody else is refused', async () => {
    const { id } = await register();
    await register({ recordNumber: 'MRN-2' });
    const { status, body } = await edit(id, { recordNumber: 'MRN-2' }, '1');
    expect([status, body.issues?.[0]?.pointer]).toEqual([409, '/recordNumber']);
  });

  test('death ends what is due, a birth after the first treatment is refused', async () => {
    const { id } = await register();
    const { items: products } = await clinic.nurse.ok(listProducts);
    const productId = products.find(({ substance }) => substance === 'hydroxocobalamin')?.id ?? '';
    const course = {
      productId,
      cause: 'diet',
      neurologicalInvolvement: false,
      regimen: 'loading-three-weekly',
      startedOn: '2026-11-02',
    } as const;
    await clinic.nurse.ok(startCourse, { params: { patientId: id }, body: course });
    const impossible = await edit(id, { birthDate: '2026-11-03' }, '1');
    expect([impossible.status, impossible.body.issues?.[0]?.pointer]).toEqual([422, '/birthDate']);
    const { body } = await edit(id, { deceasedOn: '2026-11-20' }, '1');
    expect(body.changes.milestonesRemoved).toBeGreaterThan(0);
    expect((await clinic.nurse.ok(searchPatients, { body: {} })).items[0]).toMatchObject({ nextDueOn: null, activeAlerts: 0 });
  });

  test('an administrator reads and does not edit', async () => {
    const { id } = await register();
    const { status, body } = await clinic.administrator.call(editPatient, {
      params: { patientId: id },
      body: ANA,
      headers: { 'if-match': '1' },
    });
    expect([status, body.permission]).toEqual([403, 'patient.edit']);
    expect((await clinic.administrator.call(readPatient, { params: { patientId: id } })).status).toBe(200);
  });
});

test('another clinic’s patient does not exist', async () => {
  const { id } = await register();
  const { nurse } = await api.newClinic();
  const params = { patientId: id };
  expect((await nurse.call(readPatient, { params })).status).toBe(404);
  expect((await nurse.call(readFacts, { params })).status).toBe(404);
  expect((await nurse.call(editPatient, { params, body: ANA, headers: { 'if-match': '1' } })).status).toBe(404);
  expect((await nurse.call(readPatient, { params: { patientId: 'nobody' } })).body.issues?.[0]?.pointer).toBe('path:patientId');
});

test('the facts are those of the rules, with the protocol in force, and reading them is on record', async () => {
  const { id } = await register({ renalDysfunction: true });
  const { facts, protocol } = await clinic.physician.ok(readFacts, { params: { patientId: id } });
  expect(facts).toMatchObject({
    zone: 'Europe/Berlin',
    patient: { id, renalDysfunction: true, birthDate: '1977-08-11' },
    courses: [],
    injections: [],
  });
  expect(protocol['maintenanceMonths']).toBe(2);
  const { items } = await clinic.administrator.ok(listAudit, { query: { patientId: id } });
  expect(items.map(({ action }) => action)).toEqual(['patient.read-facts', 'patient.register']);
});
