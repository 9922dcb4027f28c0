// Values for a JSON schema of the OpenAPI document: what it allows, with a liking for its edges, and now and then what no schema
// allows. Ids are left open: which records there are is only known when the request is sent.
import fc from 'fast-check';
import { NO_DATES, NO_IDS, NO_INSTANTS, NO_NUMBERS, NO_TEXTS, nested, ODD_NUMBERS, ODD_TEXTS, Raw, zeros } from './spoil-values.js';

export type Schema = Record<string, unknown>;

/** The id of some record; `nth` says which when it is filled in. */
export class IdAt {
  constructor(readonly nth: number) {}
}

export interface Choice {
  /** Of a hundred places, how many hold what the schema may not allow. */
  wild: number;
  /** The document that `$ref` points into. */
  document: unknown;
}

const MOST_ITEMS = 4;
const MOST_DEPTH = 12;

/** Texts with which something behind a form was once broken: SQL, markup, templates, spreadsheets, shells, prototypes, formats. */
export const HOSTILE_TEXTS = [
  ...NO_TEXTS,
  ...ODD_TEXTS,
  "'; DROP TABLE patient; --",
  "' OR '1'='1",
  '\\',
  '%',
  '_',
  '%%%_%%%_',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '{{constructor.constructor("return 1")()}}',
  '#{7*7}',
  '=HYPERLINK("http://x","y")',
  '../../../../etc/passwd',
  '$(id)',
  '__proto__',
  'constructor',
  'toString',
  'null',
  'undefined',
  'true',
  '\u202Emuster',
  '\ufeff',
  '\u0001\u001f\u007f',
  'e\u0301'.repeat(40),
  'ﷺ'.repeat(50),
  'İstanbul ß ŉ',
  '𝕸𝖚𝖘𝖙𝖊𝖗',
  'a'.repeat(256),
  ' '.repeat(400),
  '("'.repeat(60),
  '1e400',
  '٣',
];
const HOSTILE_VALUES: readonly unknown[] = [
  null,
  true,
  0,
  '',
  [],
  {},
  [null],
  [[]],
  { a: 1 },
  { toString: 1 },
  { constructor: { prototype: { polluted: true } } },
  new Raw('{"__proto__":{"polluted":true}}'),
  nested(60),
  nested(2_000),
  zeros(300),
  ...NO_NUMBERS,
  ...ODD_NUMBERS,
];

const hostileText = fc.oneof(
  fc.constantFrom(...HOSTILE_TEXTS),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
);
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(...HOSTILE_VALUES),
  hostileText,
  fc.jsonValue({ maxDepth: 3 }),
  fc.nat({ max: 99 }).map((nth) => new IdAt(nth)),
);

const NEAR = Date.UTC(2026, 10, 20, 9);
const DAY = 86_400_000;
const day = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -40, max: 10 }).map((days) => new Date(NEAR + days * DAY).toISOString().slice(0, 10)) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '1800-01-01',
      '2200-12-31',
      '2024-02-29',
      '2026-03-29',
      '2026-10-25',
      '2026-12-31',
      '1960-05-17',
      '2026-11-20',
      '2026-11-21',
    ),
  },
  { weight: 1, arbitrary: fc.integer({ min: -82_000, max: 63_000 }).map((days) => new Date(NEAR + days * DAY).toISOString().slice(0, 10)) },
);
const instant = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -60_000, max: 3_000 }).map((minutes) => new Date(NEAR + minutes * 60_000).toISOString()) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '1900-01-01T00:00:00Z',
      '2200-12-31T23:59:59.999Z',
      '2026-03-29T02:30:00+01:00',
      '2026-10-25T02:30:00+02:00',
      '2026-11-20T09:00:00Z',
      '2026-11-20T09:00:00.001Z',
      '2026-11-20T23:59:59.999999999+14:00',
      '2024-02-29T23:59:59-11:30',
    ),
  },
  { weight: 1, arbitrary: day.map((date) => `${date}T12:00:00+05:45`) },
);

