// Self-injection at home: who may, after what, and when that ends. Nothing here decides – the rules are asked before an approval and at
// each reading, so that a reaction, a lapsed training or an ended course suspends it without anybody writing anything.
import { Injectable } from '@nestjs/common';
import {
  addMonths,
  checkSelfInjectionApproval,
  dateInZone,
  type Finding,
  homeDoses,
  type Instant,
  oldestTraining,
  SELF_OVERRIDABLE,
  SELF_TRAINING_ITEMS,
  type SelfInjectionApplication,
  type SelfTrainingItem,
  selfInjectionState,
} from '@vastus/clinical';
import {
  type Answer,
  applyForSelfInjection,
  approveSelfInjection,
  endSelfInjection,
  type Input,
  type ProblemIssue,
  type RecordTraining,
  readSelfInjection,
  recordTraining,
  type SelfInjectionProgramme,
  voidTraining,
} from '@vastus/contract';
import { insert, insertMany, json, newId, type Tx } from '@vastus/db';
import { audit } from '../../platform/audit.js';
import { Commands } from '../../platform/commands.js';
import { invalid, problem } from '../../platform/problems/problem.js';
import type { Caller } from '../../platform/routing/caller.js';
import { type LoadedFacts, ObligationsService } from '../obligations/obligations.service.js';
import {
  approvalPlace,
  type Records,
  recordsOf,
  supersedeApplication,
  type TrainedItem,
  trainingPlace,
  writeEndOfApproval,
  writeVoidTraining,
} from './self-injection.store.js';

type Changed = Answer<typeof applyForSelfInjection>;

const OBSERVED_DOSE = 'observed-dose';
const LONGEST_PLAN_MONTHS = 120;

@Injectable()
export class SelfInjectionService {
  constructor(
    private readonly commands: Commands,
    private readonly obligations: ObligationsService,
  ) {}

  read(caller: Caller, input: Input<typeof readSelfInjection>): Promise<Answer<typeof readSelfInjection>> {
    const { patientId } = input.params;
    return this.commands.run(caller, readSelfInjection, input, async (tx, now) => {
      const items = await this.ofPatient(tx, patientId, await this.obligations.loadFacts(tx, patientId, now), now);
      await audit(tx, caller, now, { action: 'self-injection.read', subjectType: 'patient', subjectId: patientId, patientId });
      return { items };
    });
  }

  /** Running courses, and ended ones of which there is a record. */
  async ofPatient(tx: Tx, patientId: string, loaded: LoadedFacts, now: Instant): Promise<SelfInjectionProgramme[]> {
    const records = await recordsOf(tx, patientId);
    const recorded = new Set([...records.applications, ...records.trainings, ...records.approvals].map(({ courseId }) => courseId));
    return loaded.facts.courses
      .filter(({ id, endedOn }) => endedOn === null || recorded.has(id))
      .sort((a, b) => (a.startedOn === b.startedOn ? (a.id < b.id ? -1 : 1) : a.startedOn < b.startedOn ? 1 : -1))
      .map(({ id }) => programmeOf(id, records, loaded, now));
  }

  apply(caller: Caller, input: Input<typeof applyForSelfInjection>): Promise<Changed> {
    const { patientId } = input.params;
    const { courseId, exclusions, plan, plannedUntil } = input.body;
    return this.commands.run(caller, applyForSelfInjection, input, async (tx, now) => {
      const { facts } = await this.locked(tx, patientId, courseId, now);
      const today = dateInZone(now, facts.zone);
      if (plannedUntil !== null && plannedUntil < today) throw invalid('/plannedUntil', 'past', 'lies in the past');
      if (plannedUntil !== null && plannedUntil > addMonths(today, LONGEST_PLAN_MONTHS))
        throw invalid('/plannedUntil', 'too-far-ahead', 'lies more than ten years ahead');
      const replacesId = await supersedeApplication(tx, courseId);
      const id = newId();
      await insert(tx, 'self_injection_application', {
        clinicId: tx.clinicId,
        id,
        patientId,
        courseId,
        exclusions: json(exclusions),
        plan: json(plan),
        plannedUntil,
        replacesId,
        recordedAt: now,
        recordedBy: caller.membershipId,
      });
      await audit(tx, caller, now, {
        action: 'self-injection.apply',
        subjectType: 'self-injection-application',
        subjectId: id,
        patientId,
        after: { ...input.body, replacesId },
      });
      return this.changed(tx, patientId, courseId, now);
    });
  }

