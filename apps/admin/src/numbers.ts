/** Numbers as hands type them. What the screen is in decides which of comma and point is the decimal sign; the other is understood, too. */

/**
 * The number in a field, `null` for anything else. Three digits behind the other sign are refused: `1.000` is a thousand to
 * a German reader and one to an English program, and a dose must not depend on who is right.
 */
export function readNumber(typed: string | null | undefined): number | null {
  const text = (typed ?? '').trim();
  const [, whole = '', sign = '', decimals = ''] = /^(\d*)(?:([.,])(\d*))?$/.exec(text) ?? [];
  if (whole + decimals === '') return null;
  if (sign !== '' && sign !== decimalSign() && decimals.length === 3 && Number(whole) > 0) return null;
  return Number(`${whole || 0}.${decimals || 0}`);
}

/** A number as somebody would type it: the decimal sign of the language, thousands not set apart. */
export const typedNumber = (value: number): string => String(value).replace('.', decimalSign());

const decimalSign = (): string =>
  new Intl.NumberFormat(document.documentElement.lang || 'en').formatToParts(0.5).find(({ type }) => type === 'decimal')?.value ?? '.';
