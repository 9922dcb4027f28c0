/** The number on a box of a product (GS1 GTIN), as it is compared: 14 digits whose last one proves the others. */

const LENGTHS: ReadonlySet<number> = new Set([8, 12, 13, 14]);

/**
 * The 14 digits of a GTIN-8, -12, -13 or -14, typed or scanned, spaces and dashes allowed; `null` when it has another length or a wrong
 * check digit. Source: GS1 General Specifications, *Check digit calculation*: from the right, weights 3 and 1 in turn, to the next ten.
 */
export function gtin14(code: string): string | null {
  const digits = code.replace(/[\s-]/g, '');
  if (!/^\d+$/.test(digits) || !LENGTHS.has(digits.length)) return null;
  const padded = digits.padStart(14, '0');
  const sum = [...padded.slice(0, 13)].reduce((total, digit, place) => total + Number(digit) * (place % 2 === 0 ? 3 : 1), 0);
  return (10 - (sum % 10)) % 10 === Number(padded[13]) ? padded : null;
}
