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
  const name = (parameter: string) => translate(`protocol.parameter.${parameter}`, { _: parameter });
  return {
    name,
    value: (parameter: string, value: number | string | null) => {
      if (value === null) return translate('protocol.absent');
      return typeof value === 'string' ? word('plan', value) : `${format.number(value, 3)} ${unitOf(parameter)}`.trim();
    },
    issue: ({ code, facts }: ProtocolIssue) =>
      translate(`protocol.issue.${code}`, {
        min: facts.min === undefined ? '' : format.number(facts.min, 3),
        max: facts.max === undefined ? '' : format.number(facts.max, 3),
        unit: facts.unit ?? '',
        than: facts.than ? name(facts.than) : '',
      }),
  };
}
