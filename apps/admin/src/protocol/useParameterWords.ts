import type { ProtocolIssue } from '@vastus/clinical';
import { useTranslate } from 'react-admin';
import { useFormat } from '../format.js';
import { useWords } from '../i18n/useWords.js';
import { unitOf } from './parameters.js';

/** Names and values of parameters as people read them. */
export function useParameterWords() {
  const translate = useTranslate();
  const format = useFormat();
  const { word } = useWords();
  const translateUnit = (known: string, value: number) => known && translate(`protocol.unit.${known}`, { smart_count: value, _: known });
  /** By its number: 1 month, 2 months. */
  const unit = (parameter: string, value = 2) => translateUnit(unitOf(parameter), value);
  const name = (parameter: string) => translate(`protocol.parameter.${parameter}`, { _: parameter });
  return {
    name,
    unit,
    value: (parameter: string, value: number | string | null) => {
      if (value === null) return translate('protocol.absent');
      return typeof value === 'string' ? word('plan', value) : `${format.number(value, 3)} ${unit(parameter, value)}`.trim();
    },
    issue: ({ code, facts }: ProtocolIssue) =>
      translate(`protocol.issue.${code}`, {
        min: facts.min === undefined ? '' : format.number(facts.min, 3),
        max: facts.max === undefined ? '' : format.number(facts.max, 3),
        unit: translateUnit(facts.unit ?? '', facts.max ?? 2),
        than: facts.than ? name(facts.than) : '',
      }),
  };
}
