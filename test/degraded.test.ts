/** What a clinic meets on a bad day: the database or the queue away, too much to do, clients that dawdle, a server that is being stopped. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Problem, pathOf, readChart, readSystem, recordInjection } from '@vastus/contract';
import { Database } from '@vastus/db';
import { createTestDatabase, type TestDatabase } from '@vastus/db/testing';
import pg from 'pg';
import { Gate } from '../infra/local/drill/gate.mjs';
import { freePort } from '../infra/local/postgres.mjs';
import * as build from '../packages/server/src/testing/build.js';
import { startTestApi, type TestApi, type TestApiOptions } from '../packages/server/src/testing/test-api.js';
import { until } from '../packages/server/src/testing/until.js';

const NOW = '2026-11-20T09:00:00.000Z';
const NOBODY = 'redis://127.0.0.1:1';
const API = path.join(__dirname, '../apps/api/dist/main.js');

const opened: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
});

async function open(options: TestApiOptions = {}): Promise<TestApi> {
  // What goes wrong here goes wrong on purpose.
  const api = await startTestApi({ now: NOW, ...options, config: { logLevel: 'silent', ...options.config } });
  opened.push(api);
  return api;
}

/** A dose that may be given, as a request. */
async function dose(api: TestApi) {
  const { patient, course, lot } = await build.treated(api.clinic, '2026-09-14T09:00:00.000Z');
  return { params: { patientId: patient.id }, body: build.dose(course, lot, '2026-11-20T08:30:00.000Z') };
}
type Dose = Awaited<ReturnType<typeof dose>>;

/** The same past HTTP, to the server at `port`. */
async function send(api: TestApi, port: number, { params, body }: Dose, key: string) {
  const response = await fetch(`http://127.0.0.1:${port}/api${pathOf(recordInjection, params)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie: api.clinic.members.nurse.cookie, 'idempotency-key': key },
    body: JSON.stringify(body),
  });
  return { status: response.status, retryAfter: response.headers.get('retry-after'), body: (await response.json()) as Problem };
}

async function listen(api: TestApi): Promise<number> {
  await api.app.listen({ host: '127.0.0.1', port: 0 });
  return (api.app.getHttpServer().address() as { port: number }).port;
}

/** Somebody holds the patient: whoever writes about them waits until `letGo`. */
async function hold(api: TestApi, { params }: Dose) {
  const owner = new pg.Client(api.ownerUrl);
  await owner.connect();
  await owner.query('BEGIN');
  await owner.query('SELECT FROM patient WHERE id = $1 FOR UPDATE', [params.patientId]);
  const waiting = async (count: number) => {
    const question = `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    await until(async () => (await owner.query(question)).rows[0].n >= count);
  };
  owner.on('error', () => {});
  const letGo = async () => {
    await owner.query('ROLLBACK');
    await owner.end();
  };
  return { waiting, letGo };
}

/** A door to the database of `url`, and its address. */
async function door(url: string): Promise<{ gate: Gate; url: string }> {
  const gate = await Gate.open(Number(new URL(url).port));
  opened.push(gate);
  return { gate, url: Object.assign(new URL(url), { port: String(gate.port) }).toString() };
}

