// Requests for an operation of the OpenAPI document: a valid one, one with some fields exchanged, one made from the schemas alone,
// one that is no request at all. A recipe is drawn first and filled in when it is sent, because which records there are changes.
import { ROLES, type Role } from '@vastus/clinical';
import fc from 'fast-check';
import { drawnFrom, HOSTILE_TEXTS, hostileValue, IdAt, type Schema } from './schema-values.js';
import type { Sent } from './spoil.js';
import { jsonOf, Raw, UNKNOWN_ID } from './spoil-values.js';
import type { LooseRequest } from './valid-requests.js';

export interface Operation {
  /** The name of its route, too. */
  operationId: string;
  method: string;
  /** With `{name}` parameters. */
  path: string;
  security: readonly unknown[];
  parameters: readonly { in: 'path' | 'query' | 'header'; name: string; schema: Schema }[];
  body?: Schema;
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>;
}

export interface OpenApiDocument {
  paths: Record<string, Record<string, Record<string, unknown>>>;
}

export function operationsOf(document: OpenApiDocument): Operation[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => {
      const body = (operation['requestBody'] as { content: Record<string, { schema: Schema }> } | undefined)?.content['application/json'];
      return { parameters: [], ...operation, method: method.toUpperCase(), path, body: body?.schema } as unknown as Operation;
    }),
  );
}

/** Ids by the name of the field in which they were seen. */
export class KnownIds {
  private readonly byName = new Map<string, Set<string>>();
  private readonly all = new Set<string>();

  constructor(private readonly foreign: readonly string[]) {}

  learn(request: LooseRequest): void {
    for (const part of [request.params, request.query, request.body]) walk(part, [], (name, value) => this.add(name, value));
  }

  /** Mostly of the field's own kind; also another record's, another clinic's and nobody's. */
  pick(name: string, nth: number): string {
    const turn = nth % 10;
    if (turn === 7) return at([...this.foreign], nth) ?? UNKNOWN_ID;
    if (turn === 8) return at([...this.all], nth) ?? UNKNOWN_ID;
    if (turn === 9) return UNKNOWN_ID;
    return at([...(this.byName.get(name) ?? this.all)], nth) ?? UNKNOWN_ID;
  }

