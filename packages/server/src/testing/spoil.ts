// Takes a valid request apart and spoils one thing at a time. What can be spoiled is read from the route's own schemas, so a field
// that is added to the contract is spoiled from that day on.
import { pathOf, type RouteShape } from '@vastus/contract';
import { z } from 'zod';
import type { LooseRequest } from './valid-requests.js';

/** A request as it goes over the wire. */
export interface Sent {
  method: string;
  url: string;
  body?: string;
  headers: Record<string, string>;
}

export interface Spoiled {
  /** For the message of a failing test. */
  what: string;
  /** The field as a problem names it: `/givenAt`, `query:limit`, `path:patientId`; absent where no single field is to blame. */
  pointer?: string;
  /** Legal under no circumstances. The others may be accepted where the schema accepts them. */
  impossible: boolean;
  /** The only status that fits, where there is one. */
  status?: number;
  /** The body as the server will parse it, for the schema's opinion; absent where it cannot be parsed. */
  bodyOf?: (valid: LooseRequest) => unknown;
  send: (valid: LooseRequest) => Sent;
}

type Json = Record<string, unknown>;
type Path = readonly (string | number)[];

/** A JSON text that no value of JavaScript stands for: `1e400`, `-0`. */
class Raw {
  constructor(readonly text: string) {}
}
const REMOVED = Symbol('removed');

const NUL = 'a\u0000b';
const HALF = 'a\ud800b';
export const UNKNOWN_ID = '01890000-0000-7000-8000-00000000dead';
const LONG = 'x'.repeat(10_000);
const nested = (levels: number) => new Raw(`${'['.repeat(levels)}${']'.repeat(levels)}`);

const DATES = [
  '2026-02-30',
  '0000-01-01',
  '9999-12-31',
  '2026-13-01',
  '2026-00-10',
  '2026-11-00',
  '2026-2-3',
  '20261120',
  '-002026-11-20',
  '+012026-11-20',
  '2026-11-20T09:00:00Z',
  '２０２６-11-20',
  'yesterday',
];
const INSTANTS = [
  '2026-02-30T10:00:00Z',
  '0000-01-01T00:00:00Z',
  '9999-12-31T23:59:59Z',
  '2026-11-20T24:00:00Z',
  '2026-11-20T10:00:60Z',
  '2026-11-20T10:00:00',
  '2026-11-20',
  '2026-11-20T10:00:00+99:00',
  '+012026-11-20T10:00:00Z',
  'now',
];
const IDS = ['x', '0', 'null', '01890000-0000-7000-8000-00000000', '{01890000-0000-7000-8000-000000000000}', "' OR 1=1 --"];
/** Text that may be legal, and text that never is. */
const TEXTS = ['', '   \t\n', 'שלום 👩🏽‍⚕️ \u202Etxet', '\u0007', 'constructor', "'; DROP TABLE patient; --", '%_\\', '{{7*7}}'];
const NUMBERS = [
  '-1',
  '-0',
  '0',
  '0.1',
  '1e308',
  '-1e308',
  '1e400',
  '1e-400',
  '9007199254740993',
  '99999999999999999999',
  '1.0000000000000000001',
];

/** Everything that can be done to a request of this route; `valid` only shows which optional parts are there. */
export function spoilings(shape: RouteShape, valid: LooseRequest): Spoiled[] {
  return [...ofAddress(shape, valid), ...ofQuery(shape, valid), ...ofBody(shape, valid), ...ofHeaders(shape)];
}

export function sentOf(shape: RouteShape, { params, query, body, headers = {} }: LooseRequest): Sent {
  const search = query && Object.keys(query).length > 0 ? `?${new URLSearchParams(query)}` : '';
  return {
    method: shape.method,
    url: `/api${pathOf(shape, params)}${search}`,
    ...(body === undefined ? {} : { body: textOf(body) }),
    headers,
  };
}

function textOf(body: unknown): string {
  const raw: string[] = [];
  const text = JSON.stringify(body, (_, value: unknown) => (value instanceof Raw ? `@raw:${raw.push(value.text) - 1}@` : value));
  return text.replace(/"@raw:(\d+)@"/g, (_, index: string) => raw[Number(index)]!);
}

