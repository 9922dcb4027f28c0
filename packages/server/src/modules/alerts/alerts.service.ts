/** The queue of what is due: read worst first, acknowledged, put off, resolved or dismissed by people. */
import { Injectable } from '@nestjs/common';
import { acknowledgesTogether, handlingOf, type Instant, LONGEST_SNOOZE_MS, type ProtocolParameters, type Role } from '@vastus/clinical';
import {
  type AlertDetail,
  type AlertRow,
  type Answer,
  acknowledgeAlert,
  acknowledgeAlerts,
  actsFor,
  dismissAlert,
  type Input,
  resolveAlert,
  snoozeAlert,
  undoAlert,
} from '@vastus/contract';
import { insert, newId, type Tx } from '@vastus/db';
import { audit, auditList } from '../../platform/audit.js';
import { Clock } from '../../platform/clock.js';
import { Commands } from '../../platform/commands.js';
import { notifyChange } from '../../platform/live/live.js';
import { invalid, ProblemError, problem } from '../../platform/problems/problem.js';
import type { Caller } from '../../platform/routing/caller.js';
import { explainRule } from '../rules/explain.js';
import { pageOfPeople, type QueueFilter } from './alert-queue.store.js';
import { type AlertAction, type AlertState, TRANSITIONS, UNDOABLE } from './alert-states.js';
import { type AlertFilter, alertById, alertsOfPatient, countAlerts, lastStepsOf, pageOfAlerts, transitionsOf } from './alerts.store.js';

interface Ending {
  outcome?: string;
  reason?: string | null;
  snoozedUntil?: Instant;
}

@Injectable()
export class AlertsService {
  constructor(
    private readonly commands: Commands,
    private readonly clock: Clock,
  ) {}

  /** The caller's own queue unless a role or a patient is named. */
  list(caller: Caller, filter: AlertFilter) {
    return this.look(caller, filter, (tx, asked, now) => pageOfAlerts(tx, asked, now));
  }

  /** The same queue by person. */
  queue(caller: Caller, filter: QueueFilter) {
    return this.look(caller, filter, (tx, asked, now) => pageOfPeople(tx, asked, now));
  }

  /** The queue is what a day's work is read from; whoever asks about one patient reads a part of that chart. */
  private look<F extends AlertFilter | QueueFilter, T>(
    caller: Caller,
    filter: F,
    work: (tx: Tx, asked: F, now: Instant) => Promise<T>,
  ): Promise<T> {
    if (filter.patientId === undefined)
      return this.commands.read(caller, (tx) =>
        work(tx, { ...filter, ownerRole: filter.ownerRole ?? queueOf(caller.role) }, this.clock.now()),
      );
    return this.commands.runAsSystem(caller, async (tx, now) => {
      await auditList(tx, caller, now, 'alert.read', filter);
      return work(tx, filter, now);
    });
  }

  count(caller: Caller, ownerRole?: Role) {
    return this.commands.read(caller, (tx) => countAlerts(tx, ownerRole ?? queueOf(caller.role), this.clock.now()));
  }

  /** Why the alert exists – rule, sources, parameters of its protocol version, the facts it saw – and what was done with it. */
  read(caller: Caller, alertId: string): Promise<AlertDetail> {
    return this.commands.runAsSystem(caller, async (tx, now) => {
      const alert = await alertById(tx, alertId, now);
      if (!alert) throw problem('not-found');
      await audit(tx, caller, now, { action: 'alert.read', subjectType: 'alert', subjectId: alertId, patientId: alert.patient.id });
      const version = await tx.one<{ number: number; parameters: ProtocolParameters }>(
        `
        SELECT v.number, v.parameters FROM milestone g JOIN protocol_version v ON v.clinic_id = g.clinic_id AND v.id = g.protocol_version_id
         WHERE g.clinic_id = $1 AND g.id = $2`,
        [tx.clinicId, alert.milestoneId],
      );
      const { id: ruleId, title, summary, sources, conflict, parameters } = explainRule(alert.ruleId, version.parameters);
      return {
        ...alert,
        why: { ruleId, title, summary, sources, conflict, parameters, protocolVersion: version.number, facts: alert.facts },
        transitions: await transitionsOf(tx, alertId),
      };
    });
  }

