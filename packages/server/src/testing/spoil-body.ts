// Spoils the body of a request field by field. The fields are read from the route's own schema.
import type { RouteShape } from '@vastus/contract';
import { z } from 'zod';
import {
  jsonOf,
  NEVER_AT,
  NEVER_ON,
  NO_DATES,
  NO_IDS,
  NO_INSTANTS,
  NO_NUMBERS,
  NO_TEXTS,
  nested,
  ODD_NUMBERS,
  ODD_TEXTS,
  REMOVED,
  show,
  UNKNOWN_ID,
  unknownFields,
  zeros,
} from './spoil-values.js';

export type Json = Record<string, unknown>;
type Path = readonly (string | number)[];

/** One body to send instead. */
export interface SpoiledBody {
  what: string;
  pointer?: string;
  impossible: boolean;
  status?: number;
  textFor: (validBody: unknown) => string;
}

/** The dates that somebody decides; the others are facts, which nobody records before they happen. */
const DECIDED = /^\/(until|now)$/;

export const schemaOf = (schema: z.ZodType): Json => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Json;

/** `foreignBody` is a valid body of another clinic, for its ids. */
export function spoiledBodies(shape: RouteShape, validBody: unknown, foreignBody: unknown): SpoiledBody[] {
  const spoiled: SpoiledBody[] = [];
  const whole = (body: unknown, pointer?: string) =>
    spoiled.push({ what: `the body is ${show(body)}`, pointer, impossible: true, status: 422, textFor: () => jsonOf(body) });
  if (!shape.body) {
    for (const body of [[], null, 7]) whole(body);
    whole({ a: 1 }, '/a');
    return spoiled;
  }
  const size = (shape.bodyLimit ?? 256 * 1024) / 16;
  for (const body of [
    [],
    [1],
    'text',
    7,
    true,
    null,
    nested(1_000),
    zeros(1_000),
    unknownFields(1_000),
    unknownFields(Math.min(size, 300_000)),
  ])
    whole(body);
  for (const text of ['{', '{"a":}', 'undefined', '{"a":NaN}', "{'a':1}", '[1,]', `${jsonOf(validBody)}}`, '\u0000', '\ufeff{'])
    spoiled.push({ what: `no JSON: ${text.slice(0, 20)}`, impossible: true, status: 400, textFor: () => text });
  spoiled.push({ what: 'an empty body', impossible: false, textFor: () => '' });

  const put: Put = (path, value, impossible, what = show(value)) => {
    const pointer = pointerOf(path);
    spoiled.push({ what: `${pointer} ${what}`, pointer, impossible, textFor: (body) => jsonOf(changed(body, path, value)) });
  };
  const schema = schemaOf(shape.body);
  new Walk(schema, put, { foreignBody, most: 6 * size, isQuestion: shape.unversioned === 'asks' }).visit(schema, [], validBody);
  return spoiled;
}

type Put = (path: Path, value: unknown, impossible: boolean, what?: string) => void;

class Walk {
  constructor(
    private readonly root: Json,
    private readonly put: Put,
    private readonly place: { foreignBody: unknown; most: number; isQuestion: boolean },
  ) {}

  visit(schema: Json, path: Path, value: unknown): void {
    const { core, nullable } = this.resolve(schema);
    const type = core['type'];
    if (path.length > 0) {
      this.put(path, null, !nullable);
      const others = [true, 7, 'text', [], {}, nested(1_000)].filter((one) => !isOf(type, one));
      for (const other of type === undefined ? [] : others) this.put(path, other, true);
    }
    if (type === 'object') this.visitObject(core, path, value);
    else if (type === 'array') this.visitList(core, path, value);
    else if (type === 'number' || type === 'integer') {
      for (const number of NO_NUMBERS) this.put(path, number, true);
      for (const number of ODD_NUMBERS) this.put(path, number, false);
    } else if (type === 'string') this.visitText(core, path);
  }

