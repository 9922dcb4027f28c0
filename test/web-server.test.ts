/** The web server of the images in front of two APIs: the delivered configuration, run by the nginx of this machine. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import type { IncomingHttpHeaders, IncomingMessage, RequestOptions } from 'node:http';
import http from 'node:http';
import https from 'node:https';
import { connect } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { freePort } from '../infra/local/postgres.mjs';
import { makeCertificate, startNameServer, startWebServer } from '../infra/local/web-server.mjs';
import { PASSWORD, Scene } from '../packages/server/src/testing/scene.js';
import { startTestApi, type TestApi } from '../packages/server/src/testing/test-api.js';
import { until } from '../packages/server/src/testing/until.js';

const API = path.join(__dirname, '../apps/api/dist/main.js');
const SECRET = 'q3Zt7wB1xVn9RkEo5MdY2LhJ8sGuCfPa';
/** Two addresses behind one name, as Docker's name server gives them. */
const HOSTS = ['127.0.0.2', '127.0.0.3'] as const;
const TERMINATOR = '127.0.0.9';

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}
interface Question {
  method?: string;
  body?: unknown;
  headers?: Record<string, string>;
  /** The address it comes from. */
  from?: string;
  plain?: boolean;
}

let folder: string;
let api: TestApi;
let names: Awaited<ReturnType<typeof startNameServer>>;
let web: Awaited<ReturnType<typeof startWebServer>>;
let ports: { plain: number; tls: number; api: number };
let certificate: Buffer;
let cookie: string;
const processes = new Map<string, ChildProcess>();

