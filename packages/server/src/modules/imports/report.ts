/** The report of an import: what it does, or did, added up patient by patient. */
import type { ImportReport } from '@vastus/contract';
import type { BundlePlan, NotTaken } from './fhir/plan.js';

export type Outcome = 'created' | 'updated' | 'unchanged' | 'skipped';

/** Before the first patient: everything the reading itself left out. */
export function reportOf(plan: BundlePlan): ImportReport {
  const report: ImportReport = { byResource: {}, patients: [], proposals: 0, labResults: 0, profileChanges: [], notTaken: [] };
  for (const resourceType of Object.keys(plan.entriesOf).sort()) {
    report.byResource[resourceType] = { created: 0, updated: 0, unchanged: 0, skipped: 0 };
  }
  leaveOut(report, plan.notTaken);
  return report;
}

export function count(report: ImportReport, resourceType: string, outcome: Outcome, by = 1): void {
  const counts = report.byResource[resourceType] ?? { created: 0, updated: 0, unchanged: 0, skipped: 0 };
  counts[outcome] += by;
  report.byResource[resourceType] = counts;
}

/** One line for each reason and code; the entries it stands for are listed with it. */
export function leaveOut(report: ImportReport, notTaken: readonly NotTaken[]): void {
  const keyOf = (line: Pick<NotTaken, 'resourceType' | 'reason' | 'code' | 'display'>) =>
    JSON.stringify([line.resourceType, line.reason, line.code, line.display]);
  const lines = new Map(report.notTaken.map((line) => [keyOf(line), line]));
  for (const { entry, resourceType, reason, code, display } of notTaken) {
    count(report, resourceType, 'skipped');
    const line = { resourceType, reason, code, display, entries: [entry] };
    const known = lines.get(keyOf(line));
    if (known) {
      known.entries.push(entry);
    } else {
      lines.set(keyOf(line), line);
      report.notTaken.push(line);
    }
  }
}
