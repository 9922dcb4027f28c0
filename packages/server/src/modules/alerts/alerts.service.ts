/** The queue of what is due: read worst first, acknowledged, put off, resolved or dismissed by people. */
import { Injectable } from '@nestjs/common';
import type { Instant, ProtocolParameters, Role } from '@vastus/clinical';
import { type AlertDetail, type AlertRow, acknowledgeAlert, dismissAlert, type Input, resolveAlert, snoozeAlert } from '@vastus/contract';
import { insert, newId, type Tx } from '@vastus/db';
import { audit } from '../../platform/audit.js';
import { Clock } from '../../platform/clock.js';
import { Commands } from '../../platform/commands.js';
import { notifyChange } from '../../platform/live/live.js';
import { invalid, problem } from '../../platform/problems/problem.js';
import type { Caller } from '../../platform/routing/caller.js';
import { explainRule } from '../rules/explain.js';
import { type AlertAction, ENDS_BY_FACT_ONLY, LONGEST_SNOOZE_MS, mayAct, TRANSITIONS } from './alert-states.js';
import { type AlertFilter, alertById, alertsOfPatient, countAlerts, pageOfAlerts, transitionsOf } from './alerts.store.js';

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
    return this.commands.read(caller, (tx) =>
      pageOfAlerts(
        tx,
        { ...filter, ownerRole: filter.ownerRole ?? (filter.patientId ? undefined : queueOf(caller.role)) },
        this.clock.now(),
      ),
    );
  }

  count(caller: Caller, ownerRole?: Role) {
    return this.commands.read(caller, (tx) => countAlerts(tx, ownerRole ?? queueOf(caller.role), this.clock.now()));
  }

  /** Why the alert exists – rule, sources, parameters of its protocol version, the facts it saw – and what was done with it. */
  read(caller: Caller, alertId: string): Promise<AlertDetail> {
    return this.commands.read(caller, async (tx) => {
      const alert = await alertById(tx, alertId, this.clock.now());
      if (!alert) throw problem('not-found');
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

  snooze(caller: Caller, input: Input<typeof snoozeAlert>): Promise<AlertRow> {
    const { until, reason } = input.body;
    return this.commands.run(caller, snoozeAlert, input, (tx, now) => {
      if (until <= now) throw invalid('/until', 'past', 'lies in the past');
      return this.act(tx, caller, now, input.params.alertId, 'snooze', { snoozedUntil: until, reason });
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
    { outcome, reason, snoozedUntil }: Ending,
  ): Promise<AlertRow> {
    await tx.query(`SELECT id FROM alert WHERE clinic_id = $1 AND id = $2 FOR UPDATE`, [tx.clinicId, alertId]);
    const before = await alertById(tx, alertId, now);
    if (!before) throw problem('not-found');
    if (!mayAct(caller.role, before.ownerRole))
      throw problem('not-permitted', { permission: 'alert.act', detail: `This alert belongs to the ${before.ownerRole}.` });
    const { from, to } = TRANSITIONS[action];
    if (!from.includes(before.state)) throw problem('state-changed', { detail: `The alert is ${before.state} already.` });
    assertRuleAllows(before, action, now, snoozedUntil);

    await tx.query(
      `
      UPDATE alert SET state = $3, snoozed_until = $4, outcome = $5, reason = $6, acted_by = $7, acted_at = $8, version = version + 1 WHERE clinic_id = $1 AND id = $2`,
      [tx.clinicId, alertId, to, snoozedUntil ?? null, outcome ?? null, reason ?? null, caller.membershipId, now],
    );
    await insert(tx, 'alert_transition', {
      clinicId: tx.clinicId,
      id: newId(),
      alertId,
      at: now,
      fromState: before.state,
      toState: to,
      action,
      byMembershipId: caller.membershipId,
      outcome,
      reason,
      snoozedUntil,
    });
    const after = (await alertById(tx, alertId, now))!;
    await audit(tx, caller, now, {
      action: `alert.${action}`,
      subjectType: 'alert',
      subjectId: alertId,
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

function assertRuleAllows(alert: AlertRow, action: AlertAction, now: Instant, snoozedUntil: Instant | undefined): void {
  const refuse = (detail: string) =>
    problem('blocked-by-rule', {
      detail,
      findings: [{ ruleId: alert.ruleId, severity: 'block', code: `alert-not-${action}`, field: null, facts: {} }],
    });
  if (action === 'dismiss' && !alert.dismissible)
    throw refuse('The rule of this alert does not allow it to be dismissed; it is completed, or resolved with an outcome.');
  if (action === 'resolve' && ENDS_BY_FACT_ONLY.has(alert.ruleId)) throw refuse('Record the route decision; the alert closes with it.');
  if (snoozedUntil && Date.parse(snoozedUntil) - Date.parse(now) > LONGEST_SNOOZE_MS[alert.priority]) {
    throw refuse(
      LONGEST_SNOOZE_MS[alert.priority] === 0
        ? 'An emergency cannot be put off.'
        : `An alert of this priority can be put off by at most ${LONGEST_SNOOZE_MS[alert.priority] / 3_600_000} hours.`,
    );
  }
}
