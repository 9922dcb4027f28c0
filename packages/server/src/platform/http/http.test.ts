import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import type { Problem } from '@vastus/contract';
import { startTestApi, type TestApi } from '../../testing/index.js';
import { brokenAt } from './json-body.js';

let api: TestApi;
let folder: string;
const log: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'vastus-static-'));
  mkdirSync(path.join(folder, 'assets'));
  writeFileSync(path.join(folder, 'index.html'), '<!doctype html><title>Vastus</title>');
  writeFileSync(path.join(folder, 'assets/index-a1b2c3d4.js'), 'console.log(1)');
  writeFileSync(path.join(folder, 'assets/vialReader.worker-a1b2c3d4.js'), 'console.log(2)');
  writeFileSync(path.join(folder, 'assets/index-a1b2c3d4.js.br'), brotliCompressSync('console.log(1)'));
  writeFileSync(path.join(path.dirname(folder), 'vastus-outside.txt'), 'outside');
  api = await startTestApi({ modules: [], config: { staticDir: folder }, onLog: (line) => log.push(line) });
});
afterAll(async () => {
  await api?.close();
  rmSync(folder, { recursive: true, force: true });
  rmSync(path.join(path.dirname(folder), 'vastus-outside.txt'), { force: true });
});

const send = (method: string, url: string, body?: unknown, headers?: Record<string, string>) =>
  api.as('nurse').send<Problem>(method, url, body, headers);

describe('a request that cannot be read', () => {
  test.each([
    ['{"email": }', 'character 10 (line 1, column 11)'],
    ['{"email":\n "a@b.c"', 'character 18 (line 2, column 9)'],
    ['{"a":"x\u0001"}', 'character 7'],
    ['[1,]', 'character 3'],
    ['nope', 'character 0'],
    ['{"a":1}}', 'character 7'],
  ])('%j is answered with the place where it breaks', async (body, place) => {
    const { status, body: answer, headers } = await send('POST', '/api/session', body);
    expect(status).toBe(400);
    expect(headers['content-type']).toContain('application/problem+json');
    expect(answer).toMatchObject({
      type: '/problems/malformed-request',
      code: 'malformed-request',
      status: 400,
      requestId: headers['x-request-id'],
    });
    expect(answer.detail).toContain(place);
  });

  test('the place is found in whatever else is no JSON', () => {
    const texts = [
      '',
      '{',
      '{"a"',
      '{"a":',
      '{"a":1,',
      '{,}',
      '[1 2]',
      '"\\x"',
      '"\\u12g4"',
      '01',
      '1.',
      '-',
      'tru',
      '[[[',
      '{"a":[}',
      '\u00a0{}',
    ];
    expect(texts.map(brokenAt)).toEqual([0, 1, 4, 5, 7, 1, 3, 1, 1, 1, 1, 0, 0, 3, 6, 0]);
  });

  test('bytes that are no UTF-8 are no text', async () => {
    expect(await send('POST', '/api/session', Buffer.from([0x22, 0xff, 0x22]))).toMatchObject({
      status: 400,
      body: { detail: 'The body is not UTF-8.' },
    });
  });

  test('another content type is refused, also the ones a plain form can send', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/xml'])
      expect(await send('POST', '/api/session', '{}', { 'content-type': type })).toMatchObject({
        status: 415,
        body: { code: 'unsupported-media-type' },
      });
  });

  test('more than a quarter of a megabyte is too much, unless the route says otherwise', async () => {
    const large = { email: 'x'.repeat(300_000) };
    expect(await send('POST', '/api/session', large)).toMatchObject({ status: 413, body: { code: 'body-too-large' } });
  });

  test('an address that is no percent-encoding', async () => {
    expect(await send('GET', '/api/session/%zz')).toMatchObject({ status: 400, body: { code: 'malformed-request' } });
    expect((await send('GET', '/api/%ff')).status).toBeGreaterThanOrEqual(400);
    expect((await send('GET', `/api/${'x'.repeat(5000)}`)).status).toBe(404);
  });
});

describe('an address that is not there', () => {
  test('is no record', async () => {
    expect(await send('GET', '/api/nothing')).toMatchObject({
      status: 404,
      headers: { 'content-type': 'application/problem+json; charset=utf-8' },
      body: { code: 'not-found' },
    });
    expect(await send('POST', '/nothing', {})).toMatchObject({ status: 404 });
  });

  test('or takes other methods, and says which', async () => {
    const { status, headers, body } = await send('PATCH', '/api/session', {});
    expect({ status, code: body.code, allow: headers.allow }).toEqual({
      status: 405,
      code: 'method-not-allowed',
      allow: 'POST, GET, DELETE',
    });
  });
});

