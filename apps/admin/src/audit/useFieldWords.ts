import { useTranslate } from 'react-admin';
import { useIssues } from '../api/useIssues.js';
import { useWords } from '../i18n/useWords.js';

/** Where the codes of a field have their words. Other fields look in the groups that facts use. */
const GROUP_OF = {
  sex: 'sex',
  site: 'site',
  sites: 'site',
  skinFindings: 'site',
  allergies: 'allergen',
  malabsorption: 'malabsorption',
  riskGroups: 'riskGroup',
  cause: 'cause',
  regimen: 'regimen',
  monitoringPlan: 'plan',
  phase: 'phase',
  substance: 'substance',
  analyte: 'analyte',
  level: 'level',
  severity: 'severityLevel',
  onset: 'onset',
  distribution: 'distribution',
  motor: 'motor',
  siteFindings: 'siteFinding',
  ctcaeTerm: 'ctcae',
  causality: 'causality',
  concludedOutcome: 'eventOutcome',
  decision: 'routeDecision',
  endReason: 'endReason',
} as const;

/** A field of a record and what stands in it, as the ward says it. */
export function useFieldWords() {
  const translate = useTranslate();
  const words = useWords();
  const { labelOf } = useIssues();
  const nameOf = (field: string) => translate(`audit.fieldName.${field}`, { _: labelOf(field) || spaced(field) });
  const shown = (field: string, value: unknown): string => {
    if (value === null || value === undefined) return '–';
    if (Array.isArray(value)) return value.map((one) => shown(field, one)).join(', ') || '–';
    if (typeof value === 'object')
      return Object.entries(value)
        .map(([key, inner]) => `${nameOf(key)} ${shown(key, inner)}`)
        .join(', ');
    const group = GROUP_OF[field as keyof typeof GROUP_OF];
    if (typeof value === 'string') {
      if (field === 'role') return translate(`app.role.${value}`, { _: value });
      // "Outcome" and "status" mean other things for other records: whichever group knows the code speaks.
      const known = translate(`audit.value.${value}`, { _: '' });
      if (group) return words.word(group, value);
      if (known && CODED.has(field)) return known;
    }
    return words.fact(value);
  };
  return {
    name: (path: readonly string[]) => nameOf(path.at(-1) ?? ''),
    value: (path: readonly string[], value: unknown) => shown(path.at(-1) ?? '', value),
  };
}

const CODED = new Set([
  'status',
  'state',
  'outcome',
  'format',
  'identify',
  'course',
  'route',
  'aspirated',
  'productKept',
  'reason',
  'seriousnessCriteria',
  'severity',
]);

/** `familyName` → “Family name”: a field that is new shows itself in words, not as a name of a program. */
function spaced(field: string): string {
  const words = field.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
