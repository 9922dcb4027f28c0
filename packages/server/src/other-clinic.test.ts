// Random people walk through random routes with ids of another clinic, in the address, in what they ask for and in what they send.
// There is nothing there for them, they are shown nothing of it, and nothing is written on either side.
import { randomInt } from 'node:crypto';
import { ROLES } from '@vastus/clinical';
import { allows, type Problem, switchClinic } from '@vastus/contract';
import fc from 'fast-check';
import { Client, type Reply } from './testing/clients.js';
import { ClinicContent } from './testing/clinic-content.js';
import { startTestApi, type TestApi } from './testing/index.js';
import { SCENE_NOW, Scene } from './testing/scene.js';
import { sentOf } from './testing/spoil.js';
import { type LooseRequest, ROUTE_NAMES, type RouteName, shapeOf, validRequest } from './testing/valid-requests.js';

const SEED = Number(process.env['VASTUS_FUZZ_SEED'] ?? randomInt(2 ** 31));
const WALKS = Number(process.env['VASTUS_FUZZ_WALKS'] ?? 150);
const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
/** Somebody who works in both clinics, and is in the other one now. */
const BOTH = 'nurse of both';
const ASKERS = [...ROLES, BOTH] as const;

/** A place in a request that holds an id: `params patientId`, `body baseline limbs 0`. */
type Place = readonly string[];

interface Walk {
  name: RouteName;
  places: readonly Place[];
  home: LooseRequest;
  abroad: LooseRequest;
}

let api: TestApi;
let home: Scene;
let abroad: Scene;
let contents: ClinicContent;
const walks: Walk[] = [];
const homeIds = new Set<string>();
const homeTexts: string[] = [];

beforeAll(async () => {
  api = await startTestApi({ now: '2026-11-20T08:00:00.000Z' });
  [home, abroad] = [new Scene(api, api.clinic), new Scene(api, await api.newClinic())];
  contents = await ClinicContent.open(api.ownerUrl);
  await api.clock.set(SCENE_NOW);
  for (const name of ROUTE_NAMES) {
    const requests = { home: await validRequest(name, home), abroad: await validRequest(name, abroad) };
    const places = placesOf(requests.abroad).filter((place) => isId(at(requests.home, place)));
    if (places.length > 0) walks.push({ name, places, ...requests });
  }
  await abroad.clinic.employ(home.clinic.members.nurse.userId, 'nurse');
  await openSessions();
  const { rows } = await contents.owner.query<{ texts: string[] }>(
    `SELECT array_agg(record_number) || array_agg(family_name) AS texts FROM patient WHERE clinic_id = $1 AND family_name LIKE 'Family%'`,
    [home.clinic.id],
  );
  homeTexts.push(...rows[0]!.texts);
  for (const table of contents.tables) {
    const found = await contents.owner.query<{ row: string }>(`SELECT t::text AS row FROM "${table}" t WHERE clinic_id = $1`, [
      home.clinic.id,
    ]);
    for (const { row } of found.rows) for (const id of row.match(UUID) ?? []) homeIds.add(id);
  }
  for (const id of idsOf(JSON.stringify(walks.map((walk) => walk.abroad)))) homeIds.delete(id);
}, 300_000);
afterAll(async () => {
  await contents?.close();
  await api?.close();
});

/** Some requests end the sessions of whoever makes them. */
const openSessions = () => api.database.anywhere((q) => q.query('UPDATE auth.session SET ended_at = NULL, end_reason = NULL'));
const isId = (value: unknown) => typeof value === 'string' && value.match(UUID)?.[0] === value;
const idsOf = (text: string) => new Set(text.match(UUID) ?? []);

function placesOf(value: unknown, path: Place = []): Place[] {
  if (isId(value)) return [path];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => (path.length === 0 && key === 'headers' ? [] : placesOf(child, [...path, key])));
}

const at = (value: unknown, path: Place): unknown =>
  path.reduce<unknown>((place, key) => (place as Record<string, unknown> | undefined)?.[key], value);

function withId(value: unknown, [key, ...rest]: Place, id: string): unknown {
  if (key === undefined) return id;
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string, unknown>;
  copy[key] = withId(copy[key], rest, id);
  return copy;
}