  acknowledge(caller: Caller, input: Input<typeof acknowledgeAlert>): Promise<AlertRow> {
    return this.commands.run(caller, acknowledgeAlert, input, (tx, now) =>
      this.act(tx, caller, now, input.params.alertId, 'acknowledge', {}),
    );
  }

  /** One transaction for each: one that somebody else was quicker with takes nothing away from the others. */
  async acknowledgeTogether(caller: Caller, { body }: Input<typeof acknowledgeAlerts>): Promise<Answer<typeof acknowledgeAlerts>> {
    const results: Answer<typeof acknowledgeAlerts>['results'] = [];
    for (const alertId of new Set(body.alertIds)) {
      try {
        await this.commands.run(caller, acknowledgeAlerts, { alertId }, (tx, now) =>
          this.act(tx, caller, now, alertId, 'acknowledge', {}, assertHarmless),
        );
        results.push({ alertId, result: 'acknowledged', detail: null });
      } catch (error) {
        const result = refusalOf(error);
        if (!result) throw error;
        results.push({ alertId, result, detail: (error as ProblemError).details.detail ?? null });
      }
    }
    return { results };
  }

  /** Back to where it was before the last acknowledging or snoozing, and to whom it belonged then. */
  undo(caller: Caller, input: Input<typeof undoAlert>): Promise<AlertRow> {
    const { alertId } = input.params;
    return this.commands.run(caller, undoAlert, input, async (tx, now) => {
      const before = await this.locked(tx, caller, now, alertId);
      const [last, ...earlier] = await lastStepsOf(tx, alertId);
      if (!last || !UNDOABLE.has(last.action) || last.toState !== before.state)
        throw problem('state-changed', { detail: 'There is no step that could be taken back.' });
      // What had been put off twice waits again: the first date may have passed.
      const to: AlertState = last.fromState === 'acknowledged' ? 'acknowledged' : 'open';
      const owner = to === 'acknowledged' ? earlier.find(({ action }) => action === 'acknowledge') : undefined;
      return this.change(tx, caller, now, before, 'undo', to, {}, owner ?? null);
    });
  }

  snooze(caller: Caller, input: Input<typeof snoozeAlert>): Promise<AlertRow> {
    const { until, reason } = input.body;
    return this.commands.run(caller, snoozeAlert, input, (tx, now) => {
      if (until <= now) throw invalid('/until', 'past', 'lies in the past');
      const asRead = ({ version }: AlertRow) => {
        if (version !== caller.ifMatch) throw problem('stale-version');
      };
      return this.act(tx, caller, now, input.params.alertId, 'snooze', { snoozedUntil: until, reason }, asRead);
    });
  }

  resolve(caller: Caller, input: Input<typeof resolveAlert>): Promise<AlertRow> {
    return this.commands.run(caller, resolveAlert, input, (tx, now) =>
      this.act(tx, caller, now, input.params.alertId, 'resolve', input.body),
    );
  }

  dismiss(caller: Caller, input: Input<typeof dismissAlert>): Promise<AlertRow> {
    return this.commands.run(caller, dismissAlert, input, (tx, now) =>
      this.act(tx, caller, now, input.params.alertId, 'dismiss', input.body),
    );
  }

  ofPatient(tx: Tx, patientId: string): Promise<AlertRow[]> {
    return alertsOfPatient(tx, patientId, this.clock.now());
  }

  private async act(
    tx: Tx,
    caller: Caller,
    now: Instant,
    alertId: string,
    action: AlertAction,
    ending: Ending,
    alsoAssert?: (alert: AlertRow) => void,
  ): Promise<AlertRow> {
    const before = await this.locked(tx, caller, now, alertId);
    const { from, to } = TRANSITIONS[action];
    if (!from.includes(before.state)) throw problem('state-changed', { detail: `The alert is ${before.state} already.` });
    assertRuleAllows(before, action, now, ending.snoozedUntil);
    alsoAssert?.(before);
    return this.change(tx, caller, now, before, action, to, ending, { byMembershipId: caller.membershipId, at: now });
  }

