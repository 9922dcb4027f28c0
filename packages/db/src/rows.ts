// What a value of the database looks like in the program: dates as 'YYYY-MM-DD', instants as ISO strings with milliseconds in UTC,
// numeric and bigint as numbers, column names in camelCase, jsonb as it was written.
import pg from 'pg';

type Parser = (text: string) => unknown;

const instantFromText = pg.types.getTypeParser(pg.types.builtins.TIMESTAMPTZ, 'text') as Parser;

function instant(text: string): string {
  // Sessions run in UTC, so PostgreSQL writes "2026-11-20 18:15:00.25+00"; anything else (another zone, before Christ) is parsed.
  if (text.length >= 22 && text[4] === '-' && text[10] === ' ' && text.endsWith('+00')) {
    const fraction = text[19] === '.' ? text.slice(20, -3) : '';
    return `${text.slice(0, 10)}T${text.slice(11, 19)}.${fraction.slice(0, 3).padEnd(3, '0')}Z`;
  }
  const parsed = instantFromText(text);
  return parsed instanceof Date ? parsed.toISOString() : String(parsed);
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError('A bigint of the database does not fit a number.');
  return value;
}

const asIs: Parser = (text) => text;
// The driver's typings describe a later version of this function.
const arrays = pg.types.arrayParser as unknown as { create(text: string, parse: Parser): { parse(): unknown[] } };
const arrayOf =
  (parser: Parser): Parser =>
  (text) =>
    arrays.create(text, parser).parse();

const PARSERS: ReadonlyMap<number, Parser> = new Map<number, Parser>([
  [pg.types.builtins.DATE, asIs],
  [pg.types.builtins.TIMESTAMPTZ, instant],
  [pg.types.builtins.NUMERIC, Number],
  [pg.types.builtins.INT8, wholeNumber],
  [1182, arrayOf(asIs)], // date[]
  [1185, arrayOf(instant)], // timestamptz[]
  [1231, arrayOf(Number)], // numeric[]
  [1016, arrayOf(wholeNumber)], // bigint[]
]);

/** Parsers for one pool; the driver's own, which the whole process shares, stay as they are. */
export const columnTypes: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    (format !== 'binary' && PARSERS.get(oid)) || pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
};

export const camelCase = (name: string) => name.replace(/(?<=[a-z0-9])_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
export const snakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const shapes = new Map<string, readonly string[]>();

/** Rows that came as arrays (`rowMode: 'array'`) become objects; the keys are worked out once for each list of columns. */
export function toObjects<Row>(fields: readonly { name: string }[], rows: readonly unknown[][]): Row[] {
  if (rows.length === 0) return [];
  const signature = fields.map((field) => field.name).join('\u0000');
  let keys = shapes.get(signature);
  if (!keys) {
    keys = fields.map((field) => camelCase(field.name));
    shapes.set(signature, keys);
  }
  return rows.map((values) => {
    const row: Record<string, unknown> = {};
    for (let i = 0; i < keys.length; i++) row[keys[i]!] = values[i];
    return row as Row;
  });
}
