/** The register as a person looks through it: sections of the protocol, and the words a search finds a rule by. */
import { type ConflictId, type ParameterName, RULES, type Rule, type RuleKind, SOURCES } from '@vastus/clinical';

export const SECTIONS = ['assessment', 'clock', 'hold', 'sites', 'doses', 'monitoring', 'home'] as const;
export type RuleSection = (typeof SECTIONS)[number];

const SECTION_OF: Readonly<Record<string, RuleSection>> = {
  AE: 'assessment',
  NI: 'clock',
  HOLD: 'hold',
  SITE: 'sites',
  TECH: 'sites',
  DX: 'doses',
  RX: 'doses',
  REC: 'doses',
  MON: 'monitoring',
  PAIN: 'monitoring',
  SELF: 'home',
};

export const ALL_RULES: readonly Rule[] = Object.values(RULES);

/** The first syllable of the id names the section. */
export function sectionOf(rule: Rule): RuleSection {
  return SECTION_OF[rule.id.split('-')[0] ?? ''] ?? 'doses';
}

/** Rules whose text has every word typed. */
export function findRules(search: string, kind: RuleKind | null, textOf: (rule: Rule) => string): Rule[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return ALL_RULES.filter((rule) => {
    const text = textOf(rule).toLowerCase();
    return (kind === null || rule.kinds.includes(kind)) && words.every((word) => text.includes(word));
  });
}

/** Whether one of its sources says itself that it awaits review. */
export function restsOnPending({ sources }: Rule): boolean {
  return sources.some(({ file }) => file !== 'safety-of-use' && SOURCES[file].reviewStatus === 'pending human review');
}

export function rulesOfConflict(conflict: ConflictId): Rule[] {
  return ALL_RULES.filter((rule) => rule.conflict === conflict);
}

export type ParametersInForce = Partial<Record<ParameterName, number>>;