  train(caller: Caller, input: Input<typeof recordTraining>): Promise<Changed> {
    const { patientId } = input.params;
    const { courseId, items, trainedOn, observedBy = caller.name } = input.body;
    return this.commands.run(caller, recordTraining, input, async (tx, now) => {
      const { facts } = await this.locked(tx, patientId, courseId, now);
      if (trainedOn > dateInZone(now, facts.zone)) throw invalid('/trainedOn', 'future', 'lies in the future');
      if (trainedOn < facts.patient.birthDate) throw invalid('/trainedOn', 'before-birth', 'lies before the patient was born');
      requireObservedDoses(input.body, facts.injections);
      const rows = items.map(({ item, injectionId }) => ({ id: newId(), item, injectionId, trainedOn, observedBy }));
      await insertMany(
        tx,
        'self_injection_training',
        rows.map((row) => ({ clinicId: tx.clinicId, patientId, courseId, ...row, recordedAt: now, recordedBy: caller.membershipId })),
      );
      for (const row of rows) {
        await audit(tx, caller, now, {
          action: 'self-injection.train',
          subjectType: 'self-injection-training',
          subjectId: row.id,
          patientId,
          after: { courseId, ...row },
        });
      }
      return this.changed(tx, patientId, courseId, now);
    });
  }

  voidTraining(caller: Caller, input: Input<typeof voidTraining>): Promise<Changed> {
    const { trainingId } = input.params;
    return this.commands.run(caller, voidTraining, input, async (tx, now) => {
      const found = await trainingPlace(tx, trainingId);
      if (!found) throw problem('not-found');
      const { patientId, courseId, item } = found;
      await this.obligations.lock(tx, patientId);
      if ((await trainingPlace(tx, trainingId))?.state !== 'effective')
        throw problem('state-changed', { detail: 'The training is voided already.' });
      await writeVoidTraining(tx, trainingId, now, caller.membershipId, input.body.reason);
      await audit(tx, caller, now, {
        action: 'self-injection.void-training',
        subjectType: 'self-injection-training',
        subjectId: trainingId,
        patientId,
        before: { item, state: 'effective' },
        after: { item, state: 'voided', reason: input.body.reason },
      });
      return this.changed(tx, patientId, courseId, now);
    });
  }

  /** SELF-ELIG, SELF-STABLE, SELF-TRAIN. An approval rests on the application and the training as they are now. */
  approve(caller: Caller, input: Input<typeof approveSelfInjection>): Promise<Changed> {
    const { patientId } = input.params;
    const { courseId, overrideReason } = input.body;
    return this.commands.run(caller, approveSelfInjection, input, async (tx, now) => {
      const loaded = await this.locked(tx, patientId, courseId, now);
      const records = await recordsOf(tx, patientId);
      const programme = programmeOf(courseId, records, loaded, now);
      const { application, findings } = programme;
      const trainedOn = oldestTraining(trainedItems(records, courseId));
      const refused = findings.filter(
        ({ ruleId }) => overrideReason === null || !SELF_OVERRIDABLE.some((overridable) => overridable === ruleId),
      );
      if (refused.length > 0 || !application || trainedOn === null)
        throw problem('blocked-by-rule', { findings: findings.map((finding) => ({ ...finding })) });
      if (programme.state === 'approved') throw problem('state-changed', { detail: 'Self-injection is approved already.' });
      const id = newId();
      const approval = {
        courseId,
        applicationId: application.id,
        trainedOn,
        plannedUntil: application.plannedUntil,
        overrideReason: findings.length > 0 ? overrideReason : null,
      };
      await insert(tx, 'self_injection_approval', {
        clinicId: tx.clinicId,
        id,
        patientId,
        ...approval,
        findings: json(findings),
        approvedAt: now,
        approvedBy: caller.membershipId,
      });
      await audit(tx, caller, now, {
        action: 'self-injection.approve',
        subjectType: 'self-injection-approval',
        subjectId: id,
        patientId,
        after: { ...approval, findings },
      });
      return this.changed(tx, patientId, courseId, now);
    });
  }

