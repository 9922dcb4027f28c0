// Reads JSON that somebody else wrote: whatever is not of the expected shape is absent, nothing throws.
export type Json = Record<string, unknown>;

export const isRecord = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
export const record = (value: unknown): Json | undefined => (isRecord(value) ? value : undefined);
export const records = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isRecord) : []);

// Line breaks and control characters of a source have no place in a name, a code or a list.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\u0000-\u001f\u007f]+/g;

/** Trimmed text, or undefined when there is none. */
export function text(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  return value.replace(CONTROL, ' ').trim() || undefined;
}

export interface Coding {
  system: string | undefined;
  code: string | undefined;
  display: string | undefined;
}

/** The codings of a CodeableConcept, in the order of the source. */
export function codings(concept: unknown): Coding[] {
  return records(record(concept)?.coding).map(({ system, code, display }) => ({
    system: text(system),
    code: text(code),
    display: text(display),
  }));
}

/** Everything a CodeableConcept says in words, for the few decisions that codes alone cannot make. */
export function wordsOf(concept: unknown): string {
  return [text(record(concept)?.text), ...codings(concept).map(({ display }) => display)].filter(Boolean).join(' | ');
}

/** What a list shows for a CodeableConcept: its first code and its best name. */
export function label(concept: unknown): { code: string | null; display: string | null } {
  const all = codings(concept);
  const display = text(record(concept)?.text) ?? all.find((coding) => coding.display)?.display;
  return { code: all.find((coding) => coding.code)?.code?.slice(0, 80) ?? null, display: display?.slice(0, 200) ?? null };
}

/** The codes of a status-like CodeableConcept (`clinicalStatus`, `verificationStatus`). */
export const statusOf = (concept: unknown): string | undefined => codings(concept).find(({ code }) => code)?.code ?? text(concept);