describe('the database is away', () => {
  test('whoever asks is told to come back, and when it is there again everything goes on without a restart', async () => {
    let gate!: Gate;
    const api = await open({
      through: async (url) => {
        const made = await door(url);
        gate = made.gate;
        return made.url;
      },
    });
    const call = { ...(await dose(api)), headers: { 'idempotency-key': 'through-the-outage' } };
    const there = gate.target;
    gate.target = 1;
    gate.cut();
    for (let n = 0; n < 3; n++) {
      const refused = await api.clinic.nurse.call(recordInjection, call);
      expect([refused.status, refused.body.code, refused.headers['retry-after']]).toEqual([503, 'unavailable', '5']);
    }
    expect(await api.anonymous.send('GET', '/readyz')).toMatchObject({ status: 503, body: { parts: { database: { status: 'down' } } } });
    expect((await api.anonymous.send('GET', '/healthz')).status).toBe(200);

    gate.target = there;
    expect((await api.clinic.nurse.call(recordInjection, call)).status).toBe(201);
    expect((await api.clinic.nurse.ok(readChart, { params: call.params })).injections).toHaveLength(2);
    expect((await api.anonymous.send('GET', '/readyz')).status).toBe(200);
  }, 60_000);

  describe('but nobody says so', () => {
    let own: TestDatabase;
    beforeAll(async () => {
      own = await createTestDatabase();
    });
    afterAll(() => own.drop());

    test('nobody waits for ever: neither for an answer nor for a connection', async () => {
      const { gate, url } = await door(own.appUrl);
      const database = new Database({ url, max: 2, statementTimeoutMs: 300, connectionTimeoutMs: 700 });
      opened.push(database);
      const ask = () => database.anywhere((q) => q.one<{ n: number }>('SELECT 1 AS n'));
      const write = () => database.transaction({ clinicId: '01890000-0000-7000-8000-000000000000' }, (tx) => tx.query('SELECT 1'));
      await Promise.all([ask(), write()]);
      const began = performance.now();
      await gate.hush(async () => {
        const outcomes = await Promise.allSettled([write(), ask(), write(), ask()]);
        expect(outcomes.map((one) => one.status === 'rejected' && (one.reason as Error).message)).toEqual([
          'Query read timeout',
          'Query read timeout',
          'timeout exceeded when trying to connect',
          'timeout exceeded when trying to connect',
        ]);
      });
      expect(performance.now() - began).toBeLessThan(6_000);
      // The connections of which nobody knows what they will say are not used again.
      for (let n = 0; n < 4; n++) expect(await ask()).toEqual({ n: 1 });
    }, 30_000);
  });
});

describe('the queue is away', () => {
  test('what happens is recorded as ever, and readiness and the administrator’s page say what is missing', async () => {
    const api = await open({ realQueue: true, config: { queueUrl: NOBODY } });
    const call = await dose(api);
    const began = performance.now();
    expect((await api.clinic.nurse.call(recordInjection, call)).status).toBe(201);
    expect(performance.now() - began).toBeLessThan(3_000);
    expect(await api.anonymous.send('GET', '/readyz')).toMatchObject({
      status: 200,
      body: { status: 'degraded', parts: { database: { status: 'ok' }, queue: { status: 'down' } } },
    });
    const { parts } = await api.clinic.administrator.ok(readSystem);
    expect(parts.queue).toMatchObject({ state: 'problem', findings: ['queue-away'], backend: 'redis', queues: null });
  }, 60_000);
});

describe('there is too much to do', () => {
  test('what cannot be taken on is refused at once; what was taken on is done', async () => {
    const api = await open({ limits: { atOnce: 3 } });
    const port = await listen(api);
    const call = await dose(api);
    const held = await hold(api, call);
    const first = Array.from({ length: 3 }, () => send(api, port, call, 'first'));
    await held.waiting(1);
    await until(async () => (await metric(port, 'vastus_http_under_way')) === 3);
    const began = performance.now();
    const refused = await Promise.all(Array.from({ length: 20 }, (_, n) => send(api, port, call, `later-${n}`)));
    expect(new Set(refused.map(({ status, retryAfter, body }) => `${status} ${retryAfter} ${body.code}`))).toEqual(
      new Set(['503 1 unavailable']),
    );
    expect(performance.now() - began).toBeLessThan(3_000);
    expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
    await held.letGo();
    expect((await Promise.all(first)).map(({ status }) => status)).toEqual([201, 201, 201]);
    await until(async () => (await metric(port, 'vastus_http_under_way')) === 0);
    expect((await send(api, port, await dose(api), 'afterwards')).status).toBe(201);
  }, 60_000);

  test('hundreds at once are answered, or told to come back, and nobody waits long', async () => {
    const api = await open({ config: { databasePoolSize: 2 } });
    const port = await listen(api);
    const { patient } = await build.treated(api.clinic, '2026-11-02T09:00:00.000Z');
    const ask = async () => {
      const began = performance.now();
      const headers = { cookie: api.clinic.members.nurse.cookie };
      const response = await fetch(`http://127.0.0.1:${port}/api${pathOf(readChart, { patientId: patient.id })}`, { headers });
      await response.arrayBuffer();
      return { status: response.status, seconds: (performance.now() - began) / 1000 };
    };
    const answers = await Promise.all(Array.from({ length: 400 }, ask));
    const count = (status: number) => answers.filter((answer) => answer.status === status).length;
    expect(count(200) + count(503)).toBe(400);
    expect(count(200)).toBeGreaterThan(0);
    expect(count(503)).toBeGreaterThan(0);
    expect((await ask()).status).toBe(200);
  }, 60_000);

  async function metric(port: number, name: string): Promise<number> {
    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
  }
});

