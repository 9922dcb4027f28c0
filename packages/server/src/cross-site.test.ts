// A browser that another site tells to write does not write: for every route of the contract that changes something, before anything
// else is looked at – the session, the permission, the record.
import { pathOf, ROUTES, type RouteShape } from '@vastus/contract';
import { ClinicContent } from './testing/clinic-content.js';
import { startTestApi, type TestApi } from './testing/index.js';
import { UNKNOWN_ID } from './testing/spoil-values.js';

let api: TestApi;
let contents: ClinicContent;
beforeAll(async () => {
  api = await startTestApi();
  contents = await ClinicContent.open(api.ownerUrl);
});
afterAll(async () => {
  await contents?.close();
  await api?.close();
});

const FOREIGN: readonly Record<string, string>[] = [
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site', origin: 'http://localhost' },
  { origin: 'https://evil.example' },
  { origin: 'http://localhost.evil.example' },
  { origin: 'null' },
  // A form of another site can send these, and names no JSON.
  { origin: 'https://evil.example', 'content-type': 'text/plain' },
];
// Those of the single sign-on are there only where it is set up, and have tests of their own.
const changing = Object.entries(ROUTES as Record<string, RouteShape>).filter(([, { method, onlyWith }]) => method !== 'GET' && !onlyWith);

test.each(changing)('%s', async (_, shape) => {
  const before = await contents.of(api.clinic.id);
  const ids = Object.fromEntries([...shape.path.matchAll(/:([A-Za-z]+)/g)].map(([, name]) => [name!, UNKNOWN_ID]));
  const url = `/api${pathOf(shape, ids)}`;
  for (const client of [api.as('administrator'), api.as('physician'), api.anonymous])
    for (const headers of FOREIGN)
      expect([headers, await client.send(shape.method, url, {}, headers)]).toMatchObject([
        headers,
        {
          status: 403,
          body: { code: 'cross-site-request' },
          headers: expect.not.objectContaining({ 'access-control-allow-origin': expect.anything() }),
        },
      ]);
  expect(await contents.of(api.clinic.id)).toBe(before);
});

test('no route that only reads changes anything, so that a link from elsewhere is harmless', () => {
  const reading = Object.values(ROUTES as Record<string, RouteShape>).filter(({ method }) => method === 'GET');
  expect(reading.filter(({ body, idempotent, ifMatch }) => body || idempotent || ifMatch)).toEqual([]);
});

test('no site is let in by a preflight', async () => {
  const headers = {
    origin: 'https://evil.example',
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'content-type',
  };
  const { status, headers: answered } = await api.anonymous.send('OPTIONS', '/api/patients', undefined, headers);
  expect(status).toBeGreaterThanOrEqual(400);
  expect(Object.keys(answered).filter((name) => name.startsWith('access-control-'))).toEqual([]);
});
