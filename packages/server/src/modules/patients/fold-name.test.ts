import { foldName, searchName } from './fold-name.js';
import { readSearch } from './search-query.js';

test.each([
  ['Müller-Lüdenscheidt', 'muller ludenscheidt'],
  ['Łukasz', 'lukasz'],
  ['Strauß', 'strauss'],
  ['Bjørn Ærø', 'bjorn aero'],
  ['Đặng', 'dang'],
  ['O’Brien', 'obrien'],
  ["O'Brien", 'obrien'],
  ['İsmail Yıldız', 'ismail yildiz'],
  ['  Ana   María  ', 'ana maria'],
  ['王 秀英', '王 秀英'],
  ['—', ''],
])('%s is compared as "%s"', (name, folded) => {
  expect(foldName(name)).toBe(folded);
  expect(foldName(folded)).toBe(folded);
});

test('every word of the stored name follows a space, in either order of the names', () => {
  const stored = searchName('Ana María', 'Núñez');
  for (const typed of ['ana', 'maria', 'nunez', 'maria nunez', 'nunez ana']) expect(stored).toContain(` ${typed}`);
});

describe('what was typed into the search field', () => {
  test.each(['1977-08-11', '11.08.1977', '11.8.1977', '11/08/1977', '11-08-1977'])('%s is a birth date, day first', (typed) => {
    expect(readSearch(typed, undefined)).toEqual({ words: [], recordPrefix: null, bornOn: '1977-08-11' });
  });

  test('names, a number and a date are told apart', () => {
    expect(readSearch('Núñez MRN-12 1977-08-11 ana', undefined)).toEqual({
      words: ['nunez', 'ana'],
      recordPrefix: 'MRN-12',
      bornOn: '1977-08-11',
    });
  });

  test('a day that does not exist is no date', () => {
    expect(readSearch('31.02.1977', undefined)).toEqual({ words: [], recordPrefix: '31.02.1977', bornOn: null });
    expect(readSearch('0000-01-01', undefined)?.bornOn).toBeNull();
  });

  test('two different birth dates mean nobody, and so does punctuation', () => {
    expect(readSearch('1977-08-11', '1977-08-12')).toBeNull();
    expect(readSearch('1977-08-11', '1977-08-11')?.bornOn).toBe('1977-08-11');
    expect(readSearch('%%% —', undefined)).toBeNull();
  });
});
