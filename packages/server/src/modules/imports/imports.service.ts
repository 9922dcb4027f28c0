/**
 * Takes over what other systems know. The preview and the job read the same bundle and decide alike; the job works patient by
 * patient, each in one transaction that also says how far the import has come, so that whoever picks it up goes on from there.
 */
import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { dateInZone, type Instant } from '@vastus/clinical';
import { type Answer, type ImportReport, type ImportRun, type Input, type listImports, previewImport, runImport } from '@vastus/contract';
import { Database, type Tx } from '@vastus/db';
import type { JobOutcome } from '@vastus/jobs';
import { audit } from '../../platform/audit.js';
import { Clock } from '../../platform/clock.js';
import { Commands } from '../../platform/commands.js';
import { notifyChange } from '../../platform/live/live.js';
import { problem } from '../../platform/problems/problem.js';
import { Queues } from '../../platform/queue/queues.js';
import type { Actor, Caller } from '../../platform/routing/caller.js';
import { ObligationsService } from '../obligations/obligations.service.js';
import { searchName } from '../patients/fold-name.js';
import { type Decision, decide } from './decide.js';
import type { BundlePlan, PlannedPatient } from './fhir/plan.js';
import { readBundle } from './fhir/read-bundle.js';
import {
  contentOf,
  findRun,
  insertPatient,
  insertProposals,
  insertResults,
  insertRun,
  loadKnown,
  markDone,
  markFailed,
  markProgress,
  markQueued,
  pageOfRuns,
  type RunInHand,
  rememberIdentities,
  takeRun,
  updatePatient,
  voidResults,
  zoneOfClinic,
} from './imports.store.js';
import { count, leaveOut, reportOf } from './report.js';

type Preview = Input<typeof previewImport>['body'];

const SOURCE = 'FHIR R4 bundle';
/** A run of which nothing was heard for so long is picked up again. */
const QUIET_MS = 90_000;

@Injectable()
export class ImportsService {
  constructor(
    private readonly commands: Commands,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly queues: Queues,
    private readonly obligations: ObligationsService,
  ) {}

  preview(caller: Caller, input: Input<typeof previewImport>): Promise<ImportRun> {
    return this.commands.run(caller, previewImport, { fileName: input.body.fileName }, (tx, now) =>
      this.previewIn(tx, caller, input.body, now),
    );
  }

  /** The same for the command line, where nobody is signed in. */
  previewAsSystem(actor: Actor, body: Preview): Promise<ImportRun> {
    return this.commands.runAsSystem(actor, (tx, now) => this.previewIn(tx, actor, body, now));
  }

  async run(caller: Caller, input: Input<typeof runImport>): Promise<ImportRun> {
    const run = await this.commands.run(caller, runImport, input, (tx, now) => this.queueIn(tx, caller, input.params.importRunId, now));
    // After the commit: a job that starts before the row says so would find nothing to do. A queue that is away is made up for by the sweep.
    await this.queues.enqueue('run-import', { clinicId: caller.clinicId, importRunId: run.id });
    return run;
  }

  queueAsSystem(actor: Actor, importRunId: string): Promise<ImportRun> {
    return this.commands.runAsSystem(actor, (tx, now) => this.queueIn(tx, actor, importRunId, now));
  }

  read(caller: Pick<Actor, 'clinicId' | 'membershipId'>, importRunId: string): Promise<ImportRun> {
    return this.commands.read(caller, (tx) => this.runIn(tx, importRunId));
  }

  list(caller: Caller, { query }: Input<typeof listImports>): Promise<Answer<typeof listImports>> {
    return this.commands.read(caller, (tx) => pageOfRuns(tx, query));
  }

  /** Imports that should be going on and are not. */
  async waiting(now: Instant): Promise<{ clinicId: string; importRunId: string }[]> {
    const quietSince = new Date(Date.parse(now) - QUIET_MS).toISOString();
    return this.database.anywhere((q) => q.many('SELECT clinic_id, import_run_id FROM imports_waiting($1)', [quietSince]));
  }