const show = (value: unknown): string => {
  if (value === REMOVED) return 'missing';
  const text = value instanceof Raw ? value.text : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 40)}… (${text.length})` : text;
};

// ---- address

function ofAddress(shape: RouteShape, { params = {} }: LooseRequest): Spoiled[] {
  const addresses = Object.keys(params).flatMap((name) => {
    const put = (what: string, text: string, more: Partial<Spoiled> = {}): Spoiled => ({
      what: `path:${name} ${what}`,
      pointer: `path:${name}`,
      impossible: true,
      status: 422,
      send: (valid) => {
        const sent = sentOf(shape, { ...valid, params: { ...valid.params, [name]: '@here@' } });
        return { ...sent, url: sent.url.replace('%40here%40', text) };
      },
      ...more,
    });
    return [
      ...IDS.map((id) => put(show(id), encodeURIComponent(id))),
      put('NUL', 'a%00b'),
      put('half a surrogate pair', '%ED%A0%80', { status: undefined, pointer: undefined }),
      put('no percent-encoding', '%zz', { status: 400, pointer: undefined }),
      put('very long', 'x'.repeat(5_000), { status: undefined, pointer: undefined }),
      put('unknown', UNKNOWN_ID, { status: 404, pointer: undefined }),
      put('nobody', '00000000-0000-0000-0000-000000000000', { status: 404, pointer: undefined }),
      put('everybody', 'ffffffff-ffff-ffff-ffff-ffffffffffff', { status: 404, pointer: undefined }),
    ];
  });
  const method: Spoiled = {
    what: 'another method',
    impossible: true,
    status: 405,
    send: (valid) => ({ ...sentOf(shape, valid), method: 'PATCH' }),
  };
  return [...addresses, method];
}

// ---- query

function ofQuery(shape: RouteShape, valid: LooseRequest): Spoiled[] {
  const properties = shape.query ? (schemaOf(shape.query)['properties'] as Record<string, Json>) : {};
  const put = (name: string, what: string, pairs: string, impossible: boolean, more: Partial<Spoiled> = {}): Spoiled => ({
    what: `query:${name} ${what}`,
    pointer: `query:${name}`,
    impossible,
    send: (request) => {
      const { [name]: _replaced, ...rest } = request.query ?? {};
      const sent = sentOf(shape, { ...request, query: rest });
      return { ...sent, url: `${sent.url}${sent.url.includes('?') ? '&' : '?'}${pairs}` };
    },
    ...more,
  });
  const value = (name: string, text: string, impossible: boolean) =>
    put(name, show(text), `${name}=${encodeURIComponent(text)}`, impossible);
  const named = Object.entries(properties).flatMap(([name, schema]) => {
    const always = [
      put(name, 'twice', `${name}=1&${name}=2`, true),
      put(name, 'NUL', `${name}=a%00b`, true),
      put(name, 'very long', `${name}=${LONG}`, true),
    ];
    const sometimes = [...TEXTS.map((text) => value(name, text, false)), put(name, 'half a surrogate pair', `${name}=%ED%A0%80`, false)];
    const wrong = (texts: readonly string[]) => texts.map((text) => value(name, text, true));
    if (name === 'limit') return [...always, ...wrong(['0', '-1', '100000', 'abc', '1.5', 'NaN', 'Infinity', '1e400', ''])];
    if (name === 'cursor') return [...always, ...wrong(CURSORS), ...sometimes.filter(({ what }) => !what.endsWith('""'))];
    if (schema['format'] === 'uuid') return [...always, ...wrong(IDS), value(name, UNKNOWN_ID, false)];
    if (schema['format'] === 'date') return [...always, ...wrong(DATES), ...sometimes];
    if (schema['enum'])
      return [...always, ...wrong(['', 'none of these', 'constructor', String((schema['enum'] as string[])[0]).toUpperCase()])];
    return [...always, ...sometimes];
  });
  const required = (shape.query ? ((schemaOf(shape.query)['required'] as string[] | undefined) ?? []) : []).filter(
    (name) => name in (valid.query ?? {}),
  );
  return [
    ...named,
    ...required.map((name) => put(name, 'missing', '', true)),
    put('colour', 'unknown', 'colour=red', true),
    put('__proto__', 'unknown', '__proto__=1', true),
    put('constructor', 'unknown', 'constructor=1', true),
  ];
}

const cursorOf = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const CURSORS = [
  'x',
  '!!!',
  cursorOf(null),
  cursorOf({}),
  cursorOf([]),
  cursorOf([null]),
  cursorOf(['a']),
  cursorOf([1, 2, 3, 4, 5, 6, 7, 8]),
  cursorOf(['__proto__', {}]),
];

// ---- body

const schemaOf = (schema: z.ZodType): Json => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Json;

function ofBody(shape: RouteShape, valid: LooseRequest): Spoiled[] {
  if (!shape.body)
    return shape.method === 'GET'
      ? []
      : [wholeBody(shape, [], 'a list where nothing is taken'), wholeBody(shape, { a: 1 }, 'a field where nothing is taken', '/a')];
  const root = schemaOf(shape.body);
  const spoiled: Spoiled[] = [];
  const put = (path: Path, value: unknown, impossible: boolean, what = show(value)) => {
    const bodyOf = (request: LooseRequest) => changed(request.body, path, value);
    spoiled.push({
      what: `${pointerOf(path)} ${what}`,
      pointer: pointerOf(path),
      impossible,
      bodyOf,
      send: (request) => sentOf(shape, { ...request, body: bodyOf(request) }),
    });
  };
  walk(root, root, [], valid.body, put);
  return [
    ...[[], [1], 'text', 7, true, null].map((value) => wholeBody(shape, value, `the body is ${show(value)}`)),
    ...['', '{', '{"a":}', 'undefined', '{"a":NaN}', "{'a':1}", '[1,]', `${textOf(valid.body)}}`, '\u0000'].map(
      (text): Spoiled => ({
        what: `the body is no JSON: ${text.slice(0, 20)}`,
        impossible: text !== '',
        status: text === '' ? undefined : 400,
        send: (request) => ({ ...sentOf(shape, request), body: text }),
      }),
    ),
    ...spoiled,
  ];
}

function wholeBody(shape: RouteShape, body: unknown, what: string, pointer?: string): Spoiled {
  return { what, pointer, impossible: true, status: 422, bodyOf: () => body, send: (request) => sentOf(shape, { ...request, body }) };
}

type Put = (path: Path, value: unknown, impossible: boolean, what?: string) => void;

function walk(schema: Json, root: Json, path: Path, value: unknown, put: Put): void {
  const { core, nullable } = resolve(schema, root);
  const inside = path.length > 0;
  const wrong = (...values: unknown[]) => {
    for (const one of values) put(path, one, true);
  };
  if (inside && !nullable) wrong(null);
  if (inside && nullable) put(path, null, false);
  const { type } = core;
  if (inside && type !== undefined) wrong(...[true, 7, 'text', [], [[]], {}, nested(1_000)].filter((one) => !isOf(type, one)));
  if (type === 'object') walkObject(core, root, path, value, put);
  else if (type === 'array') {
    wrong(
      [null],
      [NUL],
      Array.from({ length: 30_000 }, () => 0),
    );
    const items = core['items'] as Json | undefined;
    if (items && Array.isArray(value) && value.length > 0) walk(items, root, [...path, 0], value[0], put);
  } else if (type === 'number' || type === 'integer') {
    wrong(new Raw('1e400'), 'NaN', '1', 1e308);
    for (const number of NUMBERS) put(path, new Raw(number), false);
  } else if (type === 'string') walkText(core, put.bind(null, path));
}

function walkText(schema: Json, put: (value: unknown, impossible: boolean) => void): void {
  const wrong = (values: readonly unknown[]) => {
    for (const value of values) put(value, true);
  };
  wrong([NUL, HALF, LONG]);
  if (schema['enum'])
    return wrong(['', 'none of these', 'constructor', '__proto__', String((schema['enum'] as string[])[0]).toUpperCase()]);
  if (schema['const'] !== undefined) return wrong(['', 'another']);
  if (schema['format'] === 'date') return wrong(['', ...DATES]);
  if (schema['format'] === 'date-time') return wrong(['', ...INSTANTS]);
  if (schema['format'] === 'uuid') return wrong(['', ...IDS, UNKNOWN_ID]);
  for (const text of TEXTS) put(text, false);
}

function walkObject(schema: Json, root: Json, path: Path, value: unknown, put: Put): void {
  const properties = (schema['properties'] ?? {}) as Record<string, Json>;
  const required = (schema['required'] ?? []) as string[];
  const extra = schema['additionalProperties'];
  // A record or a bundle takes fields of any name; but never one that is no name, and nothing without a bottom.
  for (const name of ['__proto__', NUL]) put([...path, name], 1, true, 'is no name');
  if (extra === false)
    for (const name of ['colour', 'constructor', 'toString', 'a/b~c', '']) put([...path, name], 'red', true, 'is unknown');
  put([...path, 'deep'], nested(1_000), true, '1,000 levels deep');
  if (typeof value !== 'object' || value === null) return;
  for (const [name, child] of Object.entries(properties)) {
    const below = [...path, name];
    put(below, REMOVED, required.includes(name));
    walk(child, root, below, (value as Json)[name], put);
  }
  if (typeof extra === 'object' && Object.keys(extra as Json).length > 0) {
    for (const [name, child] of Object.entries(value as Json))
      if (!(name in properties)) walk(extra as Json, root, [...path, name], child, put);
    for (const name of ['x'.repeat(200), 'constructor', '']) put([...path, name], 1, false, 'as a name');
  }
}

function resolve(schema: Json, root: Json): { core: Json; nullable: boolean } {
  if (typeof schema['$ref'] === 'string') {
    const name = schema['$ref'].split('/').at(-1)!;
    return resolve((root['$defs'] as Record<string, Json>)[name]!, root);
  }
  if (Array.isArray(schema['anyOf'])) {
    const choices = (schema['anyOf'] as Json[]).filter((choice) => choice['type'] !== 'null');
    const { core, nullable } = resolve(choices[0]!, root);
    return {
      core: { ...core, ...(schema['format'] ? { format: schema['format'] } : {}) },
      nullable: nullable || choices.length < (schema['anyOf'] as Json[]).length,
    };
  }
  return { core: schema, nullable: false };
}

function isOf(type: unknown, value: unknown): boolean {
  if (value instanceof Raw || Array.isArray(value)) return type === 'array' && !(value instanceof Raw);
  if (type === 'integer') return typeof value === 'number';
  return typeof value === type;
}

function changed(body: unknown, path: Path, value: unknown): unknown {
  const copy = structuredClone(body);
  let place = copy as Json;
  for (const step of path.slice(0, -1)) {
    place[step] ??= {};
    place = place[step] as Json;
  }
  const last = path.at(-1)!;
  if (value === REMOVED) delete place[last];
  // `place.__proto__ = 1` would change nothing and send nothing.
  else Object.defineProperty(place, last, { value, enumerable: true, configurable: true, writable: true });
  return copy;
}

const pointerOf = (path: Path) =>
  path.map((step) => `/${String(step).replaceAll('\u0000', '').replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

// ---- headers

function ofHeaders(shape: RouteShape): Spoiled[] {
  const header = (what: string, headers: Record<string, string>, status: number, pointer?: string): Spoiled => ({
    what,
    pointer,
    impossible: true,
    status,
    send: (valid) => {
      const sent = sentOf(shape, valid);
      return { ...sent, headers: { ...sent.headers, ...headers } };
    },
  });
  const spoiled = ['with space', 'x'.repeat(201), 'ü'].map((key) =>
    header(`Idempotency-Key ${show(key)}`, { 'idempotency-key': key }, 422, 'header:Idempotency-Key'),
  );
  if (shape.body) {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/xml'])
      spoiled.push(header(`content-type ${type}`, { 'content-type': type }, 415));
    const size = (shape.bodyLimit ?? 256 * 1024) + 1;
    spoiled.push({
      what: 'a body that is too large',
      impossible: true,
      status: 413,
      send: (valid) => ({ ...sentOf(shape, valid), body: `"${'x'.repeat(size)}"` }),
    });
  }
  if (shape.ifMatch) {
    spoiled.push({ what: 'If-Match missing', impossible: true, status: 428, send: (valid) => ({ ...sentOf(shape, valid), headers: {} }) });
    for (const version of ['*', '', 'x', '"-1"', '"1", "2"', '99999999999'])
      spoiled.push(header(`If-Match ${version}`, { 'if-match': version }, 422, 'header:If-Match'));
    spoiled.push(header('If-Match of another version', { 'if-match': '"999999999"' }, 412));
  }
  return spoiled;
}
