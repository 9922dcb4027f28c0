// What is known about a person is in the answer to who asked for it, and nowhere else: not in a line of the log, not in a label of a
// metric, not in a header, not in an address the server hands out.
import { inspect } from 'node:util';
import { registerPatient, searchPatients } from '@vastus/contract';
import { loggable } from './platform/problems/causes.js';
import { Client } from './testing/clients.js';
import { startTestApi, type TestApi } from './testing/index.js';
import { SCENE_NOW, Scene } from './testing/scene.js';
import { sentOf } from './testing/spoil.js';
import { schemaOf } from './testing/spoil-body.js';
import { callerOf, ROUTE_NAMES, shapeOf, validRequest } from './testing/valid-requests.js';

const MARK = 'Quixotewinkel';
const PERSON = {
  recordNumber: `MRN-${MARK}`,
  familyName: MARK,
  givenName: `Given${MARK}`,
  birthDate: '1931-03-07',
  sex: 'female' as const,
  phone: '+49 30 555 0 777',
  email: `${MARK}@example.org`,
  note: `note ${MARK}`,
  allergies: ['other' as const],
  allergyNote: `allergic ${MARK}`,
  interpreterLanguage: `lang ${MARK}`,
};
const SECRETS = [MARK, MARK.toLowerCase(), '1931-03-07', '555 0 777', 'numb below the knee', 'as discussed'];

let api: TestApi;
const log: string[] = [];
const headers: string[] = [];
beforeAll(async () => {
  api = await startTestApi({ now: '2026-11-20T08:00:00.000Z', config: { logLevel: 'debug' }, onLog: (line) => log.push(line) });
});
afterAll(() => api?.close());

test('a name, a record number, a date of birth, a phone number, a narrative: in no log line, no label, no header', async () => {
  const scene = new Scene(api, api.clinic);
  await api.clock.set(SCENE_NOW);
  const keep = (answer: { headers: object }) => headers.push(JSON.stringify(answer.headers));
  const nurse = scene.clinic.nurse;
  const { id } = await nurse.ok(registerPatient, { body: PERSON });

  // Every route, with a valid request; then what goes wrong on the way, where errors like to quote.
  for (const name of ROUTE_NAMES.filter((route) => 'needs' in shapeOf(route).access)) {
    const shape = shapeOf(name);
    const { method, url, body, headers: sent } = sentOf(shape, await validRequest(name, scene));
    const client = new Client(api.app, await api.session(scene.clinic.members[callerOf(shape)].userId));
    const answer = await client.send(method, url, body, sent);
    keep(answer);
    // Opened by itself, what the API answers is kept as a file, and is never a page.
    expect([name, answer.headers['content-disposition']]).toEqual([name, expect.stringMatching(/^attachment; filename="[\w.-]+"$/)]);
    await api.database.anywhere((q) => q.query('UPDATE auth.session SET ended_at = NULL, end_reason = NULL'));
  }
  const ask = async (...request: Parameters<Client['send']>) => keep(await nurse.send(...request));
  await ask('POST', '/api/patients/search', { q: MARK, bornOn: '1931-03-07' });
  await ask('POST', `/api/patients/search?limit=${MARK}`, { q: MARK });
  await ask('POST', `/api/patients/search?q=${MARK}`, {});
  await ask('GET', `/api/patients?q=${MARK}&bornOn=1931-03-07`);
  await ask('GET', `/api/patients/${MARK}`);
  await ask('GET', `/api/${MARK}/${MARK}?${MARK}=1`);
  await ask('GET', `/${MARK}.html`);
  await ask('GET', `/api/patients/%zz${MARK}`);
  await ask('PATCH', `/api/patients/${MARK}`, PERSON);
  await ask('POST', '/api/patients', PERSON);
  await ask('POST', '/api/patients', { ...PERSON, recordNumber: 7, familyName: `${MARK}\u0000` });
  await ask('POST', '/api/patients', { ...PERSON, [MARK]: 1 });
  await ask('POST', '/api/patients', `{"familyName":"${MARK}`);
  await ask('POST', '/api/patients', PERSON, { 'content-type': `text/${MARK}` });
  await ask('PUT', `/api/patients/${id}`, PERSON, { 'if-match': '"77"' });
  await ask('PUT', `/api/patients/${id}`, PERSON, { 'if-match': MARK });
  await ask('POST', `/api/patients/${id}/injections`, { note: MARK }, { 'idempotency-key': `${MARK} ${MARK}` });
  await ask('GET', `/api/patients/${id}/chart`, undefined, { 'x-request-id': `${MARK} 1` });
  await ask('POST', '/api/session', { email: PERSON.email, password: MARK });
  // The database itself complains, and quotes the row it complains about.
  await scene.clinic
    .transaction((tx) =>
      tx.query('UPDATE patient SET record_number = (SELECT record_number FROM patient WHERE id = $2) WHERE id <> $2 AND clinic_id = $1', [
        tx.clinicId,
        id,
      ]),
    )
    .catch((error: Error) => expect(JSON.stringify([error.message, error])).not.toContain(MARK));

  const { body: metrics } = await api.anonymous.send<string>('GET', '/metrics');
  expect(log.length).toBeGreaterThan(200);
  expect(log.filter((line) => SECRETS.some((secret) => line.includes(secret)))).toEqual([]);
  expect(metrics).toContain('route="/api/patients"');
  expect(metrics.split('\n').filter((line) => SECRETS.some((secret) => line.includes(secret)))).toEqual([]);
  // An id is no name, but a label for each would never end.
  expect(metrics).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/);
  expect(headers.filter((line) => SECRETS.some((secret) => line.includes(secret)))).toEqual([]);
}, 300_000);