describe('a client dawdles', () => {
  /** Writes `first`, then a byte every now and then; answers what came back and when the line was cut. */
  async function dawdle(port: number, first: string): Promise<{ seconds: number; heard: string }> {
    const began = performance.now();
    const socket = connect({ port, host: '127.0.0.1' });
    let heard = '';
    socket.on('data', (bytes) => (heard += bytes.toString())).on('error', () => {});
    socket.write(first);
    const slowly = setInterval(() => socket.write('x'), 50);
    await once(socket, 'close');
    clearInterval(slowly);
    return { seconds: (performance.now() - began) / 1000, heard };
  }

  test('over its headers or over its body, it is cut off, and nobody else notices', async () => {
    const api = await open({ limits: { headersMs: 400, requestMs: 900, checkEveryMs: 100 } });
    const port = await listen(api);
    const slow = Promise.all([
      ...Array.from({ length: 20 }, () => dawdle(port, 'GET /healthz HTTP/1.1\r\nhost: x\r\nx-slow: ')),
      ...Array.from({ length: 20 }, () =>
        dawdle(port, 'POST /api/session HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100000\r\n\r\n{'),
      ),
    ]);
    expect((await api.clinic.nurse.call(recordInjection, await dose(api))).status).toBe(201);
    expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
    for (const { seconds, heard } of await slow) expect([seconds < 8, heard.slice(0, 12)]).toEqual([true, 'HTTP/1.1 408']);
  }, 60_000);

  test('that sends more than it may, without saying how much, is cut off before it is through', async () => {
    const api = await open();
    const port = await listen(api);
    const socket = connect({ port, host: '127.0.0.1' });
    let heard = '';
    socket.on('data', (bytes) => (heard += bytes.toString())).on('error', () => {});
    socket.write('POST /api/session HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n');
    const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`;
    let sent = 0;
    while (!socket.destroyed && sent < 400) {
      sent += 1;
      socket.write(chunk);
      await sleep(5);
    }
    expect(sent).toBeLessThan(400);
    expect(heard).toMatch(/^HTTP\/1\.1 413 .*"code":"body-too-large"/s);
  }, 60_000);
});

describe('the server is told to end', () => {
  test('what is under way is finished and answered, nothing new is taken, and it ends well', async () => {
    const api = await open();
    const port = await freePort(0);
    const server = spawn(process.execPath, [API], {
      env: {
        PATH: process.env['PATH'],
        NODE_ENV: 'test',
        DATABASE_URL: api.config.databaseUrl,
        PORT: String(port),
        AUTH_SECRET: api.config.authSecret,
        VASTUS_TEST_CLOCK: 'on',
        LOG_LEVEL: 'warn',
      },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    const over = once(server, 'exit');
    opened.push({ close: async () => server.kill('SIGKILL') });
    const isThere = () =>
      fetch(`http://127.0.0.1:${port}/healthz`).then(
        ({ status }) => status === 200,
        () => false,
      );
    await until(isThere, 60);
    const call = await dose(api);
    const held = await hold(api, call);
    const underWay = send(api, port, call, 'at-the-last-moment');
    await held.waiting(1);
    server.kill('SIGTERM');
    await until(async () => !(await isThere()));
    await held.letGo();
    expect((await underWay).status).toBe(201);
    expect(await over).toEqual([0, null]);
    expect((await api.clinic.nurse.ok(readChart, { params: call.params })).injections).toHaveLength(2);
  }, 120_000);
});
