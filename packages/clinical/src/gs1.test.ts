import fc from 'fast-check';
import { isClinicDate } from './calendar.js';
import { looksLikeGs1, readGs1 } from './gs1.js';
import { gtin14 } from './gtin.js';
import { matchLot, readVial } from './vial.js';

const TODAY = '2026-11-20';
const GTIN = '04012345678901';
const GS = '\u001d';
const read = (text: string, today = TODAY) => readGs1(text, today);
const issues = (text: string) => read(text).issues.map(({ code, ai }) => `${code} ${ai ?? ''}`.trim());

describe('a symbol as scanners send it', () => {
  const vial = { gtin: GTIN, expiresOn: '2027-11-30', lotNumber: 'H77A', serialNumber: 'S1', issues: [] };

  it.each([
    ['with symbology identifier and separators', `]d201${GTIN}1727113010H77A${GS}21S1`],
    ['with FNC1 in front', `${GS}01${GTIN}1727113010H77A${GS}21S1`],
    ['with nothing in front', `01${GTIN}1727113010H77A${GS}21S1`],
    ['with the lot at the end', `01${GTIN}21S1${GS}1727113010H77A`],
    ['with a separator after an element that needs none', `01${GTIN}${GS}17271130${GS}10H77A${GS}21S1${GS}`],
    ['with brackets', `(01)${GTIN}(17)271130(10)H77A(21)S1`],
    ['with the separator spelt out', `]d201${GTIN}1727113010H77A<GS>21S1`],
    ['with what means nothing to a vial', `01${GTIN}1727113011260101${`240ABC${GS}`}3103000150${`10H77A${GS}`}710123${GS}21S1`],
  ])('%s', (_, text) => {
    expect(read(text)).toEqual(vial);
  });

  it('day 00 is the last day of the month, also in February of a leap year', () => {
    expect(read(`01${GTIN}17280200`).expiresOn).toBe('2028-02-29');
    expect(read(`01${GTIN}17270400`).expiresOn).toBe('2027-04-30');
    expect(read(`01${GTIN}17271200`).expiresOn).toBe('2027-12-31');
  });

  it('a year is taken within 49 years back and 50 ahead', () => {
    expect(read('17761231', '2026-01-01').expiresOn).toBe('2076-12-31');
    expect(read('17771231', '2026-01-01').expiresOn).toBe('1977-12-31');
    expect(read('17251231', '2075-01-01').expiresOn).toBe('2125-12-31');
    expect(read('17261231', '2075-01-01').expiresOn).toBe('2026-12-31');
    expect(read('17001231', '1999-01-01').expiresOn).toBe('2000-12-31');
  });

  it('a linear barcode carries the number alone', () => {
    expect(read('4012345678901').gtin).toBe(GTIN);
    expect(read(']E04012345678901').gtin).toBe(GTIN);
    expect(read(GTIN).gtin).toBe(GTIN);
    expect(issues('4012345678902')).toEqual(['check-digit 01']);
  });

  it.each([
    ['01040123456789021727113010H77A', ['check-digit 01']],
    ['(01)04012345678902(10)H77A', ['check-digit 01']],
    [`01${GTIN}17271310`, ['no-such-date 17']],
    [`01${GTIN}17270230`, ['no-such-date 17']],
    [`01${GTIN}172711`, ['cut-off 17']],
    ['0104012345', ['cut-off 01']],
    [`01${GTIN}10${'A'.repeat(21)}`, ['too-long 10']],
    [`01${GTIN}10H 77`, ['wrong-characters 10']],
    [`01${GTIN}10H77A${GS}10H77B`, ['contradiction 10']],
    [`01${GTIN}01${GTIN}`, []],
    [`01${GTIN}55`, ['unknown-element 55']],
    ['hello', ['not-gs1']],
    ['', ['not-gs1']],
    ['https://example.org', ['not-gs1']],
  ])('%j: %j', (text, expected) => {
    expect(issues(text)).toEqual(expected);
  });

  it('what a form may take for a scan', () => {
    for (const text of [']d2', `01${GTIN}`, `(01)${GTIN}`, `${GS}01${GTIN}`, '4012345678901']) expect(looksLikeGs1(text)).toBe(true);
    for (const text of ['Mueller', '4.3.1961', '12345', '01', '']) expect(looksLikeGs1(text)).toBe(false);
  });
});

