// A course from its start – by hand or from another system's order – to its end. When the next dose is due is not decided here:
// that follows from the course and its doses.
import { Injectable } from '@nestjs/common';
import {
  addMonths,
  type ClinicDate,
  COBALAMINS,
  checkEndOfCourse,
  checkStartOfCourse,
  dateInZone,
  type Finding,
  type Instant,
  isBlocked,
  loadingEndsByStatement,
  type PatientFacts,
  type Substance,
} from '@vastus/clinical';
import {
  type Answer,
  acceptProposal,
  allows,
  type Course,
  type CourseProposal,
  declineProposal,
  END_REASONS,
  endCourse,
  endLoading,
  type Input,
  type IssueCode,
  type listCourses,
  type listProposals,
  type ProblemIssue,
  recordWorkUp,
  type StartCourse,
  startCourse,
} from '@vastus/contract';
import { insert, json, newId, statement, type Tx } from '@vastus/db';
import { audit, auditList } from '../../platform/audit.js';
import { Commands } from '../../platform/commands.js';
import { notifyChange } from '../../platform/live/live.js';
import { invalid, problem } from '../../platform/problems/problem.js';
import type { Actor, Caller } from '../../platform/routing/caller.js';
import { ObligationsService } from '../obligations/obligations.service.js';
import { PatientsService } from '../patients/patients.service.js';
import {
  coursesOf,
  findCourse,
  findProposal,
  openProposalsOf,
  pageOfProposals,
  writeEnd,
  writeEndOfLoading,
  writeProposalDecision,
  writeWorkUp,
} from './courses.store.js';

const PRODUCT = statement(
  'product-of-course',
  'SELECT substance, default_dose_micrograms, active FROM product WHERE clinic_id = $1 AND id = $2',
);
const START_AHEAD_MONTHS = 12;

type CourseChanged = Answer<typeof startCourse>;

@Injectable()
export class CoursesService {
  constructor(
    private readonly commands: Commands,
    private readonly obligations: ObligationsService,
    private readonly patients: PatientsService,
  ) {}

  start(caller: Caller, input: Input<typeof startCourse>): Promise<CourseChanged> {
    return this.commands.run(caller, startCourse, input, (tx, now) => this.startIn(tx, caller, input.params.patientId, input.body, now));
  }

  /** The same inside a transaction that is open already. */
  async startIn(tx: Tx, actor: Actor, patientId: string, body: StartCourse, now: Instant): Promise<CourseChanged> {
    await this.obligations.lock(tx, patientId);
    const { facts, protocol } = await this.obligations.loadFacts(tx, patientId, now);
    if (facts.patient.deceasedOn !== null)
      throw problem('state-changed', { detail: 'The patient has died: no course is started any more.' });
    const product = await this.productFor(tx, body);
    requirePossibleStart(body, facts, dateInZone(now, facts.zone));
    const { overrideReason, ...fields } = body;
    const findings = checkStartOfCourse(product.substance, facts, protocol, now);
    refuseIfBlocked(findings, overrideReason);
    const overridden = isBlocked(findings);
    if (overridden && (actor.role === null || !allows(actor.role, 'course.override')))
      throw problem('not-permitted', { permission: 'course.override', detail: 'A physician decides this.' });
    const id = newId();
    await insert(tx, 'course', {
      clinicId: tx.clinicId,
      id,
      patientId,
      ...fields,
      doseMicrograms: body.doseMicrograms ?? product.defaultDoseMicrograms,
      deficiencyPicture: json(body.deficiencyPicture),
      recordedAt: now,
      recordedBy: actor.membershipId,
    });
    const after = overridden ? { ...fields, overrideReason, findings } : fields;
    await audit(tx, actor, now, { action: 'course.start', subjectType: 'course', subjectId: id, patientId, after });
    return this.changed(tx, id, patientId, now);
  }

  list(caller: Caller, { params }: Input<typeof listCourses>): Promise<Answer<typeof listCourses>> {
    return this.commands.runAsSystem(caller, async (tx, now) => {
      await this.patients.patientIn(tx, params.patientId);
      await auditList(tx, caller, now, 'course.read', params);
      return { items: await this.ofPatient(tx, params.patientId, now) };
    });
  }

  ofPatient(tx: Tx, patientId: string, now: Instant): Promise<Course[]> {
    return coursesOf(tx, patientId, now);
  }