/** Parameters of an address that are free text: a rule's, an act's and a vial's name, and the place where a page ended. */
const TEXTS_OF_ADDRESSES = ['action', 'cursor', 'lotNumber', 'ruleId'];

test('no address has a place for what is known about a person: ids, days, numbers and words of ours, and no other text', () => {
  const free = ROUTE_NAMES.flatMap((name) => {
    const { query } = shapeOf(name);
    const { properties = {} } = (query ? schemaOf(query) : {}) as { properties?: Record<string, Record<string, unknown>> };
    return Object.entries(properties)
      .filter(([, { type, format, enum: words }]) => type === 'string' && words === undefined && format !== 'uuid' && format !== 'date')
      .map(([parameter]) => parameter);
  });
  expect([...new Set(free)].sort()).toEqual(TEXTS_OF_ADDRESSES);
  const days = ROUTE_NAMES.flatMap((name) => Object.keys((shapeOf(name).query as { shape?: object } | undefined)?.shape ?? {}));
  expect(days.filter((parameter) => /born|birth|name|phone|mail|^q$/i.test(parameter))).toEqual([]);
});

test('where a page ended is told without anybody’s name', async () => {
  const scene = new Scene(api, await api.newClinic());
  const lists = ROUTE_NAMES.filter((name) => 'cursor' in ((shapeOf(name).query as { shape?: object } | undefined)?.shape ?? {}));
  const told: string[] = [];
  for (const name of lists) {
    const shape = shapeOf(name);
    const client = new Client(api.app, await api.session(scene.clinic.members[callerOf(shape)].userId));
    // Twice, so that there is a second page of what each scene makes.
    for (const request of [await validRequest(name, scene), await validRequest(name, scene)]) {
      const sent = sentOf(shape, { ...request, query: { limit: '1' }, ...(request.body === undefined ? {} : { body: {} }) });
      const { body } = await client.send<{ nextCursor: string | null }>(sent.method, sent.url, sent.body, sent.headers);
      if (body.nextCursor) told.push(`${name} ${Buffer.from(body.nextCursor, 'base64url').toString()}`);
    }
  }
  expect(new Set(told.map((line) => line.split(' ')[0])).size).toBeGreaterThanOrEqual(lists.length / 2);
  const names = (await scene.clinic.nurse.ok(searchPatients, { query: { limit: 200 }, body: {} })).items.flatMap((row) => [
    row.familyName,
    row.givenName,
    row.recordNumber,
    row.birthDate,
  ]);
  expect(names.length).toBeGreaterThan(4);
  expect(told.filter((line) => names.some((name) => line.includes(`"${name}"`)))).toEqual([]);
});

test('what the database complains about is not quoted in the log', async () => {
  const { id } = await api.clinic.nurse.ok(registerPatient, { body: { ...PERSON, recordNumber: 'another' } });
  const complaints: unknown[] = [];
  for (const sql of [
    'UPDATE patient SET sex = $3 WHERE clinic_id = $1 AND id = $2',
    'UPDATE patient SET birth_date = $3 WHERE clinic_id = $1 AND id = $2',
  ])
    await api.clinic.transaction((tx) => tx.query(sql, [tx.clinicId, id, MARK])).catch((error: unknown) => complaints.push(error));
  expect(complaints).toHaveLength(2);
  for (const complaint of complaints) expect(inspect(loggable(complaint), { depth: 10 })).not.toContain(MARK);
});
