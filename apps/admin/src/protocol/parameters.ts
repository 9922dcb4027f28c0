/** Parameters of a version as they are typed, compared and written. */
import { type ChoiceName, type ParameterName, PROTOCOL_CHOICES, PROTOCOL_PARAMETERS } from '@vastus/clinical';
import type { ProtocolVersionDetail } from '@vastus/contract';
import { readNumber, typedNumber } from '../numbers.js';

export const NUMBERS = Object.keys(PROTOCOL_PARAMETERS) as ParameterName[];
export const CHOICES = Object.keys(PROTOCOL_CHOICES) as ChoiceName[];
export type Values = Readonly<Record<string, number | string>>;

/** Every value as text, so that half a number is not lost. */
export type Typed = Readonly<Record<string, string>>;

export const typedOf = (values: Values): Typed =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, typedValue(value)]));

export const typedValue = (value: number | string): string => (typeof value === 'number' ? typedNumber(value) : value);

/** What was typed as the rules want it: numbers where a number is read, the text where none is, nothing where nothing is. */
export function valuesOf(typed: Typed): Record<string, number | string> {
  return Object.fromEntries(
    Object.entries(typed).flatMap(([name, text]) => {
      if (text.trim() === '') return [];
      const value = CHOICES.some((choice) => choice === name) ? null : readNumber(text);
      return [[name, value ?? text.trim()]];
    }),
  );
}

export interface Difference {
  name: string;
  from: number | string | null;
  to: number | string | null;
}

/** In the order of the register. */
export function differences(from: Values, to: Values): Difference[] {
  return [...NUMBERS, ...CHOICES].flatMap((name) => {
    const difference = { name, from: from[name] ?? null, to: to[name] ?? null };
    return difference.from === difference.to ? [] : [difference];
  });
}

/** The parameters of the version a draft is based on. */
export function basisOf({ parameters, changes }: Pick<ProtocolVersionDetail, 'parameters' | 'changes'>): Values {
  const basis: Record<string, number | string> = { ...parameters };
  for (const { parameter, from } of changes) {
    if (from === null) delete basis[parameter];
    else basis[parameter] = from;
  }
  return basis;
}

export const unitOf = (name: string): string =>
  Object.hasOwn(PROTOCOL_PARAMETERS, name) ? PROTOCOL_PARAMETERS[name as ParameterName].unit : '';