  /** RX-LOAD-NEURO ends by a clinician's word, once; the counted schedules end by themselves. */
  endLoading(caller: Caller, input: Input<typeof endLoading>): Promise<CourseChanged> {
    const { on, statement: said } = input.body;
    return this.commands.run(caller, endLoading, input, async (tx, now) => {
      const course = await this.running(tx, input.params.courseId, now);
      if (!loadingEndsByStatement(course.regimen))
        throw problem('state-changed', { detail: 'Loading of this regimen does not end by a statement.' });
      if (course.loadingEndedOn !== null) throw problem('state-changed', { detail: 'Loading has ended already.' });
      requireDuring(course, on, dateInZone(now, caller.timeZone));
      await writeEndOfLoading(tx, course.id, on);
      await audit(tx, caller, now, {
        action: 'course.end-loading',
        subjectType: 'course',
        subjectId: course.id,
        patientId: course.patientId,
        before: { loadingEndedOn: null },
        after: { loadingEndedOn: on, statement: said },
      });
      return this.changed(tx, course.id, course.patientId, now);
    });
  }

  /** DX-CAUSE and DX-SEVERE: what is found out after the start. The answers of before stay in the trail. */
  recordWorkUp(caller: Caller, input: Input<typeof recordWorkUp>): Promise<CourseChanged> {
    return this.commands.run(caller, recordWorkUp, input, async (tx, now) => {
      const { id, patientId, cause, deficiencyPicture, version } = await this.running(tx, input.params.courseId, now);
      if (version !== caller.ifMatch) throw problem('stale-version');
      await writeWorkUp(tx, id, input.body);
      await audit(tx, caller, now, {
        action: 'course.work-up',
        subjectType: 'course',
        subjectId: id,
        patientId,
        before: { cause, deficiencyPicture },
        after: input.body,
      });
      return this.changed(tx, id, patientId, now);
    });
  }

  end(caller: Caller, input: Input<typeof endCourse>): Promise<CourseChanged> {
    const { on, reason, note, overrideReason } = input.body;
    return this.commands.run(caller, endCourse, input, async (tx, now) => {
      const course = await this.running(tx, input.params.courseId, now);
      requireDuring(course, on, dateInZone(now, caller.timeZone));
      if (course.lastDoseOn !== null && on < course.lastDoseOn)
        throw invalid('/on', 'before-last-dose', 'lies before the last dose of the course');
      const { facts, protocol } = await this.obligations.loadFacts(tx, course.patientId, now);
      const ending = facts.courses.find(({ id }) => id === course.id);
      const findings = ending ? checkEndOfCourse(ending, END_REASONS[reason], facts, protocol) : [];
      refuseIfBlocked(findings, overrideReason);
      await writeEnd(tx, course.id, on, reason);
      await audit(tx, caller, now, {
        action: 'course.end',
        subjectType: 'course',
        subjectId: course.id,
        patientId: course.patientId,
        before: { endedOn: null },
        after: { endedOn: on, endReason: reason, note, overrideReason, findings },
      });
      return this.changed(tx, course.id, course.patientId, now);
    });
  }

  listProposals(caller: Caller, { query }: Input<typeof listProposals>): Promise<Answer<typeof listProposals>> {
    return this.commands.read(caller, (tx) => pageOfProposals(tx, query));
  }

  /** Orders of one patient that wait for a decision. */
  openProposalsOf(tx: Tx, patientId: string): Promise<CourseProposal[]> {
    return openProposalsOf(tx, patientId);
  }

  accept(caller: Caller, input: Input<typeof acceptProposal>): Promise<CourseChanged> {
    const { proposalId } = input.params;
    return this.commands.run(caller, acceptProposal, input, async (tx, now) => {
      const proposal = await this.waiting(tx, proposalId);
      const started = await this.startIn(tx, caller, proposal.patient.id, input.body, now);
      await this.decide(tx, caller, now, proposal, { state: 'accepted', courseId: started.course.id, reason: null });
      return started;
    });
  }

  decline(caller: Caller, input: Input<typeof declineProposal>): Promise<CourseProposal> {
    return this.commands.run(caller, declineProposal, input, async (tx, now) => {
      const proposal = await this.waiting(tx, input.params.proposalId);
      const decision = { state: 'declined', courseId: null, reason: input.body.reason } as const;
      await this.decide(tx, caller, now, proposal, decision);
      return { ...proposal, ...decision };
    });
  }