  private add(name: string, value: unknown): void {
    if (typeof value !== 'string' || !UUID.test(value)) return;
    this.all.add(value);
    const known = this.byName.get(name) ?? new Set();
    this.byName.set(name, known.add(value));
  }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const at = (values: string[], nth: number): string | undefined => values[nth % Math.max(1, values.length)];

function walk(value: unknown, path: readonly string[], visit: (name: string, value: unknown) => void): void {
  if (Array.isArray(value)) for (const item of value) walk(item, path, visit);
  else if (typeof value === 'object' && value !== null)
    for (const [key, child] of Object.entries(value)) walk(child, [...path, key], visit);
  else visit(path.at(-1) ?? '', value);
}

type Drawn = { how: 'kept' | 'absent' } | { how: 'drawn'; value: unknown };
type Body =
  | { how: 'kept' }
  | { how: 'made'; value: unknown }
  | { how: 'mended'; value: unknown; picks: number[] }
  | { how: 'text'; text: string };

export interface Recipe {
  asker: Role | 'nobody' | 'any';
  params: Record<string, Drawn>;
  query: Record<string, Drawn>;
  more: readonly (readonly [string, string])[];
  body: Body;
  headers: Record<string, string>;
}

/** The valid request as it is. */
export const AS_IT_IS: Recipe = { asker: 'any', params: {}, query: {}, more: [], body: { how: 'kept' }, headers: {} };

const kept = fc.constant<Drawn>({ how: 'kept' });
const drawn = (value: fc.Arbitrary<unknown>) => value.map((one): Drawn => ({ how: 'drawn', value: one }));
const texts = fc.constantFrom(...HOSTILE_TEXTS);

export function recipesFor({ parameters, body, method }: Operation, document: OpenApiDocument): fc.Arbitrary<Recipe> {
  const named = (place: string, of: (schema: Schema) => fc.Arbitrary<Drawn>) =>
    fc.record(Object.fromEntries(parameters.filter((one) => one.in === place).map(({ name, schema }) => [name, of(schema)])), {
      noNullPrototype: true,
    });
  const values = (schema: Schema, wild: number) => drawnFrom(schema, { wild, document });
  return fc.record({
    asker: fc.oneof(
      { weight: 16, arbitrary: fc.constant('any' as const) },
      { weight: 2, arbitrary: fc.constantFrom(...ROLES) },
      { weight: 1, arbitrary: fc.constant('nobody' as const) },
    ),
    params: named('path', (schema) =>
      fc.oneof({ weight: 12, arbitrary: kept }, { weight: 3, arbitrary: drawn(values(schema, 0)) }, { weight: 1, arbitrary: drawn(texts) }),
    ),
    query: named('query', (schema) =>
      fc.oneof(
        { weight: 4, arbitrary: kept },
        { weight: 6, arbitrary: fc.constant<Drawn>({ how: 'absent' }) },
        { weight: 5, arbitrary: drawn(values(schema, 0)) },
        { weight: 1, arbitrary: drawn(values(schema, 60)) },
      ),
    ),
    more: fc.oneof(
      { weight: 12, arbitrary: fc.constant([]) },
      {
        weight: 1,
        arbitrary: fc.array(fc.tuple(fc.oneof(texts, fc.constantFrom('limit', 'q', '__proto__[a]', 'clinicId')), texts), { maxLength: 2 }),
      },
    ),
    body: body ? bodiesOf(body, values) : method === 'GET' ? fc.constant<Body>({ how: 'kept' }) : unasked,
    headers: fc
      .record(
        {
          'idempotency-key': fc.oneof(fc.uuid(), fc.constantFrom('again', '', 'with space', 'x'.repeat(201))),
          'if-match': fc.constantFrom('"0"', '"1"', '"2"', '1', 'W/"1"', '*', '', '"-1"', '"999999999"', '"1", "2"'),
          'content-type': fc.constantFrom('application/json; charset=utf-8', 'text/plain', 'application/xml', 'application/json;;', ''),
          accept: fc.constantFrom('text/html', 'application/xml', '*/*', 'nonsense'),
          'accept-language': fc.constantFrom('de', '*', 'x'.repeat(300)),
          authorization: fc.constantFrom('Bearer vst_x', 'Bearer', 'Basic YTpi'),
          'x-request-id': fc.constantFrom('short', 'a-request-id', 'x'.repeat(300)),
        },
        { requiredKeys: [], noNullPrototype: true },
      )
      .chain((all) => {
        const entries = Object.entries(all);
        return fc.oneof(
          { weight: 8, arbitrary: fc.constant<Record<string, string>>({}) },
          {
            weight: 1,
            arbitrary: fc
              .subarray(entries, { maxLength: Math.min(1, entries.length) })
              .map((some) => Object.fromEntries(some) as Record<string, string>),
          },
        );
      }),
  });
}

const unasked: fc.Arbitrary<Body> = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Body>({ how: 'kept' }) },
  { weight: 1, arbitrary: hostileValue.map((value): Body => ({ how: 'made', value })) },
);

function bodiesOf(body: Schema, values: (schema: Schema, wild: number) => fc.Arbitrary<unknown>): fc.Arbitrary<Body> {
  const made = (wild: number) => values(body, wild).map((value): Body => ({ how: 'made', value }));
  const mended = (wild: number) =>
    fc
      .tuple(values(body, wild), fc.array(fc.nat({ max: 200 }), { minLength: 1, maxLength: 4 }))
      .map(([value, picks]): Body => ({ how: 'mended', value, picks }));
  return fc.oneof(
    { weight: 2, arbitrary: fc.constant<Body>({ how: 'kept' }) },
    { weight: 5, arbitrary: mended(0) },
    { weight: 5, arbitrary: mended(40) },
    { weight: 3, arbitrary: made(0) },
    { weight: 2, arbitrary: made(4) },
    { weight: 2, arbitrary: made(40) },
    { weight: 1, arbitrary: hostileValue.map((value): Body => ({ how: 'made', value })) },
    {
      weight: 1,
      arbitrary: fc
        .oneof(
          fc.string({ unit: 'binary', maxLength: 60 }),
          fc.constantFrom('', '{', '{"a":}', '[1,]', '\u0000', '\ufeff{}', '{"a":1}}', '1e999', '"'),
        )
        .map((text): Body => ({ how: 'text', text })),
    },
  );
}