  end(caller: Caller, input: Input<typeof endSelfInjection>): Promise<Changed> {
    const { approvalId } = input.params;
    return this.commands.run(caller, endSelfInjection, input, async (tx, now) => {
      const found = await approvalPlace(tx, approvalId);
      if (!found) throw problem('not-found');
      const { patientId, courseId } = found;
      await this.obligations.lock(tx, patientId);
      if ((await approvalPlace(tx, approvalId))?.endedAt !== null)
        throw problem('state-changed', { detail: 'The approval was taken back already.' });
      await writeEndOfApproval(tx, approvalId, now, caller.membershipId, input.body.reason);
      await audit(tx, caller, now, {
        action: 'self-injection.end',
        subjectType: 'self-injection-approval',
        subjectId: approvalId,
        patientId,
        before: { endedAt: null },
        after: { endedAt: now, endReason: input.body.reason },
      });
      return this.changed(tx, patientId, courseId, now);
    });
  }

  private async locked(tx: Tx, patientId: string, courseId: string, now: Instant): Promise<LoadedFacts> {
    await this.obligations.lock(tx, patientId);
    const loaded = await this.obligations.loadFacts(tx, patientId, now);
    if (!loaded.facts.courses.some(({ id }) => id === courseId)) throw invalid('/courseId', 'unknown', 'is not a course of this patient');
    return loaded;
  }

  private async changed(tx: Tx, patientId: string, courseId: string, now: Instant): Promise<Changed> {
    const changes = await this.obligations.recompute(tx, patientId, now);
    const loaded = await this.obligations.loadFacts(tx, patientId, now);
    return { programme: programmeOf(courseId, await recordsOf(tx, patientId), loaded, now), changes };
  }
}

function programmeOf(courseId: string, records: Records, { facts, protocol }: LoadedFacts, now: Instant): SelfInjectionProgramme {
  const ofCourse = <T extends { courseId: string }>(all: readonly T[]) => all.filter((entry) => entry.courseId === courseId);
  const [application = null] = ofCourse(records.applications);
  const training = ofCourse(records.trainings);
  const course = facts.courses.find(({ id }) => id === courseId);
  const approvals = (facts.selfInjectionApprovals ?? []).filter((approval) => approval.courseId === courseId);
  const { state, approvalId, trainingValidUntil, reasons } = selfInjectionState(approvals, facts, protocol, dateInZone(now, facts.zone));
  const applied: SelfInjectionApplication = {
    courseId,
    exclusions: application?.exclusions ?? {},
    plan: application?.plan ?? {},
    training: trainedItems(records, courseId),
    observedInjectionId: training.filter(({ item }) => item === OBSERVED_DOSE).at(-1)?.injectionId ?? null,
  };
  const findings: Finding[] = checkSelfInjectionApproval(applied, facts, protocol, now);
  return {
    courseId,
    state,
    approvalId,
    trainingValidUntil,
    reasons,
    findings,
    application,
    training,
    approvals: ofCourse(records.approvals),
    homeDoseIds: course ? homeDoses(course, facts).map(({ id }) => id) : [],
  };
}

function trainedItems({ trainings }: Records, courseId: string): { item: SelfTrainingItem; trainedOn: string }[] {
  return trainings.filter(
    (entry): entry is TrainedItem => entry.courseId === courseId && (SELF_TRAINING_ITEMS as readonly string[]).includes(entry.item),
  );
}

/** The observed first dose is an injection of the course that the clinic itself recorded; nothing else names one. */
function requireObservedDoses({ courseId, items }: RecordTraining, injections: LoadedFacts['facts']['injections']): void {
  const issues: ProblemIssue[] = [];
  for (const [place, { item, injectionId }] of items.entries()) {
    const pointer = `/items/${place}/injectionId`;
    const dose = injections.find(({ id }) => id === injectionId);
    if (item !== OBSERVED_DOSE) {
      if (injectionId !== null) issues.push({ pointer, code: 'not-asked', message: 'belongs to the observed dose only' });
    } else if (injectionId === null) issues.push({ pointer, code: 'required', message: 'says which dose was observed' });
    else if (!dose || dose.courseId !== courseId || dose.status !== 'given' || dose.selfReported === true)
      issues.push({ pointer, code: 'unknown', message: 'is not a dose of this course given in the clinic' });
  }
  if (issues.length > 0) throw problem('invalid-input', { issues });
}
