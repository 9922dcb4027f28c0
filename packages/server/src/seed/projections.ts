/** What follows from a history – milestones, alerts, hold, restrictions, course states – as the server would have written it by now. */
import { deriveObligations, handlingOf, type Milestone, RULES_REVISION } from '@vastus/clinical';
import { milestoneRow } from '../modules/obligations/milestones.store.js';
import { courseColumns } from '../modules/obligations/projections.store.js';
import { type ClinicFrame, earlier, hoursAfter, later } from './clinic-frame.js';
import type { FactRows, History } from './history.js';
import { Chance } from './random.js';

type Row = Record<string, unknown>;
export interface PatientRows extends FactRows {
  hold: Row[];
  siteRestriction: Row[];
  milestone: Row[];
  alert: Row[];
  alertTransition: Row[];
  /** Course, and what the last call about its next dose came to. Written last: course and call name each other. */
  standing: (string | null)[][];
}

export function withProjections(frame: ClinicFrame, history: History, number: number): PatientRows {
  const chance = new Chance(`${frame.seed}/${frame.clinicId}/${number}/projections`);
  const idMs = Date.parse(frame.now) - 100_000_000 + number;
  const newId = () => chance.uuid(idMs);
  const { facts, rows } = history;
  const patientId = facts.patient.id;
  const derived = deriveObligations(facts, frame.protocol);
  const all: PatientRows = { ...rows, hold: [], siteRestriction: [], milestone: [], alert: [], alertTransition: [], standing: [] };

  for (const row of rows.patient) Object.assign(row, { derivedUnder: frame.protocolVersionId, derivedBy: RULES_REVISION });
  for (const row of rows.course) {
    const state = derived.courses[row['id'] as string];
    if (!state) continue;
    const [phase, firstDoseOn, lastDoseOn, dosesGiven, nextEarliestOn, nextDueOn, nextLateOn, ...contact] = courseColumns(state);
    Object.assign(row, { phase, firstDoseOn, lastDoseOn, dosesGiven, nextEarliestOn, nextDueOn, nextLateOn });
    if (contact[2] !== null) all.standing.push([row['id'] as string, ...contact]);
  }
  const { hold } = derived;
  if (hold.since !== null) {
    const lifting = facts.routeDecisions.find(({ id }) => id === hold.liftedBy);
    all.hold.push({
      id: newId(),
      patientId,
      since: hold.since,
      causeEventIds: hold.causeEventIds,
      liftedAt: lifting?.decidedAt ?? null,
      routeDecisionId: lifting?.id ?? null,
    });
  }
  for (const { sites, since, sinceAt, causeEventId } of derived.restrictions) {
    all.siteRestriction.push({ id: newId(), patientId, sites, reason: 'nerve-injury', since, causeEventId, recordedAt: sinceAt });
  }
  for (const milestone of derived.milestones) addMilestone(frame, history, milestone, all, newId, chance);
  return all;
}

function addMilestone(
  frame: ClinicFrame,
  { facts, knownAt }: History,
  milestone: Milestone,
  all: PatientRows,
  newId: () => string,
  chance: Chance,
): void {
  const id = newId();
  const patientId = facts.patient.id;
  const isOpen = milestone.opensAt <= frame.now;
  const row = milestoneRow(milestone, frame.zone);
  const causeKnownAt = knownAt.get(milestone.subjectId) ?? milestone.opensAt;
  const createdAt = earlier(later(milestone.opensAt, causeKnownAt), frame.now);
  const state = milestone.met ? 'met' : isOpen ? 'raised' : 'planned';
  all.milestone.push(Object.assign(row, { id, patientId, state, protocolVersionId: frame.protocolVersionId, createdAt }));
  // Met before it opened: nobody was ever told.
  const metKnownAt = milestone.met
    ? milestone.metBy.reduce((latest, by) => later(latest, knownAt.get(by) ?? latest), milestone.metAt ?? '')
    : null;
  if (!isOpen || (metKnownAt !== null && metKnownAt <= createdAt)) return;
  addAlert(frame, { id, patientId, milestone, dueOn: row.dueOn, raisedAt: createdAt, closedAt: metKnownAt }, all, newId, chance);
}