  /** Does the work. Run again after a kill, it goes on with the first patient whose transaction did not commit. */
  async carryOut(clinicId: string, importRunId: string): Promise<JobOutcome> {
    const now = this.clock.now();
    const begun = await this.database.transaction({ clinicId }, async (tx) => {
      const run = await takeRun(tx, importRunId);
      if (!run) return 'there is no such import';
      if (run.state !== 'queued' && run.state !== 'running') return `the import is ${run.state}`;
      const { bundle, timeZone } = await contentOf(tx, importRunId);
      const plan = readBundle(bundle, timeZone, now);
      if (run.report === null) await markProgress(tx, importRunId, reportOf(plan), plan.notTaken.length, now);
      return { plan, timeZone };
    });
    if (typeof begun === 'string') return { outcome: 'skipped', reason: begun };

    const { plan, timeZone } = begun;
    for (const [place, planned] of plan.patients.entries()) {
      const goesOn = await this.database.transaction({ clinicId }, async (tx) => {
        const run = await takeRun(tx, importRunId);
        if (run?.state !== 'running' || run.report === null) return false;
        // Done by a worker before us, in the transaction that also wrote its line of the report.
        if (run.report.patients.length > place) return true;
        await this.takePatient(tx, run, run.report, planned, timeZone);
        return true;
      });
      if (!goesOn) return { outcome: 'skipped', reason: 'the import was ended by somebody else' };
    }
    await this.database.transaction({ clinicId }, async (tx) => {
      const run = await takeRun(tx, importRunId);
      if (run?.state !== 'running') return;
      await markDone(tx, importRunId, this.clock.now());
      await notifyChange(tx, 'imports');
    });
    return { outcome: 'done', patients: plan.patients.length };
  }

  async fail(clinicId: string, importRunId: string): Promise<void> {
    await this.database.transaction({ clinicId }, async (tx) => {
      await markFailed(
        tx,
        importRunId,
        'The import could not be carried out; the log says why. What was taken over stays, and running it again goes on.',
        this.clock.now(),
      );
      await notifyChange(tx, 'imports');
    });
  }

  private async previewIn(tx: Tx, actor: Actor, { fileName, bundle }: Preview, now: Instant): Promise<ImportRun> {
    const zone = await zoneOfClinic(tx);
    const plan = readBundle(bundle, zone, now);
    const preview = await this.reportFor(tx, plan, actor.membershipId !== null, dateInZone(now, zone));
    const contentSha256 = createHash('sha256').update(JSON.stringify(bundle)).digest('hex');
    const by = { now, membershipId: actor.membershipId };
    const id = await insertRun(tx, { fileName, contentSha256, bundle, entriesTotal: plan.entriesTotal, preview }, by);
    await audit(tx, actor, now, {
      action: 'import.preview',
      subjectType: 'import',
      subjectId: id,
      after: { fileName, contentSha256, entries: plan.entriesTotal },
    });
    await notifyChange(tx, 'imports');
    return this.runIn(tx, id);
  }

  private async reportFor(tx: Tx, plan: BundlePlan, mayWithdraw: boolean, today: string): Promise<ImportReport> {
    const report = reportOf(plan);
    const known = await loadKnown(tx, plan.patients);
    for (const planned of plan.patients) {
      const decision = decide(planned, known, today, mayWithdraw);
      addDecision(report, planned, decision, decision.patient?.id ?? null);
    }
    return report;
  }

  private async queueIn(tx: Tx, actor: Actor, importRunId: string, now: Instant): Promise<ImportRun> {
    const run = await takeRun(tx, importRunId);
    if (!run) throw problem('not-found', { detail: 'There is no such import.' });
    if (run.state !== 'previewed' && run.state !== 'failed')
      throw problem('state-changed', { detail: `The import is ${run.state} already.` });
    await markQueued(tx, importRunId, now);
    await audit(tx, actor, now, { action: 'import.run', subjectType: 'import', subjectId: importRunId, after: { fileName: run.fileName } });
    await notifyChange(tx, 'imports');
    return this.runIn(tx, importRunId);
  }

  private async runIn(tx: Tx, importRunId: string): Promise<ImportRun> {
    const run = await findRun(tx, importRunId);
    if (!run) throw problem('not-found', { detail: 'There is no such import.' });
    return run;
  }

