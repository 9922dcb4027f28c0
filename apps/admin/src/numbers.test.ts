import { readNumber, typedNumber } from './numbers.js';

const speak = (language: string) => {
  document.documentElement.lang = language;
};

describe.each(['en', 'de'])('a number typed on a screen in "%s"', (language) => {
  beforeEach(() => speak(language));

  it.each([
    ['1,5', 1.5],
    ['1.5', 1.5],
    [' 1000 ', 1000],
    ['0,125', 0.125],
    ['0.125', 0.125],
    [',5', 0.5],
    ['2,', 2],
  ])('%s is read with either sign', (typed, value) => {
    expect(readNumber(typed)).toBe(value);
  });

  it.each(['', ' ', ',', '1.000,5', '1,000,000', '-1', '1e3', 'ten', '1 000'])('"%s" is no number', (typed) => {
    expect(readNumber(typed)).toBeNull();
  });
});

it('a thousand with its sign is never read as one', () => {
  speak('de');
  expect(readNumber('1.000')).toBeNull();
  expect(readNumber('1,125')).toBe(1.125);
  speak('en');
  expect(readNumber('1,000')).toBeNull();
  expect(readNumber('1.125')).toBe(1.125);
});

it('a number put into a field can be read back', () => {
  for (const language of ['en', 'de']) {
    speak(language);
    expect(readNumber(typedNumber(1.333))).toBe(1.333);
  }
  expect(typedNumber(1500.5)).toBe('1500,5');
});
