import type { AlertRow, FindingOut } from '@vastus/contract';
import { useTranslate } from 'react-admin';
import { useFormat } from '../format.js';

const IS_DATE = /^\d{4}-\d{2}-\d{2}$/;
const IS_INSTANT = /^\d{4}-\d{2}-\d{2}T/;

type Group =
  | 'rule'
  | 'site'
  | 'limb'
  | 'regimen'
  | 'phase'
  | 'priority'
  | 'alertState'
  | 'outcome'
  | 'cause'
  | 'plan'
  | 'substance'
  | 'sex'
  | 'allergen'
  | 'malabsorption'
  | 'riskGroup'
  | 'analyte'
  | 'level'
  | 'severityLevel'
  | 'mechanism'
  | 'nerve'
  | 'onset'
  | 'distribution'
  | 'motor'
  | 'eventCourse'
  | 'siteFinding'
  | 'assessment'
  | 'routeDecision'
  | 'restrictionReason'
  | 'endReason'
  | 'lotStatus'
  | 'siteState'
  | 'missing'
  | 'eventOutcome'
  | 'causality'
  | 'ctcae'
  | 'advice'
  | 'milestoneState'
  | 'care'
  | 'selfState'
  | 'contact'
  | 'decline';

/** Where the code of a fact may have its word; the first that knows it speaks. */
const FACT_GROUPS = [
  'rule',
  'site',
  'substance',
  'analyte',
  'regimen',
  'phase',
  'nerve',
  'level',
  'severityLevel',
  'assessment',
  'routeDecision',
  'allergen',
  'malabsorption',
  'cause',
  'care',
  'contact',
  'decline',
  'eventCourse',
  'siteFinding',
  'sign',
] as const;

/** One scale of MON-RELAPSE. */
const isWorsening = (value: unknown): value is { scale: string; from: number; to: number } =>
  typeof value === 'object' && value !== null && 'scale' in value && 'from' in value && 'to' in value;

/** The ward's words for codes. A code without a word shows itself: better odd than hidden. */
export function useWords() {
  const translate = useTranslate();
  const format = useFormat();
  const word = (group: Group, code: string) => translate(`clinical.${group}.${code}`, { _: code });
  const shown = (value: unknown): string => {
    if (Array.isArray(value)) return value.map(shown).join(', ');
    if (isWorsening(value))
      return translate('clinical.worsened', { ...value, scale: translate(`clinical.scale.${value.scale}`, { _: value.scale }) });
    if (typeof value === 'string' && IS_DATE.test(value)) return format.date(value);
    if (typeof value === 'string' && IS_INSTANT.test(value)) return format.instant(value);
    if (typeof value === 'boolean') return translate(value ? 'app.yes' : 'app.no');
    if (typeof value === 'string')
      return FACT_GROUPS.reduceRight((known, group) => translate(`clinical.${group}.${value}`, { _: known }), value);
    if (typeof value === 'number') return format.number(value);
    return value === null || value === undefined ? '–' : String(value);
  };
  return {
    word,
    /** A fact the rules saw, as text: dates, sites and numbers in words. */
    fact: shown,
    /** The name of a fact the rules saw. */
    factName: (key: string) => translate(`clinical.fact.${key}`, { _: key }),
    /** What an alert asks for; where a rule raises a worse one, its own name. */
    alert: ({ ruleId, priority }: Pick<AlertRow, 'ruleId' | 'priority'>) =>
      translate(`clinical.${priority === 'urgent' ? 'urgent' : 'rule'}.${ruleId}`, { _: word('rule', ruleId) }),
    /** The sentence of a finding or of a site's reason, with its facts filled in. */
    finding: ({ code, facts }: Pick<FindingOut, 'code' | 'facts'>) =>
      translate(`clinical.finding.${code}`, {
        ...Object.fromEntries(Object.entries(facts).map(([key, value]) => [key, shown(value)])),
        _: code,
      }),
  };
}
