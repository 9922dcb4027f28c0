import { RULES, type RuleId } from '@vastus/clinical';
import { z } from 'zod';
import { route } from '../route.js';
import { Id } from '../values.js';
import { ALERT_STATES } from './alerts.js';
import { RuleOut } from './rules.js';
import { PatientParams } from './shared.js';

const RULE_IDS = Object.keys(RULES) as [RuleId, ...RuleId[]];

/** Why a rule has no alert for a patient now – or that it has one. Reasons carry the facts the rule saw. */
export const WhyNot = z
  .object({
    ruleId: z.enum(RULE_IDS),
    /** `applies`: the facts ask for an alert; where none is active, a person has ended or put it off, see `alerts`. */
    verdict: z.enum(['applies', 'not-yet', 'cancelled-cause', 'met', 'not-applicable']),
    reasons: z.array(z.object({ code: z.string(), facts: z.record(z.string(), z.unknown()) })),
    rule: RuleOut,
    /** The alerts of this rule that the patient has or had. */
    alerts: z.array(z.object({ id: Id, state: z.enum(ALERT_STATES), milestoneId: Id })),
  })
  .meta({ id: 'WhyNot' });

export const explainWhyNot = route({
  method: 'GET',
  path: '/patients/:patientId/why-not',
  tag: 'Rules',
  summary: 'Why is there no alert: one rule, or all of them',
  access: { needs: 'patient.read' },
  params: PatientParams,
  query: z.strictObject({ rule: z.enum(RULE_IDS).optional() }),
  response: z.object({ items: z.array(WhyNot) }),
});

export type WhyNot = z.output<typeof WhyNot>;
