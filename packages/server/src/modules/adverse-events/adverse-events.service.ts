/** Numbness after an injection: assessed, triaged, followed by its clock. Nothing urgent waits for a job. */
import { Injectable } from '@nestjs/common';
import { checkCloseAsBenign, dateInZone, deficitOf, type SiteId, triage } from '@vastus/clinical';
import { type AdverseEvent, type Changes, examineAdverseEvent, type Input, recordAdverseEvent, voidAdverseEvent } from '@vastus/contract';
import { insert, json, newId, type Tx } from '@vastus/db';
import { audit } from '../../platform/audit.js';
import { isFuture } from '../../platform/clock.js';
import { Commands } from '../../platform/commands.js';
import { invalid, problem } from '../../platform/problems/problem.js';
import type { Caller } from '../../platform/routing/caller.js';
import { ObligationsService } from '../obligations/obligations.service.js';
import { type EventFilter, eventRowById, eventsOfPatient, pageOfEvents } from './adverse-events.store.js';

type Recorded = { event: AdverseEvent; changes: Changes };

@Injectable()
export class AdverseEventsService {
  constructor(
    private readonly commands: Commands,
    private readonly obligations: ObligationsService,
  ) {}

  /** Triage is derived; hold, limb restriction, the whole clock and the urgent alerts are written with the event. */
  record(caller: Caller, input: Input<typeof recordAdverseEvent>): Promise<Recorded> {
    const {
      params: { patientId },
      body,
    } = input;
    return this.commands.run(caller, recordAdverseEvent, input, async (tx, now) => {
      await this.obligations.lock(tx, patientId);
      const { facts } = await this.obligations.loadFacts(tx, patientId, now);
      const injection = body.injectionId ? facts.injections.find((i) => i.id === body.injectionId && i.status === 'given') : undefined;
      if (body.injectionId && !injection) throw invalid('/injectionId', 'unknown', 'is not an injection given to this patient');
      const reportedAt = body.reportedAt ?? now;
      if (isFuture(body.onsetAt, now)) throw invalid('/onsetAt', 'future', 'lies in the future');
      if (isFuture(reportedAt, now)) throw invalid('/reportedAt', 'future', 'lies in the future');
      if (reportedAt < body.onsetAt) throw invalid('/reportedAt', 'before-onset', 'lies before the onset');
      if (dateInZone(body.onsetAt, facts.zone) < facts.patient.birthDate)
        throw invalid('/onsetAt', 'before-birth', 'lies before the patient was born');
      if (injection && body.onsetAt < injection.givenAt)
        throw invalid('/onsetAt', 'before-injection', 'lies before the injection it is suspected of');

      const site: SiteId | null = injection?.site ?? body.site;
      const outcome = triage(body.assessment, site);
      const id = newId();
      await insert(tx, 'adverse_event', {
        clinicId: tx.clinicId,
        id,
        patientId,
        injectionId: injection?.id ?? null,
        site,
        onsetAt: body.onsetAt,
        reportedAt,
        narrative: body.narrative,
        assessment: json(body.assessment),
        triage: json(outcome),
        triageLevel: outcome.level,
        severity: outcome.severity,
        ctcaeTerm: body.ctcaeTerm,
        ctcaeGrade: body.ctcaeGrade,
        serious: body.serious,
        causality: body.causality,
        recordedAt: now,
        recordedBy: caller.membershipId,
      });
      const changes = await this.obligations.recompute(tx, patientId, now);
      const event = await this.whole(tx, patientId, id);
      await audit(tx, caller, now, {
        action: 'adverse-event.record',
        subjectType: 'adverse-event',
        subjectId: id,
        patientId,
        after: withoutClock(event),
      });
      return { event, changes };
    });
  }

