// What leaves the house as a trace, asked of a collector of our own: which spans there are, and that nobody's name is in any byte.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { trace } from '@opentelemetry/api';
import { readChart, registerPatient, searchPatients } from '@vastus/contract';
import { newId } from '@vastus/db';
import { createWorker } from './create-worker.js';
import { createLogger } from './platform/log.js';
import { Metrics } from './platform/metrics.js';
import { queueBackend } from './platform/queue/backend.js';
import { BullQueues } from './platform/queue/queues.js';
import { startTestApi, type TestApi } from './testing/index.js';

interface Span {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  status: { code?: number };
  attributes: { key: string; value: { stringValue?: string; intValue?: number } }[];
}
const PERSON = {
  familyName: 'Quintessenz',
  givenName: 'Philomena',
  birthDate: '1947-08-23',
  recordNumber: 'TRACE-77001',
  phone: '+49 30 5550199',
  email: 'philomena@example.org',
};

/** Takes what is sent to it, byte for byte. */
class Collector {
  readonly bodies: string[] = [];
  readonly paths = new Set<string>();
  readonly headers: unknown[] = [];
  private readonly server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      this.paths.add(`${request.method} ${request.url}`);
      this.headers.push(request.headers);
      this.bodies.push(Buffer.concat(chunks).toString('utf8'));
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  endpoint = '';

  async open(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.endpoint = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }
  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
  get spans(): Span[] {
    return this.bodies.flatMap((body) =>
      JSON.parse(body).resourceSpans.flatMap((resource: { scopeSpans: { spans: Span[] }[] }) =>
        resource.scopeSpans.flatMap(({ spans }) => spans),
      ),
    );
  }
}

const collector = new Collector();
const log: string[] = [];
let api: TestApi;
const ids: string[] = [];

const attributesOf = ({ attributes }: Span) => Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
const named = (name: string) => collector.spans.filter((span) => span.name === name);
const lineage = (span: Span): string[] => {
  const parent = collector.spans.find(({ spanId }) => spanId === span.parentSpanId);
  return parent ? [...lineage(parent), span.name] : [span.name];
};

/** A job that somebody hands over in a trace of theirs, to a worker, over a real queue. */
async function throughTheQueue(): Promise<void> {
  const config = { ...api.config, otlpEndpoint: undefined };
  const logger = createLogger(config, 'worker', { write: (line) => log.push(line) });
  const worker = await createWorker(config, { logger });
  const queues = new BullQueues(queueBackend(config.queueUrl, logger), logger, new Metrics(false));
  const payload = { clinicId: newId(), importRunId: newId() };
  await trace.getTracer('test').startActiveSpan('asks', async (span) => {
    expect(await queues.enqueue('run-import', payload)).toBe(true);
    span.end();
  });
  const isDone = () => log.some((line) => line.includes('"job":"run-import"'));
  for (const end = performance.now() + 20_000; performance.now() < end && !isDone(); )
    await new Promise((resolve) => setTimeout(resolve, 50));
  await queues.close();
  await worker.close();
}

// Everything happens before the tests, which read what arrived: spans are sent when the processes end.
beforeAll(async () => {
  await collector.open();
  api = await startTestApi({ config: { otlpEndpoint: collector.endpoint, trustedProxies: 'loopback' }, onLog: (line) => log.push(line) });
  await api.app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = api.app.getHttpServer().address() as AddressInfo;
  const { cookie } = api.clinic.members.nurse;
  // Through a socket: only there is a body read by another hand than the one that began the request.
  const response = await fetch(`http://127.0.0.1:${port}/api${registerPatient.path}`, {
    method: 'POST',
    headers: {
      cookie,
      origin: 'http://localhost',
      'content-type': 'application/json',
      'x-request-id': 'a-request-that-is-traced',
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    },
    body: JSON.stringify({ ...PERSON, sex: 'female' }),
  });
  const { id: patientId } = (await response.json()) as { id: string };
  expect([response.status, typeof patientId]).toEqual([201, 'string']);
  ids.push(patientId);
  await api.clinic.nurse.ok(searchPatients, { body: { q: PERSON.familyName } });
  await api.clinic.nurse.ok(readChart, { params: { patientId } });
  await api.clinic.nurse.call(registerPatient, { body: { ...PERSON, sex: 'female' } as never });
  await api.anonymous.send('GET', `/api/nothing-here/${PERSON.familyName}?q=${PERSON.givenName}`);
  for (const probe of ['/healthz', '/readyz', '/metrics']) await api.anonymous.send('GET', probe);
  await api.runJob('raise-due-alerts', {});
  await throughTheQueue();
  await api.app.close();
}, 120_000);
afterAll(async () => {
  await collector.close();
});

