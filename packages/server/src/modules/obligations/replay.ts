/**
 * Rebuilds what follows from a patient's facts and compares it with what is stored, row by row. Alerts are a function of facts, protocol
 * version and time; what people did with them is not, and is only asked whether it fits.
 */
import type { Instant, Obligations } from '@vastus/clinical';
import type { Database, Tx } from '@vastus/db';
import { milestonesOf } from './milestones.store.js';
import { loadFacts } from './patient-facts.store.js';
import { courseColumns } from './projections.store.js';
import { COMPARED, canonical, reconcile, type StoredMilestone } from './reconcile.js';
import { patientIdsAfter, type StoredAlert, type StoredProjections, storedProjections } from './replay.store.js';
import { deriveKeepingHistory } from './settled.js';

export interface Deviation {
  patientId: string;
  of: 'milestone' | 'alert' | 'hold' | 'restriction' | 'course' | 'event';
  /** The natural key of a milestone or alert, the id of anything else. */
  key: string;
  /** What is wrong, without a clinical value. */
  what: string;
}

type Found = Omit<Deviation, 'patientId'>;

/** Everything that is stored otherwise than the facts of this transaction and `now` would have it; empty = nothing. */
export async function replayPatient(tx: Tx, patientId: string, now: Instant): Promise<Deviation[]> {
  const loaded = await loadFacts(tx, patientId, now);
  const stored = await milestonesOf(tx, patientId);
  const projections = await storedProjections(tx, patientId);
  // What is settled is judged by the version that made it, as it was when it was written.
  const { obligations, milestones } = deriveKeepingHistory(loaded, stored);
  return compare({ ...obligations, milestones }, stored, projections, loaded.facts.zone, now).map((found) => ({ patientId, ...found }));
}

/**
 * The same for every patient of a clinic, one short transaction each. `mend` is handed a patient with deviations and stores what follows
 * from the facts; heard is then what is still stored otherwise, and `mended` that there was something.
 */
export async function replayClinic(
  database: Database,
  clinicId: string,
  now: Instant,
  heard: (progress: { patients: number; deviations: Deviation[]; mended: boolean }) => void,
  mend?: (tx: Tx, patientId: string) => Promise<unknown>,
): Promise<void> {
  const scope = { clinicId, readOnly: true };
  for (let after: string | undefined, page = ['']; page.length > 0; after = page.at(-1)) {
    page = await database.transaction(scope, (tx) => patientIdsAfter(tx, after, PAGE));
    for (const patientId of page) {
      const once = () => database.transaction(scope, (tx) => replayPatient(tx, patientId, now));
      // Somebody may have been writing to this patient between two of the questions.
      const first = await once();
      const deviations = first.length === 0 ? first : await once();
      const mended = deviations.length > 0 && mend !== undefined;
      if (mended) await database.transaction({ clinicId }, (tx) => mend(tx, patientId));
      heard({ patients: 1, deviations: mended ? await once() : deviations, mended });
    }
  }
}

const PAGE = 500;
const ACTIVE: readonly string[] = ['open', 'acknowledged', 'snoozed'];
/** What a milestone's alert may be like; `null` = there is none. A milestone that is due and still planned waits for the job. */
const FITTING: Readonly<Record<StoredMilestone['state'], readonly (string | null)[]>> = {
  planned: [null, 'closed'],
  raised: [...ACTIVE, 'resolved', 'dismissed'],
  met: [null, 'closed', 'resolved', 'dismissed'],
  cancelled: [null, 'closed', 'resolved', 'dismissed'],
};

export function compare(
  derived: Obligations,
  stored: readonly StoredMilestone[],
  projections: StoredProjections,
  zone: string,
  now: Instant,
): Found[] {
  return [
    ...compareMilestones(derived, stored, zone, now),
    ...compareAlerts(stored, projections.alerts),
    ...compareHold(derived, projections),
    ...compareRestrictions(derived, projections),
    ...projections.courses.flatMap(({ id, columns }): Found[] => {
      const state = derived.courses[id];
      const same = state && JSON.stringify(courseColumns(state)) === JSON.stringify(columns);
      return same ? [] : [{ of: 'course', key: id, what: 'phase, doses or next window differ' }];
    }),
    ...projections.outcomesNotFollowed.map(
      (key): Found => ({ of: 'event', key, what: 'the outcome is not that of its latest examination' }),
    ),
  ];
}