  /** A follow-up: “resolved” ends what is left of the clock, “worsening” raises the urgency again. */
  examine(caller: Caller, input: Input<typeof examineAdverseEvent>): Promise<Recorded> {
    const {
      params: { eventId },
      body,
    } = input;
    return this.commands.run(caller, examineAdverseEvent, input, async (tx, now) => {
      const event = await this.effective(tx, eventId);
      if (isFuture(body.examinedAt, now)) throw invalid('/examinedAt', 'future', 'lies in the future');
      if (body.examinedAt < event.onsetAt) throw invalid('/examinedAt', 'before-onset', 'lies before the onset');
      const deficit = deficitOf(body.strength, event.site);
      if (deficit && body.motorDeficit === false)
        throw invalid('/motorDeficit', 'contradiction', 'says no, and a muscle of that side is graded below 5');
      const motorDeficit = body.motorDeficit ?? deficit;
      if (body.course === 'resolved' && motorDeficit !== false) await this.refuseWithMotorDeficit(tx, event.patient.id, eventId, now);
      const id = newId();
      await insert(tx, 'examination', {
        clinicId: tx.clinicId,
        id,
        patientId: event.patient.id,
        eventId,
        examinedAt: body.examinedAt,
        course: body.course,
        motorDeficit,
        electrodiagnosticStudy: body.electrodiagnosticStudy,
        pain: body.pain,
        strength: json(body.strength),
        sensation: json(body.sensation),
        sensory: body.sensory,
        note: body.note,
        recordedAt: now,
        recordedBy: caller.membershipId,
      });
      const changes = await this.obligations.recompute(tx, event.patient.id, now);
      const examined = await this.whole(tx, event.patient.id, eventId);
      await audit(tx, caller, now, {
        action: 'adverse-event.examine',
        subjectType: 'examination',
        subjectId: id,
        patientId: event.patient.id,
        after: examined.examinations.find((x) => x.id === id),
      });
      return { event: examined, changes };
    });
  }

  /** Entered in error: its clock, its hold and its restriction go with it, and the answer says so. */
  void(caller: Caller, input: Input<typeof voidAdverseEvent>): Promise<Recorded> {
    const {
      params: { eventId },
      body: { reason },
    } = input;
    return this.commands.run(caller, voidAdverseEvent, input, async (tx, now) => {
      const before = await this.effective(tx, eventId);
      await tx.query(
        `UPDATE adverse_event SET state = 'voided', voided_at = $3, voided_by = $4, void_reason = $5 WHERE clinic_id = $1 AND id = $2`,
        [tx.clinicId, eventId, now, caller.membershipId, reason],
      );
      const changes = await this.obligations.recompute(tx, before.patient.id, now);
      const event = await this.whole(tx, before.patient.id, eventId);
      await audit(tx, caller, now, {
        action: 'adverse-event.void',
        subjectType: 'adverse-event',
        subjectId: eventId,
        patientId: before.patient.id,
        before,
        after: withoutClock(event),
      });
      return { event, changes };
    });
  }

  list(caller: Caller, filter: EventFilter) {
    return this.commands.read(caller, (tx) => pageOfEvents(tx, filter));
  }

  read(caller: Caller, eventId: string): Promise<AdverseEvent> {
    return this.commands.runAsSystem(caller, async (tx, now) => {
      const row = await eventRowById(tx, eventId);
      if (!row) throw problem('not-found');
      await audit(tx, caller, now, {
        action: 'adverse-event.read',
        subjectType: 'adverse-event',
        subjectId: eventId,
        patientId: row.patient.id,
      });
      return this.whole(tx, row.patient.id, eventId);
    });
  }

  /** All events of a patient with clock and examinations, latest report first. */
  async ofPatient(tx: Tx, patientId: string): Promise<AdverseEvent[]> {
    return eventsOfPatient(tx, patientId, await this.obligations.milestonesOf(tx, patientId));
  }

  private async whole(tx: Tx, patientId: string, eventId: string): Promise<AdverseEvent> {
    return (await this.ofPatient(tx, patientId)).find((e) => e.id === eventId)!;
  }

  /** AE-NODISMISS: with a motor deficit on record, "resolved" has to say that strength was examined and is back. */
  private async refuseWithMotorDeficit(tx: Tx, patientId: string, eventId: string, now: string): Promise<void> {
    const { facts } = await this.obligations.loadFacts(tx, patientId, now);
    const findings = facts.events.filter(({ id }) => id === eventId).flatMap((event) => checkCloseAsBenign(event, facts.examinations));
    if (findings.length > 0) throw problem('blocked-by-rule', { findings: findings.map((finding) => ({ ...finding })) });
  }

  private async effective(tx: Tx, eventId: string) {
    const found = await eventRowById(tx, eventId);
    if (!found) throw problem('not-found');
    await this.obligations.lock(tx, found.patient.id);
    const event = (await eventRowById(tx, eventId))!;
    if (event.state !== 'effective') throw problem('state-changed', { detail: `The event is ${event.state} already.` });
    return event;
  }
}

// The clock is derived; the audit keeps what was said.
function withoutClock({ clock: _clock, examinations: _examinations, ...event }: AdverseEvent) {
  return event;
}