async function startOne(host: string): Promise<void> {
  const one = spawn(process.execPath, [API], {
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      DATABASE_URL: api.config.databaseUrl,
      AUTH_SECRET: SECRET,
      HOST: host,
      PORT: String(ports.api),
      PUBLIC_URL: `https://localhost:${ports.tls}`,
      TRUSTED_PROXIES: 'loopback',
      LOG_LEVEL: 'error',
    },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  processes.set(host, one);
  const isReady = () =>
    fetch(`http://${host}:${ports.api}/readyz`).then(
      ({ status }) => status === 200,
      () => false,
    );
  await until(isReady, 60);
}

function opened(place: string, { method = 'GET', headers = {}, from, plain = false }: Question = {}) {
  const options: RequestOptions = { host: 'localhost', family: 4, path: place, method, headers, localAddress: from, agent: false };
  return plain ? http.request({ ...options, port: ports.plain }) : https.request({ ...options, port: ports.tls, ca: certificate });
}

async function ask(place: string, question: Question = {}): Promise<Answer> {
  const text = question.body === undefined ? undefined : JSON.stringify(question.body);
  const headers = { ...(text === undefined ? {} : { 'content-type': 'application/json' }), ...question.headers };
  const request = opened(place, { ...question, headers });
  request.end(text);
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  let body = '';
  for await (const part of response.setEncoding('utf8')) body += part;
  return { status: response.statusCode!, headers: response.headers, body };
}

const signIn = (email: string, password: string, more: Question = {}) =>
  ask('/api/session', { method: 'POST', body: { email, password }, ...more });
const signedIn = () => ({ cookie });

(process.env.TEST_NGINX ? describe : describe.skip)('nginx, as it is delivered', () => {
  let email: string;
  beforeAll(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'vastus-web-'));
    const files = path.join(folder, 'files');
    fs.mkdirSync(path.join(files, 'assets'), { recursive: true });
    fs.writeFileSync(path.join(files, 'index.html'), '<h1>Vastus</h1>');
    fs.writeFileSync(path.join(files, 'assets/one-abc.js'), '1;');
    makeCertificate(folder);
    certificate = fs.readFileSync(path.join(folder, 'certificate.pem'));
    // A port is taken on 127.0.0.1 to be free on its neighbours, where nobody else listens.
    ports = { plain: await freePort(0), tls: await freePort(0), api: await freePort(0) };
    api = await startTestApi();
    email = await new Scene(api, api.clinic).email();
    cookie = `__Host-${api.clinic.members.nurse.cookie}`;
    names = await startNameServer();
    names.addresses = [...HOSTS];
    await Promise.all(HOSTS.map(startOne));
    web = await startWebServer({
      folder,
      files,
      port: ports.plain,
      tlsPort: ports.tls,
      dnsPort: names.port,
      upstreamPort: ports.api,
      front: `set_real_ip_from ${TERMINATOR}; real_ip_header X-Forwarded-For;`,
    });
  }, 120_000);
  afterAll(async () => {
    await web?.end();
    for (const one of processes.values()) one.kill('SIGKILL');
    names?.end();
    await api?.close();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  test('TLS: HSTS once on every answer, and a cookie that only travels encrypted', async () => {
    const page = await ask('/');
    const answered = await signIn(email, PASSWORD, { from: '127.0.0.4' });
    for (const { headers } of [page, answered, await ask('/api/patients/search', { method: 'POST', body: {} })])
      expect(headers['strict-transport-security']).toBe('max-age=31536000; includeSubDomains');
    expect(answered.status).toBe(200);
    expect(answered.headers['set-cookie']).toEqual([
      expect.stringMatching(/^__Host-vastus\.session=[\w-]+; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+; Secure$/),
      expect.stringMatching(/^__Host-vastus\.browser=[\w-]+; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+; Secure$/),
    ]);
    await expect(
      new Promise((resolve, reject) => {
        https
          .get({ host: 'localhost', family: 4, port: ports.tls, ca: certificate, maxVersion: 'TLSv1.1', minVersion: 'TLSv1' }, resolve)
          .once('error', reject);
      }),
    ).rejects.toThrow();
  });

  test('pages carry what the API gives its own: policy, framing, referrer', async () => {
    const [page, refused] = [await ask('/patients/anything'), await ask('/api/session')];
    expect([page.status, page.body]).toEqual([200, '<h1>Vastus</h1>']);
    for (const name of [
      'content-security-policy',
      'x-content-type-options',
      'x-frame-options',
      'referrer-policy',
      'permissions-policy',
      'cross-origin-opener-policy',
      'cross-origin-resource-policy',
    ])
      expect([name, page.headers[name]]).toEqual([name, refused.headers[name]]);
    expect(page.headers.server).toBe('nginx');
    expect((await ask('/assets/one-abc.js')).headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect((await ask('/')).headers['cache-control']).toBe('no-cache');
  });

  test('what machines inside ask for is not let out', async () => {
    for (const place of ['/metrics', '/healthz', '/readyz']) expect([place, (await ask(place)).body]).toEqual([place, '<h1>Vastus</h1>']);
  });

  test('attempts to sign in are counted by the address of whoever tries, whatever they say about it', async () => {
    const nobody = (n: number) => `nobody.${n}@example.org`;
    const attempt = (n: number, from: string, headers: Record<string, string> = {}, plain = false) =>
      signIn(nobody(n), 'not the password at all', { from, headers, plain });
    // More than one address may: each time another account, and another story about where it comes from.
    const lying = (n: number) => attempt(n, '127.0.0.5', { 'x-forwarded-for': `10.0.0.${n}`, forwarded: `for=10.1.0.${n}` });
    const statuses: number[] = [];
    for (let n = 0; n < 104; n += 8)
      statuses.push(...(await Promise.all(Array.from({ length: 8 }, (_, more) => lying(n + more)))).map(({ status }) => status));
    expect([401, 429].map((status) => statuses.filter((one) => one === status).length)).toEqual([100, 4]);
    expect((await attempt(1_000, '127.0.0.6')).status).toBe(401);
    // A terminator in front is believed, and only it.
    expect((await attempt(1_001, TERMINATOR, { 'x-forwarded-for': '127.0.0.5' }, true)).status).toBe(429);
    expect((await attempt(1_002, TERMINATOR, { 'x-forwarded-for': '203.0.113.7' }, true)).status).toBe(401);
    expect((await attempt(1_003, '127.0.0.6', { 'x-forwarded-for': '127.0.0.5' }, true)).status).toBe(401);
  }, 120_000);

  test('a change is told at once to whoever listens, through the other API, too', async () => {
    const request = opened('/api/live', { headers: { ...signedIn(), accept: 'text/event-stream' } });
    request.end();
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    let heard = '';
    response.setEncoding('utf8').on('data', (text: string) => (heard += text));
    response.on('error', () => {});
    await until(() => heard.includes('retry:'), 5);
    for (let n = 0; n < 4; n++) {
      heard = '';
      const since = performance.now();
      const body = { recordNumber: `W-${n}`, familyName: 'Ahlers', givenName: 'Ida', birthDate: '1961-03-04', sex: 'female' };
      const headers = { ...signedIn(), 'idempotency-key': `through-the-web-server-${n}` };
      expect((await ask('/api/patients', { method: 'POST', body, headers })).status).toBe(201);
      await until(() => heard.includes('"patients"'), 5);
      expect(performance.now() - since).toBeLessThan(2_000);
    }
    request.destroy();
  }, 30_000);

  test('bodies: the API’s own word up to a megabyte, an import of 32 MiB comes through, more is refused', async () => {
    const headers = { cookie: `__Host-${api.clinic.members.administrator.cookie}` };
    const send = (place: string, bytes: number) => ask(place, { method: 'POST', body: { a: 'x'.repeat(bytes) }, headers });
    const refused = await send('/api/patients', 300_000);
    expect([refused.status, JSON.parse(refused.body).code]).toEqual([413, 'body-too-large']);
    expect((await send('/api/patients', 2_000_000).catch(() => ({ status: 413 }))).status).toBe(413);
    const large = await send('/api/imports', 32 * 1024 * 1024 - 100);
    expect([large.status, JSON.parse(large.body).code]).toEqual([422, 'invalid-input']);
    expect((await send('/api/imports', 34 * 1024 * 1024).catch(() => ({ status: 413 }))).status).toBe(413);
    // None of it was put down on the way: neither the requests nor the answers.
    expect(web.log('error')).not.toMatch(/temporary file/);
  }, 60_000);

  test('whoever does not finish a request is let go, and the API never hears of it', async () => {
    const socket = connect({ host: '127.0.0.1', port: ports.plain });
    const since = performance.now();
    socket.write('POST /api/session HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"email"');
    socket.resume();
    await once(socket, 'close');
    expect(performance.now() - since).toBeLessThan(25_000);
    expect(web.log('access')).toMatch(/"POST \/api\/session HTTP\/1\.1" 408/);
  }, 40_000);

  test('one of two APIs is killed: nobody notices, and nothing is written twice', async () => {
    const statuses: number[] = [];
    const register = (n: number) =>
      ask('/api/patients', {
        method: 'POST',
        body: { recordNumber: `K-${n}`, familyName: 'Killed', givenName: 'Ida', birthDate: '1961-03-04', sex: 'female' },
        headers: { ...signedIn(), 'idempotency-key': `while-one-is-killed-${n}` },
      });
    for (let n = 0; n < 60; n++) {
      if (n === 20) {
        processes.get(HOSTS[0])!.kill('SIGKILL');
        await once(processes.get(HOSTS[0])!, 'exit');
      }
      statuses.push((await register(n)).status, (await ask('/api/session', { headers: signedIn() })).status);
    }
    expect(statuses.filter((status) => status >= 400)).toEqual([]);
    const found = await ask('/api/patients/search?limit=200', { method: 'POST', body: { q: 'killed' }, headers: signedIn() });
    expect(JSON.parse(found.body).items).toHaveLength(60);

    await startOne(HOSTS[0]);
    processes.get(HOSTS[1])!.kill('SIGKILL');
    await once(processes.get(HOSTS[1])!, 'exit');
    for (let n = 0; n < 10; n++) expect((await register(n)).status).toBe(201);

    processes.get(HOSTS[0])!.kill('SIGKILL');
    await once(processes.get(HOSTS[0])!, 'exit');
    // What the dashboard takes for “nobody is there”, and tries again.
    expect((await register(99)).status).toBe(502);
    expect((await ask('/')).status).toBe(200);
  }, 120_000);

  test('no query and no body is in its log', async () => {
    await ask('/patients?q=Quixotewinkel');
    await ask('/api/patients?q=Quixotewinkel');
    await until(() => web.log('access').includes('"GET /api/patients HTTP'), 5);
    expect(web.log('access')).not.toMatch(/Quixotewinkel|Ahlers|\?/);
  });
});
