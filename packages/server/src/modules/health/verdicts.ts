/** When a part of the installation counts as in order, and what is found where it does not: pure, and every threshold of it in one place. */
import type { SystemFinding, SystemState, SystemStatus } from '@vastus/contract';
import { JOBS, type Job } from '@vastus/jobs';
import { ALERT_LATE_MS } from '../alerts/alert-states.js';

type Parts = SystemStatus['parts'];
type JobLine = Parts['jobs']['items'][number];
export type Verdict = { state: SystemState; findings: SystemFinding[] };

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** A job has missed its time when twice its interval has passed, and five minutes more. */
const GRACE_MS = 5 * MINUTE_MS;
const MANY_FAILURES = 3;
/** `ALERT_LATE_MS` is when everybody is told; this is when somebody has to do something. */
const ALERT_MUCH_TOO_LATE_MS = 15 * MINUTE_MS;
/** A daily backup does not end at the same minute every day. */
const BACKUP_OLD_MS = 25 * HOUR_MS;
const BACKUP_MUCH_TOO_OLD_MS = 72 * HOUR_MS;
/** The trail is read every day. */
const AUDIT_UNREAD_MS = 50 * HOUR_MS;

/** An hour that began within the last day. */
const READING_RECENT_MS = 25 * HOUR_MS;

const BY_WEIGHT: readonly SystemState[] = ['ok', 'unknown', 'attention', 'problem'];
export const worstOf = (states: readonly SystemState[]): SystemState =>
  states.reduce((worst, state) => (BY_WEIGHT.indexOf(state) > BY_WEIGHT.indexOf(worst) ? state : worst), 'ok');

const found = (...cases: [condition: boolean, state: SystemState, finding: SystemFinding][]): Verdict => {
  const those = cases.filter(([condition]) => condition);
  return { state: worstOf(those.map(([, state]) => state)), findings: [...new Set(those.map(([, , finding]) => finding))] };
};
const age = (instant: string | null, nowMs: number): number => (instant === null ? 0 : nowMs - Date.parse(instant));

export const verdictOfMigrations = (known: boolean, pending: readonly string[]): Verdict =>
  found([!known, 'unknown', 'migrations-unknown'], [pending.length > 0, 'problem', 'migrations-pending']);

export const verdictOfQueue = (reachable: boolean): Verdict => found([!reachable, 'problem', 'queue-away']);

export function stateOfJob({ name, lastRunAt, failuresInARow }: Omit<JobLine, 'state'>, nowMs: number): SystemState {
  const everyMs = (JOBS as Record<string, Job>)[name]?.schedule?.everyMs;
  const isLate = everyMs !== undefined && (lastRunAt === null || age(lastRunAt, nowMs) > 2 * everyMs + GRACE_MS);
  if (isLate || failuresInARow >= MANY_FAILURES) return 'problem';
  return failuresInARow > 0 ? 'attention' : 'ok';
}

export const verdictOfJobs = (items: readonly JobLine[]): Verdict => {
  const failing = items.filter(({ failuresInARow }) => failuresInARow > 0);
  const late = items.some(({ state, failuresInARow }) => state === 'problem' && failuresInARow < MANY_FAILURES);
  return found([late, 'problem', 'jobs-late'], [failing.length > 0, worstOf(failing.map(({ state }) => state)), 'jobs-failing']);
};

export const verdictOfAlerts = (oldestAt: string | null, nowMs: number): Verdict =>
  found(
    [age(oldestAt, nowMs) > ALERT_MUCH_TOO_LATE_MS, 'problem', 'alerts-late'],
    [age(oldestAt, nowMs) > ALERT_LATE_MS, 'attention', 'alerts-late'],
  );

export const verdictOfBackup = ({ takenAt, archive }: Pick<Parts['backup'], 'takenAt' | 'archive'>, nowMs: number): Verdict =>
  found(
    [takenAt === null, 'attention', 'no-backup'],
    [age(takenAt, nowMs) > BACKUP_MUCH_TOO_OLD_MS, 'problem', 'backup-old'],
    [age(takenAt, nowMs) > BACKUP_OLD_MS, 'attention', 'backup-old'],
    [archive.failing, 'problem', 'archive-failing'],
  );

export const verdictOfAudit = (
  { sealedAt, verifiedAt, faults }: Pick<Parts['audit'], 'sealedAt' | 'verifiedAt' | 'faults'>,
  nowMs: number,
): Verdict =>
  found(
    [faults > 0, 'problem', 'audit-faults'],
    // Nothing sealed is nothing to read.
    [sealedAt !== null && (verifiedAt === null || age(verifiedAt, nowMs) > AUDIT_UNREAD_MS), 'attention', 'audit-unread'],
  );

/** What happened today wants to be asked about; what happened before stays on the list. */
export const verdictOfReading = (people: Parts['reading']['people'], nowMs: number): Verdict =>
  found([people.some(({ hour }) => age(hour, nowMs) < READING_RECENT_MS), 'attention', 'unusual-reading']);

export const verdictOfProcesses = (items: Parts['processes']['items']): Verdict =>
  found(
    [!items.some(({ kind }) => kind === 'worker'), 'problem', 'no-worker'],
    [new Set(items.map(({ version }) => version)).size > 1, 'attention', 'versions-differ'],
  );