/** Any value the schema allows – and, `wild` times in a hundred at every place, one it may not. */
export function drawnFrom(schema: Schema, choice: Choice, depth = 0): fc.Arbitrary<unknown> {
  const allowed = allowedBy(schema, choice, depth);
  if (choice.wild === 0) return allowed;
  return fc.oneof(
    { weight: 100 - choice.wild, arbitrary: allowed },
    { weight: choice.wild, arbitrary: fc.oneof(justOutside(resolve(schema, choice)), hostileValue) },
  );
}

function resolve(schema: Schema, { document }: Choice): Schema {
  const ref = schema['$ref'];
  if (typeof ref !== 'string') return schema;
  return ref
    .slice(2)
    .split('/')
    .reduce<unknown>((place, step) => (place as Schema)[step], document) as Schema;
}

function allowedBy(unresolved: Schema, choice: Choice, depth: number): fc.Arbitrary<unknown> {
  const schema = resolve(unresolved, choice);
  const { type, enum: names, anyOf, oneOf } = schema as { type?: string; enum?: unknown[]; anyOf?: Schema[]; oneOf?: Schema[] };
  if ('const' in schema) return fc.constant(schema['const']);
  if (names) return fc.constantFrom(...names);
  const choices = anyOf ?? oneOf;
  if (choices) {
    return fc.oneof(...choices.map((one) => ({ weight: one['type'] === 'null' ? 1 : 4, arbitrary: drawnFrom(one, choice, depth) })));
  }
  if (depth > MOST_DEPTH) return fc.constant(null);
  switch (type) {
    case 'null':
      return fc.constant(null);
    case 'boolean':
      return fc.boolean();
    case 'integer':
    case 'number':
      return numberOf(schema, type === 'integer');
    case 'string':
      return textOf(schema);
    case 'array':
      return listOf(schema, choice, depth);
    case 'object':
      return objectOf(schema, choice, depth);
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

const boundsOf = (schema: Schema, isWhole: boolean) => {
  const step = isWhole ? 1 : 0.5;
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema as Record<string, number | undefined>;
  const min = minimum ?? (exclusiveMinimum === undefined ? -1_000 : exclusiveMinimum + step);
  const max = maximum ?? (exclusiveMaximum === undefined ? 1_000_000 : exclusiveMaximum - step);
  return { min, max, step };
};

function numberOf(schema: Schema, isWhole: boolean): fc.Arbitrary<number> {
  const { min, max } = boundsOf(schema, isWhole);
  const small = { min, max: Math.min(max, min + 100) };
  const among = (range: { min: number; max: number }) =>
    isWhole ? fc.integer({ min: Math.ceil(range.min), max: Math.floor(range.max) }) : fc.double({ ...range, noNaN: true });
  return fc.oneof(fc.constantFrom(min, max), among(small), among({ min, max }));
}

function textOf(schema: Schema): fc.Arbitrary<unknown> {
  const {
    format,
    pattern,
    minLength = 0,
    maxLength,
  } = schema as { format?: string; pattern?: string; minLength?: number; maxLength?: number };
  if (format === 'uuid') return fc.nat({ max: 99 }).map((nth) => new IdAt(nth));
  if (format === 'date') return day;
  if (format === 'date-time') return instant;
  if (format === 'email') return fc.oneof(fc.constant('somebody@example.org'), fc.emailAddress());
  if (pattern) return fc.stringMatching(new RegExp(pattern));
  const most = Math.min(maxLength ?? 60, minLength + 60);
  const texts = [
    fc.string({ unit: 'grapheme', minLength, maxLength: most }),
    fc.string({ minLength, maxLength: most }),
    fc.constant('x'.repeat(Math.max(minLength, 1))),
    fc.constantFrom(...HOSTILE_TEXTS.filter((text) => text.length >= minLength && text.length <= (maxLength ?? 400))),
  ];
  if (maxLength !== undefined && maxLength <= 20_000) texts.push(fc.constant('ü'.repeat(maxLength)));
  return fc.oneof(...texts);
}

function listOf(schema: Schema, choice: Choice, depth: number): fc.Arbitrary<unknown> {
  const { items, minItems = 0, maxItems = MOST_ITEMS } = schema as { items?: Schema; minItems?: number; maxItems?: number };
  const item = items ? drawnFrom(items, choice, depth + 1) : fc.jsonValue({ maxDepth: 1 });
  return fc.array(item, { minLength: minItems, maxLength: Math.max(minItems, Math.min(maxItems, MOST_ITEMS)) });
}

function objectOf(schema: Schema, choice: Choice, depth: number): fc.Arbitrary<unknown> {
  const properties = (schema['properties'] ?? {}) as Record<string, Schema>;
  const required = (schema['required'] ?? []) as string[];
  const extra = schema['additionalProperties'];
  const known = fc.record(
    Object.fromEntries(Object.entries(properties).map(([name, child]) => [name, drawnFrom(child, choice, depth + 1)])),
    { requiredKeys: choice.wild > 10 ? [] : required, noNullPrototype: true },
  );
  const others: fc.Arbitrary<Record<string, unknown>>[] = [];
  const names = (schema['propertyNames'] as { enum?: string[] } | undefined)?.enum;
  if (typeof extra === 'object' && names) {
    const child = drawnFrom(extra as Schema, choice, depth + 1);
    others.push(fc.record(Object.fromEntries(names.map((name) => [name, child])), { noNullPrototype: true }));
  } else if (typeof extra === 'object') {
    others.push(
      fc.dictionary(fc.string({ maxLength: 12 }), drawnFrom(extra as Schema, choice, depth + 1), { maxKeys: 4, noNullPrototype: true }),
    );
  }
  if (choice.wild > 0) {
    const unknown = fc.dictionary(fc.constantFrom('colour', 'constructor', 'a/b~c', '', 'id', 'clinicId', 'version'), hostileValue, {
      minKeys: 1,
      maxKeys: 1,
      noNullPrototype: true,
    });
    others.push(fc.oneof({ weight: 100 - choice.wild, arbitrary: fc.constant({}) }, { weight: choice.wild, arbitrary: unknown }));
  }
  return fc.tuple(known, ...others).map((parts) => Object.assign({}, ...parts) as unknown);
}

/** One step over an edge of the schema, or of the form it names. */
function justOutside(schema: Schema): fc.Arbitrary<unknown> {
  const {
    type,
    format,
    minLength = 0,
    maxLength,
    anyOf,
    maxItems,
  } = schema as {
    type?: string;
    format?: string;
    minLength?: number;
    maxLength?: number;
    anyOf?: Schema[];
    maxItems?: number;
  };
  if (anyOf) return justOutside(anyOf.find((one) => one['type'] !== 'null') ?? {});
  if (type === 'integer' || type === 'number') {
    const { min, max, step } = boundsOf(schema, type === 'integer');
    return fc.constantFrom<unknown>(min - step, max + step, min + 0.001, String(min), Number.MAX_SAFE_INTEGER);
  }
  if (format === 'uuid') return fc.constantFrom(...NO_IDS);
  if (format === 'date') return fc.constantFrom(...NO_DATES);
  if (format === 'date-time') return fc.constantFrom(...NO_INSTANTS);
  if (type === 'string')
    return fc.constantFrom('x'.repeat(Math.max(0, minLength - 1)), ' '.repeat(minLength + 1), 'x'.repeat((maxLength ?? 5_000) + 1));
  if (type === 'array')
    return fc.constantFrom<unknown>(
      [],
      Array.from({ length: (maxItems ?? 200) + 1 }, () => null),
    );
  return fc.constant(null);
}
