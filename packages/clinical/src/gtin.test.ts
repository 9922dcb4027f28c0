import { gtin14 } from './gtin.js';

test.each([
  ['4006381333931', '04006381333931'],
  ['0 614141 123452', '00614141123452'],
  ['614141123452', '00614141123452'],
  ['96385074', '00000096385074'],
  ['10614141000415', '10614141000415'],
])('%s is %s', (code, expected) => {
  expect(gtin14(code)).toBe(expected);
});

test.each(['4006381333930', '400638133393', '40063813339311', '4006381333931X', '', '123456789012345', '４００６３８１３３３９３１'])(
  '%s is none',
  (code) => {
    expect(gtin14(code)).toBeNull();
  },
);

test('every single wrong digit is noticed', () => {
  const right = '04006381333931';
  for (let place = 0; place < 14; place++)
    for (let digit = 0; digit < 10; digit++) {
      const typed = right.slice(0, place) + digit + right.slice(place + 1);
      expect(gtin14(typed)).toBe(typed === right ? right : null);
    }
});
