/** Compares what the rules derive with what is stored; pure, so that the same comparison serves a write, a replay and a test. */
import { dateInZone, type Milestone } from '@vastus/clinical';

export interface StoredMilestone extends Milestone {
  id: string;
  /** The version that made it, or changed it last. */
  protocolVersionId: string;
  dueOn: string;
  state: 'planned' | 'raised' | 'met' | 'cancelled';
  alertId: string | null;
  alertState: 'open' | 'acknowledged' | 'snoozed' | 'resolved' | 'dismissed' | 'closed' | null;
}

export interface Difference<M extends Milestone = Milestone> {
  add: M[];
  /** The stored row and what it becomes. `state` says what happened: moved keeps it. */
  change: {
    stored: StoredMilestone;
    derived: M;
    dueOn: string;
    state: StoredMilestone['state'];
    kind: 'moved' | 'met' | 'reopened';
  }[];
  /** Stored, but no longer derived: the cause is gone. */
  cancel: StoredMilestone[];
}

export const ENDED_BY_PERSON: ReadonlySet<string> = new Set(['resolved', 'dismissed']);

/** Both sides of `facts` went through JSON at different times: key order and absent members carry no meaning. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, v) =>
    v && typeof v === 'object' && !Array.isArray(v)
      ? Object.fromEntries(
          Object.entries(v)
            .filter(([, x]) => x !== undefined)
            .sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : v,
  );
}

export const COMPARED = [
  'ruleId',
  'subjectType',
  'subjectId',
  'opensAt',
  'dueAt',
  'overdueAt',
  'ownerRole',
  'priority',
  'met',
  'metAt',
  'metBy',
  'missing',
  'dismissible',
  'facts',
] as const;

function same(stored: StoredMilestone, derived: Milestone): boolean {
  return COMPARED.every((field) => canonical(stored[field]) === canonical(derived[field]));
}

/** `now` decides only whether a raised milestone whose opening moved into the future goes back to being planned. */
export function reconcile<M extends Milestone>(
  derived: readonly M[],
  stored: readonly StoredMilestone[],
  zone: string,
  now: string,
): Difference<M> {
  const byKey = new Map(stored.map((m) => [m.key, m]));
  const difference: Difference<M> = { add: [], change: [], cancel: [] };
  for (const m of derived) {
    const before = byKey.get(m.key);
    byKey.delete(m.key);
    if (!before) {
      difference.add.push(m);
      continue;
    }
    const wasMet = before.state === 'met';
    const wasGone = before.state === 'cancelled';
    if (!wasGone && same(before, m)) continue;
    const change = { stored: before, derived: m, dueOn: dateInZone(m.dueAt, zone) };
    if (m.met) {
      difference.change.push({ ...change, state: 'met', kind: wasMet ? 'moved' : 'met' });
    } else if (wasMet || wasGone) {
      const decided = before.alertState !== null && ENDED_BY_PERSON.has(before.alertState);
      difference.change.push({ ...change, state: decided ? 'raised' : 'planned', kind: 'reopened' });
    } else {
      const early = before.state === 'raised' && m.opensAt > now && !ENDED_BY_PERSON.has(before.alertState ?? '');
      difference.change.push({ ...change, state: early ? 'planned' : before.state, kind: 'moved' });
    }
  }
  for (const gone of byKey.values()) if (gone.state !== 'cancelled') difference.cancel.push(gone);
  return difference;
}
