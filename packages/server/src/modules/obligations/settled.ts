/**
 * What follows from the facts, with history kept as it was made: a milestone that was met, or whose alert a person has ended, goes on
 * being judged by the protocol version that made it. A new version moves what is still open and rewrites no old explanation.
 */
import { deriveObligations, type Milestone, type Obligations, type PatientFacts, type ProtocolParameters } from '@vastus/clinical';
import { statement, type Tx } from '@vastus/db';
import type { LoadedFacts } from './patient-facts.store.js';
import { ENDED_BY_PERSON, type StoredMilestone } from './reconcile.js';

/** A milestone and the version it was derived under. */
export interface Derived extends Milestone {
  protocolVersionId: string;
}

const PARAMETERS = statement(
  'parameters-of-versions',
  'SELECT id, parameters FROM protocol_version WHERE clinic_id = $1 AND id = ANY ($2)',
);

export const isSettled = ({ state, alertState }: StoredMilestone): boolean =>
  state === 'met' || (state === 'raised' && alertState !== null && ENDED_BY_PERSON.has(alertState));

/** `stored` are the patient's milestones as they stand; the version in force decides about everything that is not settled. */
export async function deriveKeepingHistory(
  tx: Tx,
  loaded: LoadedFacts,
  stored: readonly StoredMilestone[],
): Promise<{ obligations: Obligations; milestones: Derived[] }> {
  const { facts, protocol, protocolVersionId } = loaded;
  const obligations = deriveObligations(facts, protocol);
  const byKey = new Map(obligations.milestones.map((m): [string, Derived] => [m.key, { ...m, protocolVersionId }]));
  const settled = stored.filter((m) => m.protocolVersionId !== protocolVersionId && isSettled(m));
  if (settled.length > 0) {
    const ids = [...new Set(settled.map((m) => m.protocolVersionId))];
    for (const { id, parameters } of await tx.many<{ id: string; parameters: ProtocolParameters }>(PARAMETERS, [tx.clinicId, ids])) {
      const then = new Map(deriveObligations(factsUnder(loaded, parameters), parameters).milestones.map((m) => [m.key, m]));
      for (const { key, state, protocolVersionId: madeBy } of settled) {
        const kept = madeBy === id ? then.get(key) : undefined;
        // What is not met any more is open again, and open things belong to the version in force.
        if (kept && (state !== 'met' || kept.met)) byKey.set(key, { ...kept, protocolVersionId: id });
      }
    }
  }
  return { obligations, milestones: [...byKey.values()] };
}

/** The courses that follow the clinic's protocol followed that version then. */
function factsUnder({ facts, follows }: LoadedFacts, version: ProtocolParameters): PatientFacts {
  const courses = facts.courses.map((course) => ({
    ...course,
    maintenanceMonths: follows[course.id]?.maintenanceMonths ? version.maintenanceMonths : course.maintenanceMonths,
    monitoringPlan: follows[course.id]?.monitoringPlan ? (version.monitoringPlan ?? 'MON-3-6-12') : course.monitoringPlan,
  }));
  return { ...facts, courses };
}