/** The request as it goes over the wire. `valid` is where what the recipe keeps comes from. */
export function fill(operation: Operation, recipe: Recipe, valid: LooseRequest, ids: KnownIds): Sent {
  const known = (name: string, value: unknown) => withIds(value, name, ids);
  const url = operation.path.replace(/\{([A-Za-z]+)\}/g, (_, name: string) => {
    const chosen = recipe.params[name];
    const value = chosen?.how === 'drawn' ? known(name, chosen.value) : valid.params?.[name];
    // Without anything in that place it would be the address of another operation.
    return encodeURIComponent(textOf(value).toWellFormed() || ' ');
  });
  const query = Object.entries({ ...valid.query, ...recipe.query } as Record<string, string | Drawn>).flatMap(
    ([name, chosen]): [string, string][] => {
      if (typeof chosen === 'string') return [[name, chosen]];
      if (chosen.how === 'drawn') return [[name, textOf(known(name, chosen.value))]];
      const value = chosen.how === 'kept' ? valid.query?.[name] : undefined;
      return value === undefined ? [] : [[name, value]];
    },
  );
  const search = [...query, ...recipe.more].map(
    ([name, value]) => `${encodeURIComponent(name.toWellFormed())}=${encodeURIComponent(value.toWellFormed())}`,
  );
  const body = bodyText(recipe.body, valid.body, ids);
  return {
    method: operation.method,
    url: search.length > 0 ? `${url}?${search.join('&')}` : url,
    ...(body === undefined ? {} : { body }),
    headers: { ...valid.headers, ...recipe.headers },
  };
}

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : value instanceof Raw ? value.text : (JSON.stringify(value) ?? '');

function bodyText(body: Body, valid: unknown, ids: KnownIds): string | undefined {
  if (body.how === 'text') return body.text;
  if (body.how === 'made') return jsonOf(withIds(body.value, '', ids));
  if (valid === undefined) return undefined;
  if (body.how === 'kept') return jsonOf(valid);
  const value = withIds(body.value, '', ids);
  const places = placesIn(value);
  return jsonOf(body.picks.reduce<unknown>((mended, pick) => put(mended, places[pick % places.length] ?? [], value), valid));
}

function withIds(value: unknown, name: string, ids: KnownIds): unknown {
  if (value instanceof IdAt) return ids.pick(name, value.nth);
  if (value instanceof Raw || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => withIds(item, name, ids));
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, withIds(child, key, ids)]));
}

/** The paths to everything that holds nothing further. */
function placesIn(value: unknown): string[][] {
  if (typeof value !== 'object' || value === null || value instanceof Raw) return [[]];
  const places = Object.entries(value).flatMap(([key, child]) => placesIn(child).map((path) => [key, ...path]));
  return places.length > 0 ? places : [[]];
}

/** `into` with what stands at `path` in `source`. */
function put(into: unknown, path: readonly string[], source: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return source;
  const child = (source as Record<string, unknown>)[key];
  if (Array.isArray(source)) {
    const list = Array.isArray(into) ? [...into] : [];
    const index = Math.min(Number(key), list.length);
    list[index] = put(list[index], rest, child);
    return list;
  }
  const isObject = typeof into === 'object' && into !== null && !Array.isArray(into) && !(into instanceof Raw);
  return { ...(isObject ? into : {}), [key]: put(isObject ? (into as Record<string, unknown>)[key] : undefined, rest, child) };
}
