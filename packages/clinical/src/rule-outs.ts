/** MON-RULEOUT: the other causes of a neuropathy, ticked off one by one. */
import { addDays, compareInstants, startOfDay } from './calendar.js';
import { type Analyte, COBALAMINS, type CourseFacts, type Instant, type PatientFacts, RULE_OUT_ITEMS, type RuleOutItem } from './facts.js';
import type { Milestone } from './findings.js';
import { milestone } from './milestone.js';

const DUE_DAYS = 28;
/** A result from the year before the course answers the question as well. */
const RESULT_BEFORE_DAYS = 365;
const ANSWERED_BY_RESULT: Partial<Record<RuleOutItem, readonly Analyte[]>> = {
  diabetes: ['hba1c'],
  thyroid: ['tsh'],
  'renal-function': ['creatinine', 'egfr'],
};

export interface RuleOutState {
  item: RuleOutItem;
  /** The tick or the result that answered it first; `null` = still to do. */
  answered: { at: Instant; factId: string } | null;
}

/** MON-RULEOUT (S4, S3): every other cause with what answered it – a tick, or a result since a year before the course. */
export function ruleOutStates(course: CourseFacts, { ruleOuts = [], labResults }: PatientFacts): RuleOutState[] {
  const resultsFrom = addDays(course.startedOn, -RESULT_BEFORE_DAYS);
  return RULE_OUT_ITEMS.map((item) => {
    const analytes = ANSWERED_BY_RESULT[item] ?? [];
    const answers = [
      ...ruleOuts.filter((ruleOut) => ruleOut.item === item).map(({ id, tickedAt }) => ({ at: tickedAt, factId: id })),
      ...labResults
        .filter(({ analyte, collectedOn }) => analytes.includes(analyte) && collectedOn >= resultsFrom)
        .map(({ id, collectedAt }) => ({ at: collectedAt, factId: id })),
    ].sort((a, b) => compareInstants(a.at, b.at) || (a.factId < b.factId ? -1 : 1));
    return { item, answered: answers[0] ?? null };
  });
}

/**
 * MON-RULEOUT for a B12 course with neurological involvement, low: open until every item is answered. A record that keeps no rule-out list
 * (`ruleOuts` absent) is asked for none.
 */
export function ruleOutMilestone(course: CourseFacts, facts: PatientFacts): Milestone[] {
  if (facts.ruleOuts === undefined || !course.neurologicalInvolvement || !COBALAMINS.includes(course.substance)) return [];
  const states = ruleOutStates(course, facts);
  const answers = states.flatMap(({ answered }) => answered ?? []);
  const complete = answers.length === states.length;
  const at = answers
    .map((answer) => answer.at)
    .sort(compareInstants)
    .at(-1);
  return [
    milestone({
      key: `MON-RULEOUT/${course.id}`,
      ruleId: 'MON-RULEOUT',
      subjectType: 'course',
      subjectId: course.id,
      opensAt: startOfDay(course.startedOn, facts.zone),
      dueAt: startOfDay(addDays(course.startedOn, DUE_DAYS), facts.zone),
      ownerRole: 'physician',
      priority: 'low',
      missing: states.filter(({ answered }) => answered === null).map(({ item }) => item),
      met: complete && at !== undefined ? { at, by: [...new Set(answers.map(({ factId }) => factId))] } : null,
    }),
  ];
}
