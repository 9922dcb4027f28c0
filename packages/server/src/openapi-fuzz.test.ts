// Drives every operation of the OpenAPI document with drawn requests and holds each answer against that document. Long: npm run fuzz.
// VASTUS_FUZZ_REQUESTS says how many, VASTUS_FUZZ_SEED repeats a run, VASTUS_FUZZ_ONLY names one operation.
import { randomInt } from 'node:crypto';
import { ROLES, type Role } from '@vastus/clinical';
import { allows } from '@vastus/contract';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { openApiDocument } from './modules/health/openapi.js';
import { shapesOf } from './platform/routing/completeness.js';
import { API_PREFIX } from './platform/routing/handles.js';
import {
  AS_IT_IS,
  fill,
  KnownIds,
  type OpenApiDocument,
  type Operation,
  operationsOf,
  type Recipe,
  recipesFor,
} from './testing/fuzz-requests.js';
import { startTestApi, type TestApi } from './testing/index.js';
import { SCENE_NOW, Scene } from './testing/scene.js';
import type { Sent } from './testing/spoil.js';
import { callerOf, type LooseRequest, ROUTE_NAMES, type RouteName, shapeOf, validRequest } from './testing/valid-requests.js';

const SEED = Number(process.env['VASTUS_FUZZ_SEED'] ?? randomInt(2 ** 31));
const REQUESTS = Number(process.env['VASTUS_FUZZ_REQUESTS'] ?? 600);
const LONGEST_MS = 2_000;
const PATIENCE_MS = 30_000;

// The tests are named after the operations before there is a server; that it serves this document is the first of them.
const document = JSON.parse(JSON.stringify(openApiDocument(Object.fromEntries(shapesOf({ testClock: true } as never))))) as OpenApiDocument;
const only = process.env['VASTUS_FUZZ_ONLY'];
const operations = operationsOf(document).filter(({ operationId }) => !only || operationId === only);
const runs = Math.ceil(REQUESTS / operations.length);

interface Heard {
  status: number;
  type: string;
  text: string;
  ms: number;
}

let api: TestApi;
let home: Scene;
let ids: KnownIds;
const errors: string[] = [];
const cookies = new Map<Role, string>();
const counted = new Map<string, Map<number, number>>();
let slowestMs = 0;

beforeAll(async () => {
  api = await startTestApi({ now: '2026-11-20T08:00:00.000Z', config: { logLevel: 'error' }, onLog: (line) => errors.push(line) });
  home = new Scene(api, api.clinic);
  const strangers = new Scene(api, await api.newClinic());
  await api.clock.set(SCENE_NOW);
  const { patient, course, injection } = await strangers.treated();
  ids = new KnownIds([
    strangers.clinic.id,
    patient.id,
    course.id,
    injection.id,
    await strangers.newAlert(),
    strangers.clinic.members.nurse.membershipId,
  ]);
  for (const name of ROUTE_NAMES) ids.learn(await validRequest(name, home));
}, 300_000);
afterAll(async () => {
  if (REQUESTS >= 5_000) report();
  await api?.close();
});
// Some requests end sessions, change roles and policies: nobody is left outside for the next operation.
afterEach(restore);

async function restore(): Promise<void> {
  cookies.clear();
  await api.clock.set(SCENE_NOW);
  await api.database.anywhere(async (q) => {
    await q.query('DELETE FROM auth.second_factor');
    await q.query('DELETE FROM auth."rateLimit"');
  });
  await home.clinic.transaction(async (tx) => {
    for (const role of ROLES)
      await tx.query('UPDATE membership SET active = true, role = $3 WHERE clinic_id = $1 AND id = $2', [
        tx.clinicId,
        home.clinic.members[role].membershipId,
        role,
      ]);
    await tx.query(`UPDATE clinic SET second_factor_roles = '{}' WHERE id = $1`, [tx.clinicId]);
  });
  await api.database.anywhere((q) => q.query('UPDATE auth.session SET ended_at = NULL, end_reason = NULL'));
}

async function cookieOf(role: Role): Promise<string> {
  const known = cookies.get(role) ?? (await api.session(home.clinic.members[role].userId));
  cookies.set(role, known);
  return known;
}

