/**
 * What follows from the facts, with history kept as it was made: a milestone that was met, or whose alert a person has ended, goes on
 * being judged by the protocol version that made it. A new version moves what is still open and rewrites no old explanation.
 */
import { deriveObligations, type Milestone, type Obligations, type PatientFacts } from '@vastus/clinical';
import { type DecidedVersion, type LoadedFacts, versionsBefore } from './patient-facts.store.js';
import { ENDED_BY_PERSON, type StoredMilestone } from './reconcile.js';

/** A milestone and the version it was derived under. */
export interface Derived extends Milestone {
  protocolVersionId: string;
}

export const isSettled = ({ state, alertState }: StoredMilestone): boolean =>
  state === 'met' || (state === 'raised' && alertState !== null && ENDED_BY_PERSON.has(alertState));

/** `stored` are the patient's milestones as they stand; the version in force decides about everything that is not settled. */
export function deriveKeepingHistory(
  loaded: LoadedFacts,
  stored: readonly StoredMilestone[],
): { obligations: Obligations; milestones: Derived[] } {
  const { facts, protocol, protocolVersionId, versions } = loaded;
  const obligations = deriveObligations(facts, protocol);
  const byKey = new Map(obligations.milestones.map((m): [string, Derived] => [m.key, { ...m, protocolVersionId }]));
  const settled = stored.filter((m) => m.protocolVersionId !== protocolVersionId && isSettled(m));
  for (const version of versions.filter(({ id }) => settled.some((m) => m.protocolVersionId === id))) {
    const then = new Map(deriveObligations(factsUnder(loaded, version), version.parameters).milestones.map((m) => [m.key, m]));
    for (const { key, state, protocolVersionId: madeBy } of settled) {
      const kept = madeBy === version.id ? then.get(key) : undefined;
      // What is not met any more is open again, and open things belong to the version in force.
      if (kept && (state !== 'met' || kept.met)) byKey.set(key, { ...kept, protocolVersionId: version.id });
    }
  }
  return { obligations, milestones: [...byKey.values()] };
}

/** The facts as they were under a version that has given way: the courses that follow the clinic's protocol followed it then. */
function factsUnder({ facts, follows, versions }: LoadedFacts, { id, parameters, inForceFrom }: DecidedVersion): PatientFacts {
  const courses = facts.courses.map((course) => ({
    ...course,
    maintenanceMonths: follows[course.id]?.maintenanceMonths ? parameters.maintenanceMonths : course.maintenanceMonths,
    monitoringPlan: follows[course.id]?.monitoringPlan ? (parameters.monitoringPlan ?? 'MON-3-6-12') : course.monitoringPlan,
  }));
  return { ...facts, courses, protocolBefore: versionsBefore(versions, id, inForceFrom) };
}
