/** What an entry changed, field by field: pure, for what leaves the clinic as text. */

export interface Difference {
  field: string;
  before: string | null;
  after: string | null;
}

type Record_ = Readonly<Record<string, unknown>>;
const isRecord = (value: unknown): value is Record_ => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Nested records are walked into, so that `assessment.motor` is a field; where both sides are there, only what differs is listed. */
export function differences(before: unknown, after: unknown): Difference[] {
  const [was, is] = [flat(before), flat(after)];
  const fields = [...new Set([...was.keys(), ...is.keys()])];
  return fields
    .map((field) => ({ field, before: was.get(field) ?? null, after: is.get(field) ?? null }))
    .filter((one) => one.before !== one.after);
}

function flat(value: unknown, name = '', into = new Map<string, string>()): Map<string, string> {
  if (isRecord(value)) for (const [key, inner] of Object.entries(value)) flat(inner, name ? `${name}.${key}` : key, into);
  else if (value !== null && value !== undefined && name) into.set(name, text(value));
  return into;
}

function text(value: unknown): string {
  if (Array.isArray(value)) return value.map(text).join(', ');
  return isRecord(value) ? [...flat(value)].map(([key, inner]) => `${key} ${inner}`).join(' ') : String(value);
}
