// Writers for rows given in camelCase. `undefined` leaves a column to its default, `null` writes NULL.
import { uuidv7 } from 'uuidv7';
import { snakeCase } from './rows.js';
import type { Queryable } from './tx.js';

// PostgreSQL counts the parameters of a statement in 16 bits.
const PARAMETERS = 60_000;

export type Row = Readonly<Record<string, unknown>>;
export interface InsertOptions {
  /** What follows ON CONFLICT, for example `DO NOTHING`. */
  onConflict?: string;
}

/** An id that grows with time, so that rows made together lie together. */
export const newId = (): string => uuidv7();

/** A value for a jsonb column: the driver would write an array as a PostgreSQL array and a string without quotes. */
export function json(value: unknown) {
  return value === null || value === undefined ? null : { toPostgres: () => JSON.stringify(value) };
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
const tableName = (table: string) => table.split('.').map(quoted).join('.');
const conflictClause = ({ onConflict }: InsertOptions) => (onConflict ? ` ON CONFLICT ${onConflict}` : '');

/** Inserts one row and says how many were written (none, if a conflict was to be ignored). */
export function insert(q: Queryable, table: string, values: Row, options: InsertOptions = {}): Promise<number> {
  return insertMany(q, table, [values], options);
}

/** Inserts rows in as few statements as possible; they may differ in the columns they name. */
export async function insertMany(q: Queryable, table: string, rows: readonly Row[], options: InsertOptions = {}): Promise<number> {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row).filter((key) => row[key] !== undefined)))];
  if (rows.length > 0 && columns.length === 0) throw new TypeError('A row to insert names no column.');
  const into = `INSERT INTO ${tableName(table)} (${columns.map((column) => quoted(snakeCase(column))).join(', ')}) VALUES `;
  const atOnce = Math.max(1, Math.floor(PARAMETERS / columns.length));
  let written = 0;
  for (let start = 0; start < rows.length; start += atOnce) {
    const values: unknown[] = [];
    const tuples = rows.slice(start, start + atOnce).map((row) => {
      const places = columns.map((column) => (row[column] === undefined ? 'DEFAULT' : `$${values.push(row[column])}`));
      return `(${places.join(', ')})`;
    });
    written += (await q.query(into + tuples.join(', ') + conflictClause(options), values)).count;
  }
  return written;
}