  private async decide(
    tx: Tx,
    caller: Caller,
    now: Instant,
    proposal: CourseProposal,
    decision: { state: 'accepted' | 'declined'; courseId: string | null; reason: string | null },
  ): Promise<void> {
    await writeProposalDecision(tx, proposal.id, { ...decision, at: now, by: caller.membershipId });
    await audit(tx, caller, now, {
      action: `course-proposal.${decision.state === 'accepted' ? 'accept' : 'decline'}`,
      subjectType: 'course-proposal',
      subjectId: proposal.id,
      patientId: proposal.patient.id,
      before: { state: proposal.state },
      after: decision,
    });
    await notifyChange(tx, 'courses');
  }

  /** The order, its patient taken for this transaction so that nobody else decides it meanwhile. */
  private async waiting(tx: Tx, proposalId: string): Promise<CourseProposal> {
    const found = await findProposal(tx, proposalId);
    if (!found) throw problem('not-found', { detail: 'There is no such order.' });
    await this.obligations.lock(tx, found.patient.id);
    const proposal = (await findProposal(tx, proposalId)) ?? found;
    if (proposal.state !== 'proposed') throw problem('state-changed', { detail: `The order was ${proposal.state} already.` });
    return proposal;
  }

  private async running(tx: Tx, courseId: string, now: Instant): Promise<Course> {
    const found = await findCourse(tx, courseId, now);
    if (!found) throw problem('not-found', { detail: 'There is no such course.' });
    await this.obligations.lock(tx, found.patientId);
    const course = (await findCourse(tx, courseId, now)) ?? found;
    if (course.endedOn !== null) throw problem('state-changed', { detail: 'The course has ended already.' });
    return course;
  }

  private async changed(tx: Tx, courseId: string, patientId: string, now: Instant): Promise<CourseChanged> {
    const changes = await this.obligations.recompute(tx, patientId, now);
    await notifyChange(tx, 'courses');
    const course = await findCourse(tx, courseId, now);
    if (!course) throw new Error('the course written a moment ago is gone');
    return { course, changes };
  }

  private async productFor(tx: Tx, { productId, regimen }: StartCourse) {
    const product = await tx.maybe<{ substance: Substance; defaultDoseMicrograms: number; active: boolean }>(PRODUCT, [
      tx.clinicId,
      productId,
    ]);
    if (!product) throw invalid('/productId', 'unknown', 'is not a product of this clinic');
    if (!product.active) throw invalid('/productId', 'inactive', 'is a product that is not used any more');
    if (regimen === 'methylcobalamin-three-weekly' && product.substance !== 'methylcobalamin')
      throw invalid('/regimen', 'other-substance', 'is a schedule of methylcobalamin');
    // Loading is a way to give B12; two weeks of it with vitamin A or D would be an overdose.
    if (regimen !== 'maintenance' && !COBALAMINS.includes(product.substance))
      throw invalid('/regimen', 'other-substance', 'is a schedule of vitamin B12');
    return product;
  }
}

function requirePossibleStart(
  { startedOn, symptomsSince }: StartCourse,
  { patient: { birthDate } }: PatientFacts,
  today: ClinicDate,
): void {
  const issues: ProblemIssue[] = [];
  const wrong = (pointer: string, code: IssueCode, message: string) => issues.push({ pointer, code, message });
  if (startedOn < birthDate) wrong('/startedOn', 'before-birth', 'lies before the birth date');
  else if (startedOn > addMonths(today, START_AHEAD_MONTHS)) wrong('/startedOn', 'too-far-ahead', 'lies more than a year ahead');
  if (symptomsSince !== null && symptomsSince > today) wrong('/symptomsSince', 'future', 'lies in the future');
  else if (symptomsSince !== null && symptomsSince < birthDate) wrong('/symptomsSince', 'before-birth', 'lies before the birth date');
  if (issues.length > 0) throw problem('invalid-input', { issues });
}

function requireDuring({ startedOn }: Course, on: ClinicDate, today: ClinicDate): void {
  if (on > today) throw invalid('/on', 'future', 'lies in the future');
  if (on < startedOn) throw invalid('/on', 'before-start', 'lies before the course began');
}

function refuseIfBlocked(findings: readonly Finding[], overrideReason: string | null): void {
  if (isBlocked(findings) && overrideReason === null)
    throw problem('blocked-by-rule', { findings: findings.map((finding) => ({ ...finding })) });
}
