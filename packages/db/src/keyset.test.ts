import { BadCursorError, decodeCursor, encodeCursor } from './keyset.js';
import { camelCase, snakeCase } from './rows.js';

const id = '00000000-0000-7000-8000-000000000000';

it('a cursor comes back as it was given', () => {
  const values = ['Müller', id, '2026-02-28', '2026-11-20T18:15:00.250Z', 3] as const;
  expect(decodeCursor(encodeCursor(values), ['text', 'uuid', 'date', 'instant', 'number'])).toEqual(values);
});

it.each([
  ['', ['text']],
  ['%%%', ['text']],
  ['bnVsbA', ['text']],
  [encodeCursor(['a']), ['text', 'uuid']],
  [encodeCursor(['a', 'b']), ['text', 'uuid']],
  [encodeCursor(['2026-02-30']), ['date']],
  [encodeCursor(['2026-11-20T25:00:00.000Z']), ['instant']],
  [encodeCursor(['2026-11-20']), ['instant']],
  [encodeCursor(['0000-01-01']), ['date']],
  [encodeCursor([null]), ['text']],
  [encodeCursor(['1']), ['number']],
  [encodeCursor(['a\u0000b']), ['text']],
  [encodeCursor(['x'.repeat(3000)]), ['text']],
  [Buffer.from('["\\ud800"]').toString('base64url'), ['text']],
  [Buffer.from('{"length":1,"0":"a"}').toString('base64url'), ['text']],
] as const)('%s is no cursor of %j', (cursor, shape) => {
  expect(() => decodeCursor(cursor, shape)).toThrow(BadCursorError);
});

it.each([
  ['clinic_id', 'clinicId'],
  ['strength_micrograms_per_ml', 'strengthMicrogramsPerMl'],
  ['content_sha256', 'contentSha256'],
  ['offset_ms', 'offsetMs'],
  ['id', 'id'],
])('%s and %s are one name', (column, key) => {
  expect([camelCase(column), snakeCase(key)]).toEqual([key, column]);
});
