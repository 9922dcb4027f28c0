// What is sent instead of what was asked for.

/** A JSON text that no value of JavaScript stands for: `1e400`, `-0`, brackets a thousand deep. */
export class Raw {
  constructor(readonly text: string) {}
}
/** In place of a value: the field is left out. */
export const REMOVED = Symbol('removed');

/** JSON with every `Raw` as it is written. */
export function jsonOf(body: unknown): string {
  const raw: string[] = [];
  const text = JSON.stringify(body, (_, value: unknown) => (value instanceof Raw ? `@raw:${raw.push(value.text) - 1}@` : value));
  return text.replace(/"@raw:(\d+)@"/g, (_, index: string) => raw[Number(index)]!);
}

/** For the message of a failing test. */
export function show(value: unknown): string {
  if (value === REMOVED) return 'missing';
  const text = value instanceof Raw ? value.text : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 40)}… (${text.length})` : text;
}

export const nested = (levels: number) => new Raw(`${'['.repeat(levels)}${']'.repeat(levels)}`);
export const zeros = (count: number) => new Raw(`[${'0,'.repeat(count - 1)}0]`);

export const unknownFields = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${i}`, 0]));

export const UNKNOWN_ID = '01890000-0000-7000-8000-00000000dead';
export const NO_IDS = ['x', '0', 'null', '01890000-0000-7000-8000-00000000', '{01890000-0000-7000-8000-000000000000}', "' OR 1=1 --"];
/** Never text, in any field. */
export const NO_TEXTS = ['a\u0000b', 'a\ud800b', 'x'.repeat(10_000)];
/** Text that a field may take, or not. */
export const ODD_TEXTS = ['', ' \t\n\u00a0', "👩🏽‍⚕️\u202E';--%_\\\u0007{{7}}"];
export const NO_DATES = [
  '2026-02-30',
  '0000-01-01',
  '9999-12-31',
  '2026-13-01',
  '2026-11-00',
  '2026-2-3',
  '+012026-11-20',
  '2026-11-20T09:00:00Z',
  '２０２６-11-20',
  'yesterday',
];
export const NO_INSTANTS = [
  '2026-02-30T10:00:00Z',
  '0000-01-01T00:00:00Z',
  '9999-12-31T23:59:59Z',
  '2026-11-20T24:00:00Z',
  '2026-11-20T10:00:00',
  '2026-11-20',
  '2026-11-20T10:00:00+99:00',
  '+012026-11-20T10:00:00Z',
  'now',
];
/** Days that exist, and on which nothing can have happened that is recorded here: nobody was born, nothing has come yet. */
export const NEVER_ON = ['1800-01-01', '1890-01-01', '2126-11-20', '2200-12-31'];
export const NEVER_AT = ['1900-01-01T00:00:00Z', '2126-11-20T00:00:00Z', '2200-12-31T00:00:00Z'];
export const NO_NUMBERS = [new Raw('1e400'), new Raw('1e308'), new Raw('-1e308'), new Raw('99999999999999999999'), 'NaN', '1'];
export const ODD_NUMBERS = ['-1', '-0', '0.1', '1e-400', '9007199254740993'].map((text) => new Raw(text));

const cursorOf = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
export const NO_CURSORS = ['x', '!!!', ...[null, {}, [], [null], ['a'], [1, 2, 3, 4, 5, 6, 7], ['2026-02-30', UNKNOWN_ID]].map(cursorOf)];