describe('every symbol', () => {
  const digits = (length: number) =>
    fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map((all) => all.join(''));
  const gtin = digits(13).map((body) => [...'0123456789'].map((check) => body + check).find((number) => gtin14(number) !== null)!);
  const CHARACTERS = [...'!"%&\'*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz'];
  const text = fc.array(fc.constantFrom(...CHARACTERS), { minLength: 1, maxLength: 20 }).map((all) => all.join(''));
  const expiry = fc
    .record({ year: fc.integer({ min: 2026, max: 2070 }), month: fc.integer({ min: 1, max: 12 }), day: fc.integer({ min: 1, max: 28 }) })
    .map(({ year, month, day }) => `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`);
  const short = (date: string) => date.replaceAll('-', '').slice(2);

  it('gives back what was put in, in any order and notation', () => {
    fc.assert(
      fc.property(
        fc.record({ gtin, lotNumber: text, serialNumber: text, expiresOn: expiry }),
        fc.shuffledSubarray(['01', '17', '10', '21'], { minLength: 4 }),
        fc.constantFrom('', ']d2', GS, `]C1${GS}`),
        (vial, order, begin) => {
          const value: Record<string, string> = {
            '01': vial.gtin,
            '17': short(vial.expiresOn),
            '10': vial.lotNumber,
            '21': vial.serialNumber,
          };
          const plain = order.map((ai) => ai + value[ai] + (ai === '10' || ai === '21' ? GS : '')).join('');
          expect(read(begin + plain)).toEqual({ ...vial, issues: [] });
          if (!/[()]/.test(vial.lotNumber + vial.serialNumber))
            expect(read(order.map((ai) => `(${ai})${value[ai]}`).join(''))).toEqual({ ...vial, issues: [] });
        },
      ),
    );
  });

  it('one wrong digit in the number is always noticed', () => {
    fc.assert(
      fc.property(gtin, fc.nat(13), fc.integer({ min: 1, max: 9 }), (number, at, by) => {
        const wrong = number.slice(0, at) + ((Number(number[at]) + by) % 10) + number.slice(at + 1);
        expect(read(`01${wrong}`)).toMatchObject({ gtin: null, issues: [{ code: 'check-digit', ai: '01' }] });
      }),
    );
  });

  it('whatever is typed, it answers: a date that exists or none, a lot of at most twenty characters', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(fc.constantFrom('01', '17', '10', '21', '(', ')', '0', '7', GS, ']d2')).map((parts) => parts.join('')),
        ),
        (typed) => {
          const { expiresOn, lotNumber, gtin: number } = read(typed);
          expect([expiresOn === null || isClinicDate(expiresOn), (lotNumber?.length ?? 0) <= 20]).toEqual([true, true]);
          expect(number === null || gtin14(number) !== null).toBe(true);
        },
      ),
    );
  });
});

describe('the vial in this clinic', () => {
  const products = [
    { id: 'hydroxo', gtins: [GTIN, '04012345678918'] },
    { id: 'cyano', gtins: ['04098765432109'] },
  ];
  const lot = { id: 'lot', lotNumber: 'H77A', expiresOn: '2027-11-30', status: 'usable' as const };

  it('several numbers belong to one product', () => {
    for (const number of products[0]!.gtins)
      expect(readVial(`01${number}10H77A`, products, TODAY)).toMatchObject({ kind: 'product', productId: 'hydroxo', lotNumber: 'H77A' });
  });

  it('a wrong check digit, an unknown number and an expired vial stop at once (RX-EXPIRED)', () => {
    expect(readVial('0104012345678902', products, TODAY)).toEqual({ kind: 'unreadable', issues: [{ code: 'check-digit', ai: '01' }] });
    expect(readVial('0104012345678963', products, TODAY)).toEqual({ kind: 'unknown-product', gtin: '04012345678963' });
    expect(readVial('10H77A', products, TODAY)).toEqual({ kind: 'no-number' });
    expect(readVial(`01${GTIN}17261119`, products, TODAY).kind).toBe('expired');
    expect(readVial(`01${GTIN}17261120`, products, TODAY).kind).toBe('product');
  });

  it('the lot is usable, unknown, stopped, or dated otherwise than the list has it', () => {
    expect(matchLot('2027-11-30', lot, TODAY).kind).toBe('usable');
    expect(matchLot(null, lot, TODAY).kind).toBe('usable');
    expect(matchLot('2027-10-31', lot, TODAY).kind).toBe('other-date');
    expect(matchLot('2027-11-30', null, TODAY)).toEqual({ kind: 'unknown' });
    expect(matchLot(null, { ...lot, status: 'recalled' }, TODAY)).toMatchObject({ kind: 'unusable', because: 'recalled' });
    expect(matchLot(null, { ...lot, status: 'on-hold' }, TODAY)).toMatchObject({ kind: 'unusable', because: 'on-hold' });
    expect(matchLot(null, { ...lot, expiresOn: '2026-11-19' }, TODAY)).toMatchObject({ kind: 'unusable', because: 'expired' });
  });
});