test('spans arrive where the endpoint says, by OTLP', () => {
  expect([...collector.paths]).toEqual(['POST /v1/traces']);
  const [{ resource }] = JSON.parse(collector.bodies[0]!).resourceSpans;
  expect(attributesOf(resource)).toMatchObject({ 'service.name': 'vastus-api', 'service.version': '0.1.0' });
});

test('a request is a span with the template of its route, and the database is its child', () => {
  const [span] = named('POST /api/patients').filter(({ traceId }) => traceId === '0af7651916cd43dd8448eb211c80319c');
  expect(span).toMatchObject({ kind: 2, parentSpanId: 'b7ad6b7169203331' });
  expect(attributesOf(span!)).toEqual({ 'http.request.method': 'POST', 'http.route': '/api/patients', 'http.response.status_code': 201 });
  const inside = collector.spans.filter(({ traceId }) => traceId === span!.traceId);
  const transaction = inside.find(({ name, parentSpanId }) => name === 'transaction' && parentSpanId === span!.spanId);
  expect(attributesOf(transaction!)).toMatchObject({ 'db.system.name': 'postgresql' });
  const statements = inside.filter(({ parentSpanId }) => parentSpanId === transaction!.spanId);
  expect(statements.length).toBeGreaterThan(0);
  expect(statements.every(({ kind }) => kind === 3)).toBe(true);
  expect(named('GET /api/patients/:patientId/chart')).toHaveLength(1);
});

test('a job is a span, with the database below it', () => {
  const [span] = named('process raise-due-alerts');
  expect(attributesOf(span!)).toMatchObject({ 'vastus.job': 'raise-due-alerts', 'vastus.outcome': 'done', 'vastus.attempt': 1 });
  expect(collector.spans.some(({ parentSpanId }) => parentSpanId === span!.spanId)).toBe(true);
});

test('a job that was handed over is in the trace of whoever asked for it', () => {
  const [span] = named('process run-import');
  expect(lineage(span!)).toEqual(['asks', 'send run-import', 'process run-import']);
  expect(new Set([...named('asks'), span!].map(({ traceId }) => traceId)).size).toBe(1);
});

test('what is not there has no address, and probes are not traced', () => {
  expect(named('GET (none)')).toHaveLength(1);
  expect(collector.spans.filter(({ name }) => /healthz|readyz|metrics/.test(name))).toEqual([]);
});

test('nobody is in any byte that left the house', () => {
  const sent = collector.bodies.join('\n').toLowerCase();
  expect(sent.length).toBeGreaterThan(1_000);
  for (const word of [...Object.values(PERSON), ...ids, api.clinic.id, 'nothing-here', api.clinic.members.nurse.email])
    expect([word, sent.includes(word.toLowerCase())]).toEqual([word, false]);
  const keys = new Set(collector.spans.flatMap((span) => Object.keys(attributesOf(span))));
  expect([...keys].sort()).toEqual([
    'db.operation.name',
    'db.query.summary',
    'db.system.name',
    'error.type',
    'http.request.method',
    'http.response.status_code',
    'http.route',
    'messaging.operation.type',
    'vastus.attempt',
    'vastus.job',
    'vastus.outcome',
  ]);
});

test('the line of the log names request and trace', () => {
  const lines = log.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'answered');
  expect(lines.find(({ requestId }) => requestId === 'a-request-that-is-traced')).toMatchObject({
    traceId: '0af7651916cd43dd8448eb211c80319c',
    route: '/api/patients',
  });
});