async function send({ method, url, body, headers }: Sent, isStream: boolean): Promise<Heard> {
  const since = performance.now();
  const answered = api.app.inject({
    method: method as 'GET',
    url,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { payload: body }),
    ...(isStream ? { payloadAsStream: true } : {}),
  });
  let timer: NodeJS.Timeout | undefined;
  const never = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${PATIENCE_MS} ms`)), PATIENCE_MS);
  });
  const answer = await Promise.race([answered, never]).finally(() => clearTimeout(timer));
  const ms = performance.now() - since;
  const type = String(answer.headers['content-type'] ?? '').split(';')[0]!;
  if (!isStream) return { status: answer.statusCode, type, text: answer.payload, ms };
  const stream = answer.stream();
  if (type === 'text/event-stream') {
    stream.destroy();
    return { status: answer.statusCode, type, text: '', ms };
  }
  let text = '';
  for await (const chunk of stream) text += String(chunk);
  return { status: answer.statusCode, type, text, ms };
}

const ajv = new Ajv2020({ strict: false, allErrors: true });
ajv.addFormat('uuid', /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i);
ajv.addFormat('date', (text: string) => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)));
ajv.addFormat('date-time', (text: string) => /^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(Date.parse(text)));
ajv.addFormat('email', /^\S+@\S+$/);
ajv.addSchema(document, 'openapi');
const validators = new Map<string, ValidateFunction>();

function validatorAt(...steps: string[]): ValidateFunction {
  const pointer = steps.map((step) => `/${encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'))}`).join('');
  const known = validators.get(pointer) ?? ajv.compile({ $ref: `openapi#${pointer}` });
  validators.set(pointer, known);
  return known;
}

/** What of an answer contradicts the document, or nothing. */
function faultOf(operation: Operation, sent: Sent, { status, type, text }: Heard): string | undefined {
  if (status >= 500) return `a ${status}`;
  if (errors.length > 0) return `a fault in the log: ${errors.join('\n')}`;
  const declared = operation.responses[String(status)];
  if (!declared) return `the status ${status}, which is not declared`;
  if (!declared.content?.[type]) return `${type || 'no content type'} where ${Object.keys(declared.content ?? {}).join(', ')} is declared`;
  const place = ['paths', operation.path, operation.method.toLowerCase()];
  if (/json$/.test(type)) {
    const isRight = validatorAt(...place, 'responses', String(status), 'content', type, 'schema');
    if (!isRight(JSON.parse(text))) return `what its schema does not allow: ${ajv.errorsText(isRight.errors)}`;
  }
  if (status >= 400 || !operation.body || sent.body === undefined) return undefined;
  const isAllowed = validatorAt(...place, 'requestBody', 'content', 'application/json', 'schema');
  // A mark of the byte order before the text is no part of it, either (RFC 8259, 8.1).
  const body = sent.body.replace(/^\ufeff/, '');
  return isAllowed(trimmed(body === '' ? {} : JSON.parse(body)))
    ? undefined
    : `${status} to a body that the document does not allow: ${ajv.errorsText(isAllowed.errors)}`;
}

/** Spaces around a text are no part of it. */
function trimmed(value: unknown): unknown {
  if (typeof value === 'string') return value.trim();
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(trimmed);
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, trimmed(child)]));
}

const shown = (text: string) => (text.length > 3_000 ? `${text.slice(0, 3_000)}… (${text.length} characters)` : text);

/** One operation with a valid request at hand, which is made anew when something was accepted. */
class Target {
  private readonly valid = new Map<Role, LooseRequest>();
  private readonly isStream: boolean;

  constructor(private readonly operation: Operation) {
    this.isStream = operation.operationId === 'listenToChanges';
  }

