/** PostgreSQL's text format of COPY: one line a row, tabs between columns. */
export const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const NULL = '\\N';
const SPECIAL = /[\\\b\f\n\r\t\v]/;
const ESCAPED: Record<string, string> = { '\\': '\\\\', '\b': '\\b', '\f': '\\f', '\n': '\\n', '\r': '\\r', '\t': '\\t', '\v': '\\v' };
const escapeText = (text: string) =>
  SPECIAL.test(text) ? text.replace(/[\\\b\f\n\r\t\v]/g, (character) => ESCAPED[character] ?? character) : text;
const arrayElement = (value: unknown) => `"${String(value).replace(/["\\]/g, '\\$&')}"`;

export function copyValue(value: unknown, isJson: boolean): string {
  if (value === null || value === undefined) return NULL;
  if (isJson) return escapeText(JSON.stringify(value));
  switch (typeof value) {
    case 'string':
      return escapeText(value);
    case 'boolean':
      return value ? 't' : 'f';
    case 'object':
      return Array.isArray(value) ? escapeText(`{${value.map(arrayElement).join(',')}}`) : escapeText(JSON.stringify(value));
    default:
      return String(value);
  }
}
