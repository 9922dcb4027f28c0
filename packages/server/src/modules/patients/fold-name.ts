// Letters that Unicode does not take apart into a plain one and an accent.
const PLAIN: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  æ: 'ae',
  œ: 'oe',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ı: 'i',
  ŋ: 'ng',
};

/** A name as it is compared: lower case, without accents; "O’Brien" is one word, "Müller-Lüdenscheidt" are two. */
export function foldName(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[ßøłæœđðþħıŋ]/g, (letter) => PLAIN[letter] ?? letter)
    .replace(/['’ʼ`´]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** `patient.search_name`. Twice over, so that every word has a space before it and "family given" is a passage of it as well. */
export function searchName(givenName: string, familyName: string): string {
  const once = `${foldName(givenName)} ${foldName(familyName)}`.trim();
  return `${once} ${once}`;
}