  /** One patient, whole or not at all: record, results, orders, what follows from them, and the line of the report. */
  private async takePatient(tx: Tx, run: RunInHand, report: ImportReport, planned: PlannedPatient, timeZone: string): Promise<void> {
    const now = this.clock.now();
    const today = dateInZone(now, timeZone);
    const mayWithdraw = run.createdBy !== null;
    let decision = decide(planned, await loadKnown(tx, [planned]), today, mayWithdraw);
    if (decision.patient) {
      // Decided again with the patient in hand: somebody may have changed the record a moment ago.
      await this.obligations.lock(tx, decision.patient.id);
      decision = decide(planned, await loadKnown(tx, [planned]), today, mayWithdraw);
    }
    const patientId = decision.action === 'refuse' ? null : await this.write(tx, run, planned, decision, now);
    addDecision(report, planned, decision, patientId);
    await markProgress(tx, run.id, report, run.entriesDone + entriesOf(planned), now);
    await notifyChange(tx, 'imports');
  }

  private async write(tx: Tx, run: RunInHand, planned: PlannedPatient, decision: Decision, now: Instant): Promise<string> {
    const by = { now, membershipId: run.createdBy };
    const { newResults, amendments, withdrawals, proposals, signs } = decision;
    const patientId = await this.writePatient(tx, planned, decision, by);
    const results = [...newResults.map((result) => ({ planned: result, replaces: null })), ...amendments];
    const resultIds = await insertResults(tx, patientId, results, by);
    await voidResults(
      tx,
      withdrawals.map(({ recordId }) => recordId),
      by,
    );
    const proposalIds = await insertProposals(tx, patientId, proposals, SOURCE, now);
    const identities = [
      ...(decision.identityChanged ? [{ ...planned, recordId: patientId }] : []),
      ...results.map(({ planned: result }, place) => ({ ...result, recordId: resultIds[place] ?? '' })),
      ...withdrawals,
      ...proposals.map((proposal, place) => ({ ...proposal, recordId: proposalIds[place] ?? '' })),
      ...signs.map((sign) => ({ ...sign, recordId: patientId })),
    ];
    await rememberIdentities(tx, identities, now);

    const changesRecord = decision.action !== 'unchanged' || results.length + withdrawals.length + proposals.length > 0;
    if (!changesRecord) return patientId;
    const actor: Actor = { clinicId: tx.clinicId, membershipId: run.createdBy, role: null, requestId: null };
    await audit(tx, actor, now, {
      action: 'import.patient',
      subjectType: 'patient',
      subjectId: patientId,
      patientId,
      before: decision.patient,
      after: {
        importRunId: run.id,
        ...decision.demographics,
        profileChanges: decision.profileChanges,
        results: newResults.length,
        amendedResults: amendments.length,
        withdrawnResults: withdrawals.length,
        proposals: proposals.length,
      },
    });
    await this.obligations.recompute(tx, patientId, now);
    if (proposals.length > 0) await notifyChange(tx, 'courses');
    return patientId;
  }

  private async writePatient(
    tx: Tx,
    planned: PlannedPatient,
    decision: Decision,
    by: { now: Instant; membershipId: string | null },
  ): Promise<string> {
    const { patient, demographics, profile } = decision;
    if (patient === null) {
      const { recordNumber, givenName, familyName } = planned.demographics;
      return insertPatient(tx, recordNumber, searchName(givenName, familyName), decision, by);
    }
    if (decision.action === 'update') {
      const after = { ...patient, ...demographics, ...profile };
      await updatePatient(tx, after, searchName(after.givenName, after.familyName), by.now);
    }
    return patient.id;
  }
}

function entriesOf({ entry, results, withdrawals, signs, proposals }: PlannedPatient): number {
  return new Set([entry, ...[...results, ...withdrawals, ...signs, ...proposals].map((record) => record.entry)]).size;
}

function addDecision(report: ImportReport, planned: PlannedPatient, decision: Decision, patientId: string | null): void {
  const { recordNumber, givenName, familyName, birthDate } = planned.demographics;
  for (const { resourceType, outcome } of decision.counts) count(report, resourceType, outcome);
  leaveOut(report, decision.notTaken);
  report.patients.push({
    name: `${givenName} ${familyName}`.trim(),
    recordNumber,
    birthDate,
    action: decision.action === 'refuse' ? 'unchanged' : decision.action,
    patientId,
  });
  report.proposals += decision.proposals.length;
  report.labResults += decision.newResults.length + decision.amendments.length;
  report.profileChanges.push(...decision.profileChanges.map((change) => ({ recordNumber, ...change })));
}