  private visitObject(schema: Json, path: Path, value: unknown): void {
    const properties = (schema['properties'] ?? {}) as Record<string, Json>;
    const required = (schema['required'] ?? []) as string[];
    const extra = schema['additionalProperties'];
    // A record or a bundle takes fields of any name; but never one that is no name, and nothing without a bottom.
    for (const name of ['__proto__', 'a\u0000b']) this.put([...path, name], 1, true, 'is no name');
    this.put([...path, 'deep'], nested(1_000), true, '1,000 levels deep');
    if (extra === false)
      for (const name of ['colour', 'constructor', 'toString', 'a/b~c', '']) this.put([...path, name], 'red', true, 'is unknown');
    if (typeof value !== 'object' || value === null) return;
    for (const [name, child] of Object.entries(properties)) {
      this.put([...path, name], REMOVED, required.includes(name));
      this.visit(child, [...path, name], (value as Json)[name]);
    }
    if (typeof extra !== 'object' || Object.keys(extra as Json).length === 0) return;
    for (const [name, child] of Object.entries(value)) if (!(name in properties)) this.visit(extra as Json, [...path, name], child);
    for (const name of ['', 'x'.repeat(200)]) this.put([...path, name], 1, true, 'is no name');
  }

  private visitList(schema: Json, path: Path, value: unknown): void {
    for (const list of [[null], ['a\u0000b'], zeros(1_000), zeros(this.place.most)]) this.put(path, list, true);
    if (Array.isArray(value) && value.length > 0 && schema['items']) this.visit(schema['items'] as Json, [...path, 0], value[0]);
  }

  private visitText({ enum: names, const: only, format }: { enum?: string[]; const?: string; format?: string }, path: Path): void {
    const wrong = (...values: readonly string[]) => {
      for (const value of [...(values.length > 0 ? NO_TEXTS.slice(0, 2) : NO_TEXTS), ...values]) this.put(path, value, true);
    };
    if (names) wrong('', 'none of these', 'constructor', '__proto__', `${names[0]} `);
    else if (only !== undefined) wrong('', 'another');
    else if (format === 'uuid') {
      wrong('', ...NO_IDS, UNKNOWN_ID);
      const foreign = at(this.place.foreignBody, path);
      if (foreign) this.put(path, foreign, true, 'of another clinic');
    } else if (format === 'date' || format === 'date-time') {
      wrong('', ...(format === 'date' ? NO_DATES : NO_INSTANTS));
      const isFact = !this.place.isQuestion && !DECIDED.test(pointerOf(path));
      for (const time of format === 'date' ? NEVER_ON : NEVER_AT) this.put(path, time, isFact);
    } else {
      wrong();
      for (const text of ODD_TEXTS) this.put(path, text, false);
    }
  }

  private resolve(schema: Json): { core: Json; nullable: boolean } {
    const { $ref, anyOf, type } = schema as { $ref?: string; anyOf?: Json[]; type?: string | string[] };
    if ($ref) return this.resolve((this.root['$defs'] as Record<string, Json>)[$ref.split('/').at(-1)!]!);
    if (anyOf) {
      const choices = anyOf.filter((choice) => choice['type'] !== 'null');
      const { core, nullable } = this.resolve(choices[0]!);
      return { core, nullable: nullable || choices.length < anyOf.length };
    }
    if (!Array.isArray(type)) return { core: schema, nullable: false };
    return { core: { ...schema, type: type.find((name) => name !== 'null') }, nullable: type.includes('null') };
  }
}

function isOf(type: unknown, value: unknown): boolean {
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return typeof value === 'object' && !Array.isArray(value) && value?.constructor === Object;
  return typeof value === (type === 'integer' ? 'number' : type);
}

const at = (body: unknown, path: Path): unknown => path.reduce<unknown>((place, step) => (place as Json | null | undefined)?.[step], body);

function changed(body: unknown, path: Path, value: unknown): unknown {
  const copy = structuredClone(body);
  let place = copy as Json;
  for (const step of path.slice(0, -1)) {
    place[step] ??= {};
    place = place[step] as Json;
  }
  const last = path.at(-1)!;
  if (value === REMOVED) delete place[last];
  // An assignment to __proto__ would change nothing that is sent.
  else Object.defineProperty(place, last, { value, enumerable: true, configurable: true, writable: true });
  return copy;
}

const pointerOf = (path: Path) =>
  path.map((step) => `/${String(step).replaceAll('\u0000', '').replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