interface Raised {
  id: string;
  patientId: string;
  milestone: Milestone;
  dueOn: string;
  raisedAt: string;
  closedAt: string | null;
}

function addAlert(
  frame: ClinicFrame,
  { id: milestoneId, patientId, milestone, dueOn, raisedAt, closedAt }: Raised,
  all: PatientRows,
  newId: () => string,
  chance: Chance,
): void {
  const id = newId();
  const { ruleId, ownerRole, priority, dueAt, overdueAt } = milestone;
  const alert: Row = {
    id,
    patientId,
    milestoneId,
    ruleId,
    ownerRole,
    priority,
    state: 'open',
    dueAt,
    dueOn,
    overdueAt,
    raisedAt,
    version: 1,
  };
  all.alert.push(alert);
  const step = (action: string, at: string, change: Row, more: Row = {}) => {
    all.alertTransition.push({
      id: newId(),
      alertId: id,
      at,
      fromState: action === 'raised' ? null : alert['state'],
      toState: change['state'] ?? alert['state'],
      action,
      ...more,
    });
    Object.assign(alert, change, action === 'raised' ? {} : { version: (alert['version'] as number) + 1 });
  };
  step('raised', raisedAt, { state: 'open' });
  const escalates = overdueAt !== null && overdueAt <= frame.now && (closedAt === null || overdueAt < closedAt);
  if (closedAt !== null) {
    if (escalates) step('escalated', later(overdueAt, raisedAt), { escalatedAt: later(overdueAt, raisedAt) });
    step('met', closedAt, { state: 'closed', actedAt: closedAt });
    return;
  }
  act(frame, milestone, raisedAt, step, chance);
  if (escalates && alert['state'] !== 'resolved' && alert['state'] !== 'dismissed') {
    step('escalated', later(overdueAt, raisedAt), {
      escalatedAt: later(overdueAt, raisedAt),
      ...(alert['state'] === 'snoozed' ? { state: 'open', snoozedUntil: null } : {}),
    });
  }
}

/** What people did with an alert that nothing has closed: most old ones were dealt with, most new ones are still there. */
function act(
  frame: ClinicFrame,
  milestone: Milestone,
  raisedAt: string,
  step: (action: string, at: string, change: Row, more?: Row) => void,
  chance: Chance,
): void {
  const by = chance.pick(milestone.ownerRole === 'nurse' ? frame.nurses : frame.physicians).id;
  const actedAt = hoursAfter(raisedAt, chance.whole(2, 60));
  const ageDays = (Date.parse(frame.now) - Date.parse(raisedAt)) / 86_400_000;
  if (actedAt > frame.now || handlingOf(milestone.ruleId).outcomes.length === 0) return;
  // What may not be dismissed is rarely closed without the fact it asks for.
  const done = chance.happens(ageDays > 60 ? 0.98 : milestone.dismissible ? 0.25 : 0.05);
  const acted = { actedBy: by, actedAt };
  // Escalated before anybody could have put it off.
  const isLate = milestone.overdueAt !== null && milestone.overdueAt <= frame.now;
  if (done && milestone.dismissible && chance.happens(0.2)) {
    const reason = 'Seen by the referring practice; nothing further is needed.';
    step('dismiss', actedAt, { state: 'dismissed', reason, ...acted }, { byMembershipId: by, reason });
  } else if (done) {
    const outcome = chance.pick(handlingOf(milestone.ruleId).outcomes.filter((code) => code !== 'other'));
    step('resolve', actedAt, { state: 'resolved', outcome, ...acted }, { byMembershipId: by, outcome });
  } else if (chance.happens(0.2)) {
    step('acknowledge', actedAt, { state: 'acknowledged', ...acted }, { byMembershipId: by });
  } else if (chance.happens(0.08) && (milestone.priority === 'normal' || milestone.priority === 'low') && !isLate) {
    const snoozedUntil = hoursAfter(frame.now, 24 * chance.whole(2, 14));
    step('snooze', actedAt, { state: 'snoozed', snoozedUntil, ...acted }, { byMembershipId: by, snoozedUntil });
  }
}
