import { readSearch } from './search-query.js';

test.each([
  ['21 Mar 1954', '1954-03-21'],
  ['21 March 1954', '1954-03-21'],
  ['21. März 1954', '1954-03-21'],
  ['3 Oct 1989', '1989-10-03'],
  ['3. Oktober 1989', '1989-10-03'],
  ['24 Dec 1956', '1956-12-24'],
  ['24. Dezember 1956', '1956-12-24'],
  ['21.3.1954', '1954-03-21'],
  ['1954-03-21', '1954-03-21'],
])('a birth date as the screen writes it: %s', (typed, bornOn) => {
  expect(readSearch(typed, undefined)).toEqual({ words: [], recordPrefix: null, bornOn });
});

test('a name beside the date stays a name, and what is no month stays what it was', () => {
  expect(readSearch('Mai 21 Mar 1954', undefined)).toEqual({ words: ['mai'], recordPrefix: null, bornOn: '1954-03-21' });
  expect(readSearch('21 Marquez 1954', undefined)).toMatchObject({ bornOn: '1954-03-21' });
  expect(readSearch('21 Weber 1954', undefined)).toEqual({ words: ['weber'], recordPrefix: '21 1954', bornOn: null });
  expect(readSearch('31 Feb 1954', undefined)?.bornOn).toBeNull();
});
