// Takes a valid request apart and spoils one thing at a time. What can be spoiled is read from the route's own schemas, so a field
// that is added to the contract is spoiled from that day on.
import { pathOf, type RouteShape } from '@vastus/contract';
import { type Json, schemaOf, spoiledBodies } from './spoil-body.js';
import { jsonOf, NO_CURSORS, NO_DATES, NO_IDS, ODD_TEXTS, show, UNKNOWN_ID } from './spoil-values.js';
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
  /** If it is accepted, nothing is found. */
  findsNothing?: boolean;
  send: (valid: LooseRequest) => Sent;
}

export function sentOf(shape: RouteShape, { params, query, body, headers = {} }: LooseRequest): Sent {
  const search = query && Object.keys(query).length > 0 ? `?${new URLSearchParams(query)}` : '';
  return {
    method: shape.method,
    url: `/api${pathOf(shape, params)}${search}`,
    ...(body === undefined ? {} : { body: jsonOf(body) }),
    headers,
  };
}

/** Everything that can be done to a request of this route. `foreign` is a valid request of another clinic, for its ids. */
export function spoilings(shape: RouteShape, valid: LooseRequest, foreign: LooseRequest): Spoiled[] {
  const bodies = shape.method === 'GET' ? [] : spoiledBodies(shape, valid.body, foreign.body);
  return [
    ...Object.keys(valid.params ?? {}).flatMap((name) => ofParameter(shape, name, foreign.params?.[name] ?? UNKNOWN_ID)),
    ...ofQuery(shape, valid, foreign),
    ...bodies.map(({ textFor, ...spoiled }) => ({
      ...spoiled,
      send: (request: LooseRequest) => ({ ...sentOf(shape, request), body: textFor(request.body) }),
    })),
    ...ofHeaders(shape),
  ];
}

function ofParameter(shape: RouteShape, name: string, foreignId: string): Spoiled[] {
  const put = (what: string, text: string, more: Partial<Spoiled> = {}): Spoiled => ({
    what: `path:${name} ${what}`,
    impossible: true,
    send: (valid) => {
      const sent = sentOf(shape, { ...valid, params: { ...valid.params, [name]: '@here@' } });
      return { ...sent, url: sent.url.replace('%40here%40', text) };
    },
    ...more,
  });
  const refused = { pointer: `path:${name}`, status: 422 };
  return [
    ...NO_IDS.map((id) => put(show(id), encodeURIComponent(id), refused)),
    put('NUL', 'a%00b', refused),
    put('half a surrogate pair', '%ED%A0%80'),
    put('no percent-encoding', '%zz', { status: 400 }),
    put('very long', 'x'.repeat(5_000)),
    put('unknown', UNKNOWN_ID, { status: 404 }),
    put('nobody', '00000000-0000-0000-0000-000000000000', { status: 404 }),
    put('everybody', 'ffffffff-ffff-ffff-ffff-ffffffffffff', { status: 404 }),
    put('of another clinic', foreignId, { status: 404 }),
  ];
}

function ofQuery(shape: RouteShape, valid: LooseRequest, foreign: LooseRequest): Spoiled[] {
  const schema: Json = shape.query ? schemaOf(shape.query) : {};
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
  const named = Object.entries((schema['properties'] ?? {}) as Record<string, Json>).flatMap(([name, { format, enum: names }]) => {
    const value = (text: string, impossible: boolean, more?: Partial<Spoiled>) =>
      put(name, show(text), `${name}=${encodeURIComponent(text)}`, impossible, more);
    const wrong = (texts: readonly string[]) => texts.map((text) => value(text, true));
    const found = { findsNothing: true };
    const always = [
      put(name, 'twice', `${name}=1&${name}=2`, true),
      put(name, 'NUL', `${name}=a%00b`, true),
      put(name, 'long', `${name}=${'x'.repeat(10_000)}`, true),
    ];
    if (name === 'limit') return [...always, ...wrong(['0', '-1', '100000', 'abc', '1.5', 'NaN', 'Infinity', '1e400', ''])];
    if (name === 'cursor') return [...always, ...wrong([...NO_CURSORS, ...ODD_TEXTS])];
    if (format === 'uuid')
      return [...always, ...wrong(NO_IDS), value(UNKNOWN_ID, false, found), value(foreign.query?.[name] ?? UNKNOWN_ID, false, found)];
    if (format === 'date') return [...always, ...wrong([...NO_DATES, ...ODD_TEXTS])];
    if (names) return [...always, ...wrong(['', 'none of these', 'constructor', `${(names as string[])[0]} `])];
    return [...always, ...ODD_TEXTS.map((text) => value(text, false)), put(name, 'half a surrogate pair', `${name}=%ED%A0%80`, false)];
  });
  const required = ((schema['required'] ?? []) as string[]).filter((name) => valid.query && name in valid.query);
  return [
    ...named,
    ...required.map((name) => put(name, 'missing', '', true)),
    ...['colour', '__proto__', 'constructor'].map((name) => put(name, 'is unknown', `${name}=1`, true)),
  ];
}

function ofHeaders(shape: RouteShape): Spoiled[] {
  const header = (name: string, value: string, status: number, pointer?: string): Spoiled => ({
    what: `${name}: ${show(value)}`,
    pointer,
    impossible: true,
    status,
    send: (valid) => {
      const sent = sentOf(shape, valid);
      return { ...sent, headers: { ...sent.headers, [name]: value } };
    },
  });
  const instead = (what: string, status: number, change: (sent: Sent) => Sent): Spoiled => ({
    what,
    impossible: true,
    status,
    send: (valid) => change(sentOf(shape, valid)),
  });
  const spoiled = ['with space', 'x'.repeat(201), 'ü'].map((key) => header('idempotency-key', key, 422, 'header:Idempotency-Key'));
  // A route that is not always there is not spoken of.
  spoiled.push(instead('another method', shape.onlyWith ? 404 : 405, (sent) => ({ ...sent, method: 'PATCH' })));
  if (shape.body) {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/xml'])
      spoiled.push(header('content-type', type, 415));
    const size = (shape.bodyLimit ?? 256 * 1024) + 1;
    spoiled.push(instead('a body that is too large', 413, (sent) => ({ ...sent, body: `"${'x'.repeat(size)}"` })));
  }
  if (shape.ifMatch) {
    spoiled.push(instead('no If-Match', 428, (sent) => ({ ...sent, headers: {} })));
    for (const version of ['*', '', 'x', '"-1"', '"1", "2"', '99999999999'])
      spoiled.push(header('if-match', version, 422, 'header:If-Match'));
    spoiled.push(header('if-match', '"999999999"', 412));
  }
  return spoiled;
}
