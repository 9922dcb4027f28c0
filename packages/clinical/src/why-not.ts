/** "Why is there no alert?" – answered from the same facts and functions that make the alerts. */
import { type Absence, type AbsenceVerdict, ALERT_RULE_IDS, type AlertRuleId, type WeighedReason } from './absence.js';
import { absences } from './absences.js';
import { addDays, compareInstants } from './calendar.js';
import { notAskedFor } from './check-absences.js';
import type { Analyte, ClinicDate, Instant, PatientFacts } from './facts.js';
import type { Milestone } from './findings.js';
import { BASELINE_BEFORE_DAYS } from './monitoring.js';
import { deriveObligations } from './obligations.js';
import type { ProtocolParameters } from './protocol.js';
import type { RuleId } from './rule-types.js';

const VERDICTS: readonly AbsenceVerdict[] = ['applies', 'not-yet', 'cancelled-cause', 'met', 'not-applicable'];

/**
 * Why there is (no) alert of a rule now, with everything that speaks to it: what opens later, what was met by which facts, which result
 * does not count because of its date, and what has ended. The verdict is the first of the reasons' in the order of `AbsenceVerdict`.
 */
export function explainAbsence(ruleId: RuleId, facts: PatientFacts, protocol: ProtocolParameters, now: Instant): Absence {
  if (!(ALERT_RULE_IDS as readonly RuleId[]).includes(ruleId)) {
    return { ruleId, verdict: 'not-applicable', reasons: [{ code: 'makes-no-alert', facts: {} }] };
  }
  const own = deriveObligations(facts, protocol).milestones.filter((milestone) => milestone.ruleId === ruleId);
  const found = [
    ...own.flatMap((milestone) => fromMilestone(milestone, own, facts, now)),
    ...absences(ruleId as AlertRuleId, own, facts, protocol, now),
    ...notAskedFor(ruleId as AlertRuleId, facts),
  ].sort((a, b) => VERDICTS.indexOf(a.verdict) - VERDICTS.indexOf(b.verdict));
  return {
    ruleId,
    verdict: found[0]?.verdict ?? 'not-applicable',
    reasons: found.map(({ code, facts: seen }) => ({ code, facts: seen })),
  };
}

function fromMilestone(milestone: Milestone, all: readonly Milestone[], facts: PatientFacts, now: Instant): WeighedReason[] {
  const { key, opensAt, dueAt, overdueAt, missing, met, metAt, metBy, ownerRole } = milestone;
  if (met) return [{ verdict: 'met', code: 'met-by', facts: { key, metAt, metBy, ownerRole } }];
  const open = compareInstants(opensAt, now) <= 0;
  const seen = { key, opensAt, dueAt, overdueAt, missing, ownerRole };
  return [
    { verdict: open ? 'applies' : 'not-yet', code: open ? 'open-since' : 'opens-later', facts: seen },
    ...outsideOfWindow(milestone, all, facts, open ? 'applies' : 'not-yet'),
  ];
}

/** MON-SATISFY: for each missing analyte the nearest result on either side of the window, unless it counted for another check. */
function outsideOfWindow(milestone: Milestone, all: readonly Milestone[], facts: PatientFacts, verdict: AbsenceVerdict): WeighedReason[] {
  const { key, ruleId, missing } = milestone;
  const { firstDoseOn, windowUntil } = milestone.facts as { firstDoseOn?: ClinicDate; windowUntil?: ClinicDate };
  if (firstDoseOn === undefined || windowUntil === undefined) return [];
  const windowFrom =
    (milestone.facts['windowFrom'] as ClinicDate | undefined) ??
    (ruleId === 'MON-BASE' ? addDays(firstDoseOn, -BASELINE_BEFORE_DAYS) : firstDoseOn);
  const counted = new Set(all.flatMap(({ metBy }) => metBy));
  return missing.flatMap((analyte): WeighedReason[] => {
    const results = facts.labResults
      .filter((result) => result.analyte === (analyte as Analyte) && !counted.has(result.id))
      .sort((a, b) => compareInstants(a.collectedAt, b.collectedAt) || (a.id < b.id ? -1 : 1));
    const before = results.findLast(({ collectedOn }) => collectedOn < windowFrom);
    const after = results.find(({ collectedOn }) => collectedOn > windowUntil);
    return [
      ...(before ? [{ code: 'result-before-window' as const, result: before }] : []),
      ...(after ? [{ code: 'result-after-window' as const, result: after }] : []),
    ].map(({ code, result }) => ({
      verdict,
      code,
      facts: { key, analyte, resultId: result.id, collectedOn: result.collectedOn, windowFrom, windowUntil },
    }));
  });
}