async function clientOf(asker: (typeof ASKERS)[number]): Promise<Client> {
  const { userId } = asker === BOTH ? home.clinic.members.nurse : abroad.clinic.members[asker];
  const client = new Client(api.app, await api.session(userId));
  await client.ok(switchClinic, { body: { clinicId: abroad.clinic.id } });
  return client;
}

/** What is wrong with the answer to a request that names a record of the other clinic, or nothing. */
function faultOf(name: RouteName, mayCall: boolean, changed: readonly Place[], { status, body }: Reply<Problem>): string | undefined {
  if (!mayCall) return status === 403 ? undefined : 'is answered to a role that may not';
  const parts = new Set(changed.map(([part]) => part));
  if (parts.has('params')) return status === 404 ? undefined : 'finds something in the other clinic';
  if (parts.has('body')) {
    const results = (body as { results?: { result: string }[] }).results;
    if (results?.every(({ result }) => result === 'not-found')) return undefined;
    return status === 404 || status === 422
      ? undefined
      : `takes an id of the other clinic for ${changed.map((place) => place.join('/')).join(', ')}`;
  }
  if (status >= 400) return status === 404 || status === 422 ? undefined : 'is answered strangely';
  const { items, lot } = body as { items?: unknown[]; lot?: unknown };
  const found = items?.length ?? (lot ? 1 : 0);
  return found === 0 ? undefined : `finds ${found} of ${name}`;
}

test('every route that takes an id is walked', () => {
  expect(walks.length).toBeGreaterThan(80);
  expect(homeIds.size).toBeGreaterThan(200);
  expect(new Set(walks.flatMap(({ places }) => places.map(([part]) => part)))).toEqual(new Set(['params', 'query', 'body']));
});

test(`whoever names a record of another clinic finds nothing there (seed ${SEED})`, async () => {
  const before = await contents.of(home.clinic.id);
  const drawn = fc.record({
    walk: fc.nat(),
    asker: fc.constantFrom(...ASKERS),
    which: fc.array(fc.nat(), { minLength: 1, maxLength: 3 }),
    instead: fc.option(fc.nat(), { freq: 3 }),
  });
  const pool = [...homeIds];
  await fc.assert(
    fc.asyncProperty(drawn, async ({ walk, asker, which, instead }) => {
      const { name, places, home: theirs, abroad: ours } = walks[walk % walks.length]!;
      const shape = shapeOf(name);
      // The clinics one works in and the sessions one has are one's own, wherever one is.
      fc.pre(asker !== BOTH || 'needs' in shape.access);
      const changed = which.map((nth) => places[nth % places.length]!);
      const request = changed.reduce<unknown>(
        (made, place) => withId(made, place, instead === null ? (at(theirs, place) as string) : pool[instead % pool.length]!),
        ours,
      ) as LooseRequest;
      const sent = sentOf(shape, request);
      const role = asker === BOTH ? 'nurse' : asker;
      const mayCall = !('needs' in shape.access) || allows(role, shape.access.needs);
      const client = await clientOf(asker);
      const ourContent = await contents.of(abroad.clinic.id);
      const answer = await client.send<Problem>(sent.method, sent.url, sent.body, sent.headers);
      const text = JSON.stringify(answer.body);
      const asked = idsOf(JSON.stringify(sent));
      const leaked = [...idsOf(text)].filter((id) => homeIds.has(id) && !asked.has(id));
      const told = homeTexts.filter((word) => text.includes(`"${word}"`));
      const fault =
        faultOf(name, mayCall, changed, answer) ??
        (leaked.length + told.length > 0 ? `tells ${[...leaked, ...told].join(', ')}` : undefined) ??
        ((await contents.of(home.clinic.id)) === before ? undefined : 'writes in the other clinic') ??
        (answer.status < 400 || (await contents.of(abroad.clinic.id)) === ourContent ? undefined : 'is refused and written');
      if (fault)
        throw new Error(`${asker}: ${sent.method} ${sent.url} ${fault}\n${sent.body ?? ''}\n→ ${answer.status} ${text.slice(0, 2_000)}`);
    }),
    { seed: SEED, numRuns: WALKS },
  );
}, 600_000);
