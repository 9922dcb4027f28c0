import { Validator } from '@seriousme/openapi-schema-validator';
import { ROUTES, type RouteShape } from '@vastus/contract';
import { startTestApi, type TestApi } from '../../testing/index.js';
import { HealthModule } from './health.module.js';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi({ modules: [HealthModule] });
});
afterAll(() => api?.close());

const get = <T>(url: string) => api.anonymous.send<T>('GET', url);
type Document = {
  paths: Record<string, Record<string, { security: unknown[]; responses: Record<string, unknown> }>>;
};

test('the process says that it is alive', async () => {
  expect(await get('/healthz')).toMatchObject({ status: 200, body: { status: 'ok' } });
});

test('it is ready when database, migrations and queue are', async () => {
  const ok = { status: 'ok' };
  expect(await get('/readyz')).toMatchObject({ status: 200, body: { status: 'ok', parts: { database: ok, migrations: ok, queue: ok } } });
});

test('without the queue it is degraded and still takes requests', async () => {
  api.setQueueReachable(false);
  expect(await get('/readyz')).toMatchObject({ status: 200, body: { status: 'degraded', parts: { queue: { status: 'down' } } } });
  api.setQueueReachable(true);
});

test('metrics name route templates and no address that was typed', async () => {
  await get('/healthz');
  await get('/api/patients/01890000-0000-7000-8000-000000000000');
  const { status, body } = await get<string>('/metrics');
  expect(status).toBe(200);
  expect(body).toContain('vastus_http_request_seconds_count{method="GET",route="/healthz",status="2xx"}');
  expect(body).toContain('vastus_clinics_with_late_alerts 0');
  expect(body).toMatch(/vastus_database_connections \d/);
  expect(body).not.toContain('01890000');
});

test('the OpenAPI document is valid and names every route with its problems', async () => {
  const { status, body } = await get<Document>('/api/openapi.json');
  expect(status).toBe(200);
  expect(await new Validator().validate(structuredClone(body))).toMatchObject({ valid: true });
  const operations = Object.values(body.paths).flatMap((path) => Object.values(path));
  const offered = Object.values<RouteShape>(ROUTES).filter(({ onlyWith }) => onlyWith !== 'single-sign-on');
  expect(operations).toHaveLength(offered.length);
  const record = body.paths['/api/patients/{patientId}/injections']?.post;
  expect(Object.keys(record?.responses ?? {})).toEqual(
    expect.arrayContaining(['201', '400', '401', '403', '404', '409', '422', '500', '503']),
  );
  expect(record?.security).toEqual([{ session: [] }, { key: [] }]);
  expect(body.paths['/api/session']?.post?.security).toEqual([]);
});

test('the page that shows it runs no inline script', async () => {
  const page = await get<string>('/api/docs');
  expect(page.status).toBe(200);
  expect(page.headers['content-security-policy']).toContain("script-src 'self'");
  const scripts = [...page.body.matchAll(/<script([^>]*)>([^<]*)/g)];
  expect(scripts).toHaveLength(2);
  for (const [, attributes, inline] of scripts) {
    expect(inline).toBe('');
    const file = await get(/src="([^"]+)"/.exec(attributes!)![1]!);
    expect(file).toMatchObject({ status: 200, headers: { 'content-type': 'text/javascript; charset=utf-8' } });
  }
  expect((await get('/api/docs/package.json')).status).toBe(404);
});
