import { screen, within } from '@testing-library/react';
import { id, open } from '../testing/screen.js';
import { Difference } from './Difference.js';
import { differencesOf } from './difference.js';

const show = (before: unknown, after: unknown) => open(<Difference before={before} after={after} />, { role: 'administrator', api: {} });
const cells = async (field: string) => {
  const row = await screen.findByRole('row', { name: new RegExp(`^${field}`) });
  return within(row)
    .getAllByRole('cell')
    .map(({ textContent }) => textContent);
};

it('names fields and codes in the ward’s words, and lists only what differs', async () => {
  show(
    { phone: '+49 30 1', sex: 'female', site: 'deltoid-left', assessment: { motor: 'none', onset: 'hours' } },
    { phone: '+49 30 2', sex: 'female', site: 'ventrogluteal-right', assessment: { motor: 'foot-or-wrist-drop', onset: 'hours' } },
  );
  expect(await cells('Telephone')).toEqual(['+49 30 1', '+49 30 2']);
  expect(await cells('Site')).toEqual(['Left deltoid', 'Right ventrogluteal']);
  expect(await cells('Strength')).toEqual(['No weakness', 'Foot or wrist drop']);
  expect(screen.queryByRole('row', { name: /^Sex/ })).not.toBeInTheDocument();
});

it('a field nobody gave a word is still words, and dates and answers are written out', async () => {
  show({}, { brandNewField: true, filedOn: '2026-03-10', clinicId: id(1), version: 2 });
  expect(await cells('Brand new field')).toEqual(['–', 'Yes']);
  expect(await cells('Sent on')).toEqual(['–', '10 Mar 2026']);
  expect(screen.getAllByRole('row')).toHaveLength(3);
});

it('numbers of records and empty answers are no difference', () => {
  expect(
    differencesOf(
      { note: null, allergies: [], patient: { familyName: 'A' } },
      { note: undefined, version: 2, patient: { familyName: 'B' } },
    ),
  ).toEqual([]);
});
