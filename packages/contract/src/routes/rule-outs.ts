import { RULE_OUT_ITEMS } from '@vastus/clinical';
import { z } from 'zod';
import { route } from '../route.js';
import { ClinicDate, DateOut, Id, Reason, text } from '../values.js';
import { Changes, PatientParams, versionFields } from './shared.js';

/** Another cause of a neuropathy that somebody looked at, and what was found (MON-RULEOUT). */
export const RecordRuleOut = z
  .strictObject({ item: z.enum(RULE_OUT_ITEMS), finding: text(1000), doneOn: ClinicDate })
  .meta({ id: 'RecordRuleOut' });
export const AmendRuleOut = RecordRuleOut.extend({ amendReason: Reason }).meta({ id: 'AmendRuleOut' });

export const RuleOutEntry = z
  .object({ id: Id, item: z.enum(RULE_OUT_ITEMS), finding: z.string(), doneOn: DateOut, ...versionFields })
  .meta({ id: 'RuleOutEntry' });

const RuleOutParams = z.strictObject({ ruleOutId: Id });
const Recorded = z.object({ ruleOut: RuleOutEntry, changes: Changes });
const tag = 'Follow-up';
const access = { needs: 'rule-out.record' } as const;

export const recordRuleOut = route({
  method: 'POST',
  path: '/patients/:patientId/rule-outs',
  tag,
  summary: 'Tick off another cause of the neuropathy (MON-RULEOUT)',
  access,
  params: PatientParams,
  body: RecordRuleOut,
  response: Recorded,
  status: 201,
  idempotent: true,
  unversioned: 'adds',
});
export const amendRuleOut = route({
  method: 'POST',
  path: '/rule-outs/:ruleOutId/amendments',
  tag,
  summary: 'Correct a rule-out: a new version that names the old',
  access,
  params: RuleOutParams,
  body: AmendRuleOut,
  response: Recorded,
  status: 201,
  idempotent: true,
  problems: ['state-changed'],
  unversioned: 'once',
});
export const voidRuleOut = route({
  method: 'POST',
  path: '/rule-outs/:ruleOutId/void',
  tag,
  summary: 'Entered in error: the cause is open again',
  access,
  params: RuleOutParams,
  body: z.strictObject({ reason: Reason }),
  response: Recorded,
  problems: ['state-changed'],
  unversioned: 'once',
});

export type RecordRuleOut = z.output<typeof RecordRuleOut>;
export type AmendRuleOut = z.output<typeof AmendRuleOut>;
export type RuleOutEntry = z.output<typeof RuleOutEntry>;
