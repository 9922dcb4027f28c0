import { differences } from './audit-difference.js';

test('only what differs is listed, and nested fields by their path', () => {
  const before = { phone: '1', name: 'Ida', assessment: { motor: 'none', onset: 'hours' }, allergies: ['cobalt'] };
  const after = { phone: '2', name: 'Ida', assessment: { motor: 'weakness', onset: 'hours' }, allergies: ['cobalt', 'other'] };
  expect(differences(before, after)).toEqual([
    { field: 'phone', before: '1', after: '2' },
    { field: 'assessment.motor', before: 'none', after: 'weakness' },
    { field: 'allergies', before: 'cobalt', after: 'cobalt, other' },
  ]);
});

test('something recorded has no before, something cleared no after', () => {
  expect(differences(null, { dose: 1000, note: null })).toEqual([{ field: 'dose', before: null, after: '1000' }]);
  expect(differences({ note: 'x' }, { note: null })).toEqual([{ field: 'note', before: 'x', after: null }]);
  expect(differences(undefined, undefined)).toEqual([]);
});
