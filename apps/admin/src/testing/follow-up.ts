/** Records of follow-up as the API answers them. */
import { explainAbsence, RULES, type RuleId } from '@vastus/clinical';
import type { Chart, PainPlan, RuleOutEntry, SelfInjectionProgramme, SymptomScore, WhyNot } from '@vastus/contract';
import { aCourse, aPatient, someFacts } from './records.js';
import { id, NOW, TODAY } from './screen.js';

const VERSION = {
  state: 'effective' as const,
  replacesId: null,
  amendReason: null,
  voidedAt: null,
  voidReason: null,
  recordedAt: NOW,
  recordedByName: 'Nora Nurse',
};

export const aChart = (with_: Partial<Chart> = {}): Chart => ({
  patient: aPatient(),
  hold: null,
  restrictions: [],
  routeDecisions: [],
  courses: [aCourse()],
  proposals: [],
  injections: [],
  events: [],
  labResults: [],
  symptomScores: [],
  ruleOuts: [],
  painPlans: [],
  selfInjection: [],
  contactAttempts: [],
  milestones: [],
  alerts: [],
  ...with_,
});

export const aScore = (with_: Partial<SymptomScore> = {}): SymptomScore => ({
  id: id(200),
  scoredAt: NOW,
  pain: 4,
  sensory: 6,
  motor: null,
  note: null,
  source: 'scored',
  ...VERSION,
  ...with_,
});

export const aPainPlan = (with_: Partial<PainPlan> = {}): PainPlan => ({
  id: id(210),
  drug: 'pregabalin',
  dose: 150,
  unit: 'mg/day',
  since: '2026-10-01',
  until: null,
  note: null,
  remarks: [],
  ...VERSION,
  ...with_,
});

export const aRuleOut = (with_: Partial<RuleOutEntry> = {}): RuleOutEntry => ({
  id: id(220),
  item: 'hiv',
  finding: 'negative',
  doneOn: TODAY,
  ...VERSION,
  ...with_,
});

export const aProgramme = (with_: Partial<SelfInjectionProgramme> = {}): SelfInjectionProgramme => ({
  courseId: id(10),
  state: 'none',
  approvalId: null,
  trainingValidUntil: null,
  reasons: [],
  findings: [],
  application: null,
  training: [],
  approvals: [],
  homeDoseIds: [],
  ...with_,
});

/** What the server answers about a rule, worked out from the facts as the server does. */
export function aWhyNot(ruleId: RuleId, { facts, protocol } = someFacts()): WhyNot {
  const { title, summary, kinds } = RULES[ruleId];
  return {
    ...explainAbsence(ruleId, facts, protocol, NOW),
    rule: {
      id: ruleId,
      kind: kinds.join(', '),
      title,
      summary,
      enforced: true,
      sources: [{ file: 'S3', title: 'Protocol', pointer: 'Monitoring: at 3, 6', reviewStatus: 'pending human review' }],
      parameters: {},
      conflict: null,
    },
    alerts: [],
  };
}