/** A cancelled milestone that is no longer derived is what `reconcile` leaves behind, and no difference. */
function compareMilestones(derived: Obligations, stored: readonly StoredMilestone[], zone: string, now: Instant): Found[] {
  const { add, change, cancel } = reconcile(derived.milestones, stored, zone, now);
  return [
    ...add.map(({ key }): Found => ({ of: 'milestone', key, what: 'follows from the facts and is not stored' })),
    ...change.map((changed): Found => {
      const fields = COMPARED.filter((field) => canonical(changed.stored[field]) !== canonical(changed.derived[field]));
      const what = fields.length > 0 ? `differs in ${fields.join(', ')}` : `is ${changed.stored.state} and follows from the facts`;
      return { of: 'milestone', key: changed.derived.key, what };
    }),
    ...cancel.map(({ key }): Found => ({ of: 'milestone', key, what: 'is stored and does not follow from the facts' })),
  ];
}

function compareAlerts(stored: readonly StoredMilestone[], alerts: readonly StoredAlert[]): Found[] {
  const byMilestone = new Map(alerts.map((alert) => [alert.milestoneId, alert]));
  const found = stored.flatMap((milestone) => {
    const alert = byMilestone.get(milestone.id);
    byMilestone.delete(milestone.id);
    return alertFaults(milestone, alert ?? null).map((what): Found => ({ of: 'alert', key: milestone.key, what }));
  });
  return [...found, ...[...byMilestone.values()].map(({ id }): Found => ({ of: 'alert', key: id, what: 'belongs to no milestone' }))];
}

function alertFaults(milestone: StoredMilestone, alert: StoredAlert | null): string[] {
  const faults: string[] = [];
  if (!FITTING[milestone.state].includes(alert?.state ?? null))
    faults.push(`the milestone is ${milestone.state}, the alert ${alert?.state ?? 'is missing'}`);
  if (!alert) return faults;
  if (!alert.told) faults.push(`nothing in its history says why it is ${alert.state}`);
  if ((alert.state === 'resolved' || alert.state === 'dismissed') && alert.actedBy === null) faults.push(`nobody ${alert.state} it`);
  if ((alert.state === 'snoozed') !== (alert.snoozedUntil !== null)) faults.push('sleeps without an end');
  const followed = (['ruleId', 'ownerRole', 'priority', 'dueAt', 'overdueAt'] as const).filter(
    (field) => alert[field] !== milestone[field],
  );
  if (ACTIVE.includes(alert.state) && followed.length > 0) faults.push(`does not follow its milestone in ${followed.join(', ')}`);
  return faults;
}

function compareHold({ hold }: Obligations, { hold: open }: StoredProjections): Found[] {
  const derived = hold.active ? { since: hold.since, causeEventIds: hold.causeEventIds } : undefined;
  if (canonical(derived ?? null) === canonical(open ?? null)) return [];
  const what = !open ? 'follows from the facts and is not placed' : derived ? 'differs in since or cause' : 'is open and does not follow';
  return [{ of: 'hold', key: (open ?? derived)?.causeEventIds.join(' ') ?? '', what }];
}

function compareRestrictions({ restrictions }: Obligations, { restrictions: stored }: StoredProjections): Found[] {
  const same = (a: { sites: readonly string[]; since: string }, b: { sites: readonly string[]; since: string } | undefined) =>
    b !== undefined && a.since === b.since && a.sites.join() === b.sites.join();
  return [
    ...restrictions
      .filter(
        (derived) =>
          !same(
            derived,
            stored.find(({ causeEventId }) => causeEventId === derived.causeEventId),
          ),
      )
      .map(({ causeEventId }): Found => ({ of: 'restriction', key: causeEventId, what: 'is not stored as it follows from the event' })),
    ...stored
      .filter(({ causeEventId }) => !restrictions.some((derived) => derived.causeEventId === causeEventId))
      .map(({ causeEventId }): Found => ({ of: 'restriction', key: causeEventId, what: 'is stored and does not follow from an event' })),
  ];
}
