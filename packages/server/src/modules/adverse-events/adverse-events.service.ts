/** Numbness after an injection: assessed, triaged, followed by its clock. Nothing urgent waits for a job. */
import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { checkCloseAsBenign, dateInZone, deficitOf, type InjectionFacts, type PatientFacts, type SiteId, triage } from '@vastus/clinical';
import {
  type AdverseEvent,
  type AmendAdverseEvent,
  allows,
  amendAdverseEvent,
  type Changes,
  CTCAE_HIGHEST_GRADE,
  examineAdverseEvent,
  type Input,
  type ProblemIssue,
  type RecordAdverseEvent,
  recordAdverseEvent,
  voidAdverseEvent,
} from '@vastus/contract';
import { insert, json, newId, type Tx } from '@vastus/db';
import { audit, auditList } from '../../platform/audit.js';
import { isFuture } from '../../platform/clock.js';
import { Commands } from '../../platform/commands.js';
import { invalid, problem } from '../../platform/problems/problem.js';
import type { Caller } from '../../platform/routing/caller.js';
import { ObligationsService } from '../obligations/obligations.service.js';
import { type EventFilter, type EventRow, eventRowById, eventsOfPatient, pageOfEvents } from './adverse-events.store.js';

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
      return this.store(tx, caller, now, patientId, body, body.reportedAt ?? now, null);
    });
  }

  /**
   * What is known now, as a new version that names the old. Triage is derived anew, and what hangs on the case – clock, hold, restriction,
   * examinations – moves with it, because all of it names the case and not the version.
   */
  amend(caller: Caller, input: Input<typeof amendAdverseEvent>): Promise<Recorded> {
    const {
      params: { eventId },
      body,
    } = input;
    return this.commands.run(caller, amendAdverseEvent, input, async (tx, now) => {
      const before = await this.effective(tx, eventId);
      if (before.version !== caller.ifMatch) throw problem('stale-version');
      requireAssessor(caller, body, before);
      return this.store(tx, caller, now, before.patient.id, body, body.reportedAt ?? before.reportedAt, { before, ...body });
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
        `UPDATE adverse_event SET state = 'voided', voided_at = $3, voided_by = $4, void_reason = $5
          WHERE clinic_id = $1 AND case_id = $2 AND state = 'effective'`,
        [tx.clinicId, eventId, now, caller.membershipId, reason],
      );
      const changes = await this.obligations.recompute(tx, before.patient.id, now);
      const event = await this.whole(tx, before.patient.id, eventId);
      await audit(tx, caller, now, {
        action: 'adverse-event.void',
        subjectType: 'adverse-event',
        subjectId: eventId,
        patientId: before.patient.id,
        before: said(before),
        after: said(event),
      });
      return { event, changes };
    });
  }

  list(caller: Caller, filter: EventFilter) {
    return this.commands.runAsSystem(caller, async (tx, now) => {
      await auditList(tx, caller, now, 'adverse-event.read', filter);
      return pageOfEvents(tx, caller.timeZone, filter);
    });
  }

  read(caller: Caller, eventId: string): Promise<AdverseEvent> {
    return this.commands.runAsSystem(caller, async (tx, now) => {
      const event = await this.find(tx, eventId);
      await audit(tx, caller, now, {
        action: 'adverse-event.read',
        subjectType: 'adverse-event',
        subjectId: eventId,
        patientId: event.patient.id,
      });
      return event;
    });
  }

  /** The case as it stands with all that hangs on it; `not-found` where there is none. */
  async find(tx: Tx, eventId: string): Promise<AdverseEvent> {
    const row = await eventRowById(tx, eventId);
    if (!row) throw problem('not-found');
    return this.whole(tx, row.patient.id, eventId);
  }

  /** All events of a patient with clock and examinations, latest report first. */
  async ofPatient(tx: Tx, patientId: string): Promise<AdverseEvent[]> {
    return eventsOfPatient(tx, patientId, await this.obligations.milestonesOf(tx, patientId));
  }

  private async store(
    tx: Tx,
    caller: Caller,
    now: string,
    patientId: string,
    body: RecordAdverseEvent,
    reportedAt: string,
    amends: (Pick<AmendAdverseEvent, 'concludedOutcome' | 'amendReason'> & { before: EventRow }) | null,
  ): Promise<Recorded> {
    const before = amends?.before;
    const { facts } = await this.obligations.loadFacts(tx, patientId, now);
    const injection = body.injectionId ? facts.injections.find((i) => i.id === body.injectionId && i.status === 'given') : undefined;
    // An injection voided since the report is no reason to refuse what is known about the event.
    const unchanged = before !== undefined && before.injectionId === body.injectionId;
    if (body.injectionId && !injection && !unchanged) throw invalid('/injectionId', 'unknown', 'is not an injection given to this patient');
    requirePossible(body, reportedAt, injection, facts, now);
    const site: SiteId | null = injection ? injection.site : unchanged && body.injectionId ? before.site : body.site;
    const outcome = triage(body.assessment, site);
    const id = newId();
    const caseId = before?.id ?? id;
    const replaced = before
      ? await tx.one<{ id: string }>(
          `UPDATE adverse_event SET state = 'superseded' WHERE clinic_id = $1 AND case_id = $2 AND state = 'effective' RETURNING id`,
          [tx.clinicId, caseId],
        )
      : null;
    await insert(tx, 'adverse_event', {
      clinicId: tx.clinicId,
      id,
      caseId,
      patientId,
      injectionId: body.injectionId,
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
      seriousnessCriteria: body.seriousnessCriteria,
      causality: body.causality,
      concludedOutcome: amends?.concludedOutcome ?? null,
      version: (before?.version ?? 0) + 1,
      replacesId: replaced?.id ?? null,
      amendReason: amends?.amendReason ?? null,
      recordedAt: now,
      recordedBy: caller.membershipId,
    });
    const changes = await this.obligations.recompute(tx, patientId, now);
    const event = await this.whole(tx, patientId, caseId);
    await audit(tx, caller, now, {
      action: before ? 'adverse-event.amend' : 'adverse-event.record',
      subjectType: 'adverse-event',
      subjectId: caseId,
      patientId,
      before: before && said(before),
      after: said(event),
    });
    return { event, changes };
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

// What is derived, and what has entries of its own, is left out: the audit keeps what was said.
function said({ id, patient, triage: found, outcome, resolvedAt, ...event }: EventRow & Partial<AdverseEvent>) {
  const { clock: _clock, examinations: _examinations, versions: _versions, filing: _filing, completeness: _completeness, ...rest } = event;
  return { id, patient, ...rest, triage: found, outcome, resolvedAt };
}

/** Grade, seriousness, causality and conclusion are a physician's. At the report whoever reports says what is known. */
const ASSESSMENTS = ['ctcaeTerm', 'ctcaeGrade', 'serious', 'seriousnessCriteria', 'causality', 'concludedOutcome'] as const;

function requireAssessor(caller: Caller, body: AmendAdverseEvent, before: EventRow): void {
  if (allows(caller.role, 'adverse-event.assess')) return;
  if (ASSESSMENTS.every((field) => isDeepStrictEqual(body[field], before[field]))) return;
  throw problem('not-permitted', {
    permission: 'adverse-event.assess',
    detail: 'A physician assesses grade, seriousness, causality and outcome.',
  });
}

/** What cannot have happened is refused field by field. */
function requirePossible(
  { onsetAt, serious, seriousnessCriteria, ctcaeTerm, ctcaeGrade }: RecordAdverseEvent,
  reportedAt: string,
  injection: InjectionFacts | undefined,
  { patient, zone }: PatientFacts,
  now: string,
): void {
  const issues: ProblemIssue[] = [];
  const refuse = (pointer: string, code: ProblemIssue['code'], message: string) => issues.push({ pointer, code, message });
  if (isFuture(onsetAt, now)) refuse('/onsetAt', 'future', 'lies in the future');
  else if (dateInZone(onsetAt, zone) < patient.birthDate) refuse('/onsetAt', 'before-birth', 'lies before the patient was born');
  else if (injection && onsetAt < injection.givenAt) refuse('/onsetAt', 'before-injection', 'lies before the injection it is suspected of');
  if (isFuture(reportedAt, now)) refuse('/reportedAt', 'future', 'lies in the future');
  else if (reportedAt < onsetAt && issues.length === 0) refuse('/reportedAt', 'before-onset', 'lies before the onset');
  if (seriousnessCriteria.length > 0 && serious === null) refuse('/serious', 'required', 'is missing, and reasons for it are given');
  if (seriousnessCriteria.length > 0 && serious === false)
    refuse('/seriousnessCriteria', 'contradiction', 'are reasons for “serious”, which is denied');
  if (ctcaeGrade !== null && ctcaeTerm === null) refuse('/ctcaeTerm', 'required', 'is missing, and its grade is given');
  else if (ctcaeGrade !== null && ctcaeTerm !== null && ctcaeGrade > CTCAE_HIGHEST_GRADE[ctcaeTerm])
    issues.push({
      pointer: '/ctcaeGrade',
      code: 'above-maximum',
      message: 'is more than this term has',
      facts: { limit: CTCAE_HIGHEST_GRADE[ctcaeTerm] },
    });
  if (issues.length > 0) throw problem('invalid-input', { issues });
}
