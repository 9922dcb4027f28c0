// Cursors of keyset pages: the sort key of the last row, opaque to the client and checked when it comes back.

export type CursorValue = string | number | null;
export type CursorField = 'text' | 'uuid' | 'date' | 'instant' | 'number';
export type CursorValues<Shape extends readonly CursorField[]> = {
  -readonly [I in keyof Shape]: Shape[I] extends 'number' ? number : string;
};

/** The cursor is not one of ours, or belongs to a list with another order. */
export class BadCursorError extends Error {
  override name = 'BadCursorError';
  constructor() {
    super('The cursor does not belong to this list.');
  }
}

const LIMIT = 2_000;
const CHECKS: Record<CursorField, (value: unknown) => boolean> = {
  text: (value) => typeof value === 'string' && value.isWellFormed() && !value.includes('\u0000'),
  uuid: (value) => typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value),
  date: (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) && isInstant(`${value}T00:00:00.000Z`),
  instant: (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value) && isInstant(value),
  number: (value) => typeof value === 'number' && Number.isFinite(value),
};

// JavaScript takes 30 February for 2 March, PostgreSQL refuses it.
function isInstant(text: string): boolean {
  const ms = Date.parse(text);
  return !Number.isNaN(ms) && new Date(ms).toISOString() === text && !text.startsWith('0000');
}

export const encodeCursor = (values: readonly CursorValue[]): string => Buffer.from(JSON.stringify(values)).toString('base64url');

export function decodeCursor<const Shape extends readonly CursorField[]>(cursor: string, shape: Shape): CursorValues<Shape> {
  if (cursor.length > LIMIT) throw new BadCursorError();
  let values: unknown;
  try {
    values = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw new BadCursorError();
  }
  const fits = Array.isArray(values) && values.length === shape.length && shape.every((field, i) => CHECKS[field](values[i]));
  if (!fits) throw new BadCursorError();
  return values as CursorValues<Shape>;
}