describe('a request from another site', () => {
  const body = { email: 'a@example.org', password: 'a long enough password' };
  test.each([
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ 'sec-fetch-site': 'same-site' }],
    [{ origin: 'https://evil.example' }],
    [{ origin: 'null' }],
    [{ origin: 'not a url' }],
  ])('%j changes nothing', async (headers) => {
    expect(await send('POST', '/api/session', body, headers as never)).toMatchObject({ status: 403, body: { code: 'cross-site-request' } });
    expect(await send('DELETE', '/api/session', undefined, headers as never)).toMatchObject({ status: 403 });
    expect((await send('GET', '/api/session', undefined, headers as never)).status).toBe(200);
  });

  test.each([
    [{}],
    [{ origin: 'http://localhost' }],
    [{ origin: 'http://clinic.local:8080', host: 'clinic.local:8080' }],
    [{ 'sec-fetch-site': 'same-origin' }],
    [{ 'sec-fetch-site': 'none' }],
  ])('%j is none', async (headers) => {
    expect(await send('POST', '/api/session', body, headers as never)).toMatchObject({ status: 401, body: { code: 'wrong-credentials' } });
  });
});

describe('every answer', () => {
  test('carries the security headers, errors included', async () => {
    for (const url of ['/', '/api/session', '/api/nothing', '/nothing.js']) {
      const { headers } = await send('GET', url);
      expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
      expect(headers['content-security-policy']).toMatch(/default-src 'self'; script-src 'self';.*frame-ancestors 'none'/);
    }
  });

  test('lets one script compile WebAssembly, the worker that reads symbols, and no page', async () => {
    const policyOf = async (url: string) => (await send('GET', url)).headers['content-security-policy'];
    expect(await policyOf('/assets/vialReader.worker-a1b2c3d4.js')).toBe(
      "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'",
    );
    for (const url of ['/', '/log-injection', '/assets/index-a1b2c3d4.js']) expect(await policyOf(url)).not.toContain('wasm');
  });

  test('of the API is kept by nobody, and is no page', async () => {
    for (const url of ['/api/session', '/api/nothing'])
      expect((await send('GET', url)).headers).toMatchObject({
        'cache-control': 'no-store',
        'content-disposition': 'attachment; filename="api.json"',
      });
  });

  test('names its request: the id that was given, if it is a sane one', async () => {
    expect((await send('GET', '/api/session', undefined, { 'x-request-id': 'trace-0123.abc' })).headers['x-request-id']).toBe(
      'trace-0123.abc',
    );
    for (const id of ['short', 'x'.repeat(101), '<script>alert(1)</script>'])
      expect((await send('GET', '/api/session', undefined, { 'x-request-id': id })).headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('the dashboard', () => {
  test('its page is asked for every time, its hashed files never again', async () => {
    expect(await send('GET', '/')).toMatchObject({
      status: 200,
      headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' },
    });
    const script = await send('GET', '/assets/index-a1b2c3d4.js', undefined, { 'accept-encoding': 'br' });
    expect(script).toMatchObject({
      status: 200,
      headers: { 'cache-control': 'public, max-age=31536000, immutable', 'content-encoding': 'br' },
    });
    expect((await send('GET', '/assets/index-a1b2c3d4.js')).body).toBe('console.log(1)');
  });

  test('its own addresses are the page, a missing file is not', async () => {
    expect(await send('GET', '/patients/1/chart', undefined, { accept: 'text/html,*/*' })).toMatchObject({
      status: 200,
      body: '<!doctype html><title>Vastus</title>',
    });
    expect(await send('GET', '/assets/gone-a1b2c3d4.js')).toMatchObject({ status: 404, body: { code: 'not-found' } });
    expect(await send('GET', '/patients', undefined, { accept: 'application/json' })).toMatchObject({ status: 404 });
    expect(await send('GET', '/api')).toMatchObject({ status: 404 });
  });

  test('nothing outside of its folder is served', async () => {
    for (const url of [
      '/../vastus-outside.txt',
      '/..%2fvastus-outside.txt',
      '/%2e%2e/vastus-outside.txt',
      '/assets/../../vastus-outside.txt',
    ]) {
      const { body } = await send('GET', url);
      expect(JSON.stringify(body)).not.toContain('outside"');
      expect(body).not.toBe('outside');
    }
  });
});

test('the log names routes, and neither queries nor bodies nor addresses as they were typed', async () => {
  log.length = 0;
  await send('GET', '/api/session?name=Maria-Muster', undefined, { 'x-request-id': 'trace-log-1' });
  await send('POST', '/api/session', { email: 'maria.muster@example.org', password: 'Maria Muster 1950' });
  await send('GET', '/patients/Maria-Muster');
  await send('GET', '/api/Maria-Muster');
  const lines = log.map((line) => JSON.parse(line));
  expect(lines).toContainEqual(
    expect.objectContaining({ requestId: 'trace-log-1', method: 'GET', route: '/api/session', status: 422, msg: 'answered' }),
  );
  expect(lines).toContainEqual(expect.objectContaining({ method: 'POST', route: '/api/session', status: 401 }));
  expect(log.join('')).not.toMatch(/maria/i);
});