  async ask(recipe: Recipe, isAgain = false): Promise<Heard> {
    const asker = recipe.asker === 'any' ? this.someoneAllowed() : recipe.asker;
    const sent = fill(this.operation, recipe, await this.validFor(asker), ids);
    const isSignedIn = asker !== 'nobody' && !('cookie' in sent.headers);
    const whole: Sent = isSignedIn ? { ...sent, headers: { cookie: await cookieOf(asker), ...sent.headers } } : sent;
    errors.length = 0;
    const heard = await send(whole, this.isStream);
    // On a busy machine anything can take long once.
    if (heard.ms > LONGEST_MS && !isAgain) {
      this.valid.clear();
      await restore();
      return this.ask(recipe, true);
    }
    this.count(heard);
    const fault =
      faultOf(this.operation, whole, heard) ?? (heard.ms > LONGEST_MS ? `an answer after ${Math.round(heard.ms)} ms, twice` : undefined);
    if (fault)
      throw new Error(
        `${whole.method} ${shown(whole.url)} got ${fault}\n${JSON.stringify(sent.headers)}\n${shown(whole.body ?? '')}\n→ ${heard.status} ${shown(heard.text)}`,
      );
    if (Object.keys(Object.prototype).length > 0) throw new Error(`Object.prototype was changed by ${shown(whole.body ?? whole.url)}`);
    if (heard.status < 400 && this.operation.method !== 'GET') this.valid.clear();
    if (
      heard.status === 401 ||
      heard.status === 429 ||
      (heard.status < 400 && /^\/api\/(session|account|staff|test-clock)/.test(this.operation.path))
    )
      await restore();
    return heard;
  }

  private someoneAllowed(): Role {
    if (this.isStream) return 'nurse';
    const shape = shapeOf(this.operation.operationId as RouteName);
    return callerOf(shape);
  }

  private async validFor(asker: Role | 'nobody'): Promise<LooseRequest> {
    if (this.isStream) return {};
    const name = this.operation.operationId as RouteName;
    const { access } = shapeOf(name);
    const role = asker === 'nobody' || ('needs' in access && !allows(asker, access.needs)) ? callerOf(shapeOf(name)) : asker;
    const known = this.valid.get(role) ?? (await validRequest(name, home, role));
    ids.learn(known);
    this.valid.set(role, known);
    return known;
  }

  private count({ status, ms }: Heard): void {
    const statuses = counted.get(this.operation.operationId) ?? new Map<number, number>();
    counted.set(this.operation.operationId, statuses.set(status, (statuses.get(status) ?? 0) + 1));
    slowestMs = Math.max(slowestMs, ms);
  }
}

test('this is the document that is served', async () => {
  const served = (await api.anonymous.send('GET', `${API_PREFIX}/openapi.json`)).body;
  expect(served).toEqual(document);
  expect(operations.length).toBeGreaterThan(only ? 0 : 100);
});

describe(`seed ${SEED}, ${runs} requests each`, () => {
  test.each(operations.map((operation) => [`${operation.method} ${operation.path}`, operation] as const))(
    '%s',
    async (_, operation) => {
      const target = new Target(operation);
      expect((await target.ask(AS_IT_IS)).status).toBeLessThan(400);
      await fc.assert(
        fc.asyncProperty(recipesFor(operation, document), async (recipe) => {
          await target.ask(recipe);
        }),
        { seed: SEED, numRuns: runs - 1, interruptAfterTimeLimit: 900_000, markInterruptAsFailure: true },
      );
      const statuses = [...counted.get(operation.operationId)!.keys()];
      if (runs >= 50)
        expect(statuses).toEqual(expect.arrayContaining([expect.any(Number), ...(operation.security.length > 0 ? [401] : [])]));
    },
    1_000_000,
  );
});

function report(): void {
  const all = [...counted.values()].flatMap((statuses) => [...statuses]);
  const total = all.reduce((sum, [, count]) => sum + count, 0);
  const byStatus = new Map<number, number>();
  for (const [status, count] of all) byStatus.set(status, (byStatus.get(status) ?? 0) + count);
  const lines = [...byStatus].sort(([a], [b]) => a - b).map(([status, count]) => `${status}: ${count}`);
  const neverAccepted = [...counted].filter(([, statuses]) => ![...statuses.keys()].some((status) => status < 400)).map(([name]) => name);
  process.stdout.write(
    `\nfuzz: seed ${SEED}, ${counted.size} operations, ${total} requests, slowest ${Math.round(slowestMs)} ms\n${lines.join(', ')}\nnever accepted: ${neverAccepted.join(', ') || 'none'}\n`,
  );
}
