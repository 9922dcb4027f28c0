/** What a draft would change: two pictures of one patient compared, and the differences of a panel added up. Pure. */
import { addDays, type ClinicDate, compareInstants, dateInZone, daysBetween, type Instant, type TimeZone } from '@vastus/clinical';
import type { SimulationFindings } from '@vastus/contract';
import type { StoredMilestone } from '../obligations/reconcile.js';

/** A patient's obligations as they stand, and the next dose of every running course. */
export interface Picture {
  milestones: readonly StoredMilestone[];
  dosesDueOn: readonly ClinicDate[];
}

/** The panel's differences so far; names are added when they are read. */
export type PanelFindings = Omit<SimulationFindings, 'newlyOverdue'> & {
  newlyOverdue: { count: number; patients: { patientId: string; because: Because[] }[] };
};
type Because = SimulationFindings['newlyOverdue']['patients'][number]['because'][number];
type RuleFindings = SimulationFindings['byRule'][string];

export const WEEKS = 26;
/** More names than anybody reads; the count says how many there are. */
const NAMED = 100;

export function emptyFindings(today: ClinicDate): PanelFindings {
  return {
    patientsChanged: 0,
    milestones: { added: 0, moved: 0, removed: 0, met: 0, reopened: 0 },
    alerts: { raised: 0, closed: 0 },
    byRule: {},
    newlyOverdue: { count: 0, patients: [] },
    weeks: Array.from({ length: WEEKS }, (_, week) => ({ startsOn: addDays(today, 7 * week), before: 0, after: 0, byRule: {} })),
  };
}

const isOpen = (m: StoredMilestone | undefined): m is StoredMilestone => m?.state === 'planned' || m?.state === 'raised';
const isMet = (m: StoredMilestone | undefined): m is StoredMilestone => m?.state === 'met';
const isActive = (m: StoredMilestone | undefined) => isOpen(m) && ['open', 'acknowledged', 'snoozed'].includes(m.alertState ?? '');
const isMoved = (a: StoredMilestone, b: StoredMilestone) => a.dueAt !== b.dueAt || a.opensAt !== b.opensAt || a.overdueAt !== b.overdueAt;

/** Adds one patient to `findings`; `asOf` is the moment of both pictures. */
export function addPatient(
  findings: PanelFindings,
  { patientId, before, after }: { patientId: string; before: Picture; after: Picture },
  asOf: Instant,
  zone: TimeZone,
): void {
  const today = dateInZone(asOf, zone);
  const was = new Map(before.milestones.map((m) => [m.key, m]));
  const becomes = new Map(after.milestones.map((m) => [m.key, m]));
  let changed = false;
  for (const key of new Set([...was.keys(), ...becomes.keys()])) {
    const [a, b] = [was.get(key), becomes.get(key)];
    const ruleId = (b ?? a)?.ruleId ?? '';
    const total = (name: keyof PanelFindings['milestones']) => {
      findings.milestones[name] += 1;
      if (name === 'added' || name === 'moved' || name === 'removed') ofRule(findings, ruleId)[name] += 1;
      changed = true;
    };
    if (isOpen(b)) {
      if (isMet(a)) total('reopened');
      else if (!isOpen(a)) total('added');
      else if (isMoved(a, b)) total('moved');
    } else if (isMet(b)) {
      if (!isMet(a)) total('met');
    } else if (isOpen(a)) total('removed');

    if (isActive(b) !== isActive(a)) {
      findings.alerts[isActive(b) ? 'raised' : 'closed'] += 1;
      ofRule(findings, ruleId)[isActive(b) ? 'alertsRaised' : 'alertsClosed'] += 1;
      changed = true;
    }
  }
  expectAlerts(findings, before, 'before', today, zone);
  expectAlerts(findings, after, 'after', today, zone);
  const because = overdue(after, asOf, today);
  if (because.length > 0 && overdue(before, asOf, today).length === 0) {
    findings.newlyOverdue.count += 1;
    if (findings.newlyOverdue.patients.length < NAMED) findings.newlyOverdue.patients.push({ patientId, because });
    changed = true;
  }
  if (changed) findings.patientsChanged += 1;
}

function ofRule(findings: PanelFindings, ruleId: string): RuleFindings {
  findings.byRule[ruleId] ??= { added: 0, moved: 0, removed: 0, alertsRaised: 0, alertsClosed: 0 };
  return findings.byRule[ruleId];
}

/** A planned milestone becomes an alert when it opens. */
function expectAlerts(findings: PanelFindings, { milestones }: Picture, when: 'before' | 'after', today: ClinicDate, zone: TimeZone): void {
  for (const { state, opensAt, ruleId } of milestones) {
    if (state !== 'planned') continue;
    const week = findings.weeks[Math.floor(Math.max(0, daysBetween(today, dateInZone(opensAt, zone))) / 7)];
    if (!week) continue;
    week[when] += 1;
    week.byRule[ruleId] ??= { before: 0, after: 0 };
    week.byRule[ruleId][when] += 1;
  }
}

/** Past the overdue time of an open milestone that nobody has dealt with, or past the due date of a dose. */
function overdue({ milestones, dosesDueOn }: Picture, asOf: Instant, today: ClinicDate): Because[] {
  const late = milestones.filter(
    (m) =>
      isOpen(m) &&
      m.overdueAt !== null &&
      compareInstants(m.overdueAt, asOf) <= 0 &&
      m.alertState !== 'resolved' &&
      m.alertState !== 'dismissed',
  );
  return [
    ...dosesDueOn.filter((dueOn) => dueOn < today).map((dueOn) => ({ ruleId: 'RX-MAINT', dueOn })),
    ...late.map(({ ruleId, dueOn }) => ({ ruleId, dueOn })),
  ];
}