  /** The alert as it is now, held until the transaction ends, if the caller may act on it at all. */
  private async locked(tx: Tx, caller: Caller, now: Instant, alertId: string): Promise<AlertRow> {
    await tx.query(`SELECT id FROM alert WHERE clinic_id = $1 AND id = $2 FOR UPDATE`, [tx.clinicId, alertId]);
    const alert = await alertById(tx, alertId, now);
    if (!alert) throw problem('not-found');
    if (!actsFor(caller.role, alert.ownerRole))
      throw problem('not-permitted', { permission: 'alert.act', detail: `This alert belongs to the ${alert.ownerRole}.` });
    return alert;
  }

  private async change(
    tx: Tx,
    caller: Caller,
    now: Instant,
    before: AlertRow,
    action: AlertAction | 'undo',
    to: AlertState,
    { outcome, reason, snoozedUntil }: Ending,
    acted: { byMembershipId: string | null; at: Instant } | null,
  ): Promise<AlertRow> {
    await tx.query(
      `
      UPDATE alert SET state = $3, snoozed_until = $4, outcome = $5, reason = $6, acted_by = $7, acted_at = $8, version = version + 1 WHERE clinic_id = $1 AND id = $2`,
      [tx.clinicId, before.id, to, snoozedUntil ?? null, outcome ?? null, reason ?? null, acted?.byMembershipId ?? null, acted?.at ?? null],
    );
    await insert(tx, 'alert_transition', {
      clinicId: tx.clinicId,
      id: newId(),
      alertId: before.id,
      at: now,
      fromState: before.state,
      toState: to,
      action,
      byMembershipId: caller.membershipId,
      outcome,
      reason,
      snoozedUntil,
    });
    const after = (await alertById(tx, before.id, now))!;
    await audit(tx, caller, now, {
      action: `alert.${action}`,
      subjectType: 'alert',
      subjectId: before.id,
      patientId: before.patient.id,
      before: { state: before.state },
      after: { state: to, outcome, reason, snoozedUntil },
    });
    await notifyChange(tx, 'alerts');
    return after;
  }
}

/** Administrators own no queue of their own: they look at the physicians'. */
function queueOf(role: Role): Role {
  return role === 'administrator' ? 'physician' : role;
}

const refuse = (alert: AlertRow, code: string, detail: string) =>
  problem('blocked-by-rule', { detail, findings: [{ ruleId: alert.ruleId, severity: 'block', code, field: null, facts: {} }] });

function assertHarmless(alert: AlertRow): void {
  if (!acknowledgesTogether(alert)) throw refuse(alert, 'alert-not-together', 'An alert of this kind is looked at by itself.');
}

const REFUSALS = ['not-found', 'not-permitted', 'state-changed', 'blocked-by-rule'] as const;
/** Which of the expected refusals an error is; anything else ends the request. */
function refusalOf(error: unknown): (typeof REFUSALS)[number] | undefined {
  return error instanceof ProblemError ? REFUSALS.find((code) => code === error.code) : undefined;
}

function assertRuleAllows(alert: AlertRow, action: AlertAction, now: Instant, snoozedUntil: Instant | undefined): void {
  if (action === 'dismiss' && !alert.dismissible)
    throw refuse(
      alert,
      `alert-not-${action}`,
      'The rule of this alert does not allow it to be dismissed; it is completed, or resolved with an outcome.',
    );
  if (action === 'resolve' && handlingOf(alert.ruleId).outcomes.length === 0)
    throw refuse(alert, `alert-not-${action}`, 'Record the route decision; the alert closes with it.');
  if (snoozedUntil && Date.parse(snoozedUntil) - Date.parse(now) > LONGEST_SNOOZE_MS[alert.priority]) {
    throw refuse(
      alert,
      `alert-not-${action}`,
      LONGEST_SNOOZE_MS[alert.priority] === 0
        ? 'An emergency cannot be put off.'
        : `An alert of this priority can be put off by at most ${LONGEST_SNOOZE_MS[alert.priority] / 3_600_000} hours.`,
    );
  }
}
