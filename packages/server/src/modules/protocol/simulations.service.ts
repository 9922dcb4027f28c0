// What if: every patient is computed anew under the version in force and then under the draft, and what differs is counted. Each chunk is
// a transaction that is rolled back, so that nothing is left behind and nobody who records waits for more than one of them.
import { Injectable } from '@nestjs/common';
import { dateInZone, type Instant } from '@vastus/clinical';
import { type Input, type ProtocolSimulation, type readProtocolSimulation, simulateProtocol } from '@vastus/contract';
import { Database, type Tx } from '@vastus/db';
import type { JobOutcome } from '@vastus/jobs';
import { audit } from '../../platform/audit.js';
import { Clock } from '../../platform/clock.js';
import { Commands } from '../../platform/commands.js';
import { notifyChange } from '../../platform/live/live.js';
import { problem } from '../../platform/problems/problem.js';
import { Queues } from '../../platform/queue/queues.js';
import type { Caller } from '../../platform/routing/caller.js';
import { ObligationsService } from '../obligations/obligations.service.js';
import { addPatient, emptyFindings, type Picture } from './panel-difference.js';
import { findVersion } from './protocol.store.js';
import {
  countPatients,
  dosesDueOf,
  findSimulation,
  insertSimulation,
  markDone,
  markFailed,
  markProgress,
  namesOf,
  nextPatients,
  type StoredSimulation,
  takeSimulation,
} from './simulations.store.js';

/** A panel of this size is tried while the person waits, a larger one as a job. */
const AT_ONCE = 500;
/** Nobody waits longer than about this: what is left of the panel is a job, too. */
const PATIENCE_MS = 1_000;
/** Patients a transaction: they are locked meanwhile. */
const CHUNK = 20;
/** A trial of which nothing was heard for so long is picked up again. */
const QUIET_MS = 90_000;

interface Tried {
  patientId: string;
  before: Picture;
  after: Picture;
}

@Injectable()
export class SimulationsService {
  constructor(
    private readonly commands: Commands,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly queues: Queues,
    private readonly obligations: ObligationsService,
  ) {}

  async simulate(caller: Caller, input: Input<typeof simulateProtocol>): Promise<ProtocolSimulation> {
    const { versionId } = input.params;
    const { simulationId, patientsTotal } = await this.commands.run(caller, simulateProtocol, input, async (tx, now) => {
      const draft = await findVersion(tx, versionId, now);
      if (!draft) throw problem('not-found', { detail: 'There is no such version of the protocol.' });
      if (draft.state !== 'draft') throw problem('state-changed', { detail: `Version ${draft.number} is ${draft.state} already.` });
      const total = await countPatients(tx);
      const asked = { versionId, draftVersion: draft.version, patientsTotal: total };
      const id = await insertSimulation(tx, asked, { now, membershipId: caller.membershipId });
      await audit(tx, caller, now, { action: 'protocol.simulate', subjectType: 'protocol-version', subjectId: versionId, after: asked });
      await notifyChange(tx, 'protocol');
      return { simulationId: id, patientsTotal: total };
    });
    const isOver = patientsTotal <= AT_ONCE && (await this.carryOut(caller.clinicId, simulationId, PATIENCE_MS)).outcome !== 'unfinished';
    // After the commit; a queue that is away is made up for by the sweep.
    if (!isOver) await this.queues.enqueue('simulate-protocol', { clinicId: caller.clinicId, simulationId });
    return this.commands.read(caller, (tx) => simulationIn(tx, simulationId));
  }

  read(caller: Caller, { params }: Input<typeof readProtocolSimulation>): Promise<ProtocolSimulation> {
    return this.commands.read(caller, (tx) => simulationIn(tx, params.simulationId));
  }

  /** Trials that should be going on and are not. */
  async waiting(now: Instant): Promise<{ clinicId: string; simulationId: string }[]> {
    const quietSince = new Date(Date.parse(now) - QUIET_MS).toISOString();
    return this.database.anywhere((q) => q.many('SELECT clinic_id, simulation_id FROM protocol_simulations_waiting($1)', [quietSince]));
  }

  /** Does the work. Run again after a kill, it goes on after the last chunk whose findings were kept. */
  async carryOut(clinicId: string, simulationId: string): Promise<JobOutcome>;
  /** The same, but for so long and no longer; a chunk that has begun is finished. */
  async carryOut(clinicId: string, simulationId: string, patienceMs: number): Promise<JobOutcome | { outcome: 'unfinished' }>;
  async carryOut(clinicId: string, simulationId: string, patienceMs?: number): Promise<JobOutcome | { outcome: 'unfinished' }> {
    const since = performance.now();
    for (;;) {
      const simulation = await this.database.transaction({ clinicId, readOnly: true }, (tx) => findSimulation(tx, simulationId));
      if (!simulation) return { outcome: 'skipped', reason: 'there is no such simulation' };
      if (simulation.state !== 'queued' && simulation.state !== 'running')
        return { outcome: 'skipped', reason: `the simulation is ${simulation.state}` };
      if (!simulation.draftStands) {
        await this.fail(clinicId, simulationId, 'The draft was changed, signed or withdrawn meanwhile.');
        return { outcome: 'skipped', reason: 'the draft has changed' };
      }
      const tried = await this.database.rehearse({ clinicId }, (tx) => this.tryChunk(tx, simulation));
      await this.database.transaction({ clinicId }, (tx) => this.keep(tx, simulation, tried));
      if (tried.length < CHUNK) return { outcome: 'done', patients: simulation.patientsDone + tried.length };
      if (patienceMs !== undefined && performance.now() - since > patienceMs) return { outcome: 'unfinished' };
    }
  }

  async fail(clinicId: string, simulationId: string, failure: string): Promise<void> {
    await this.database.transaction({ clinicId }, async (tx) => {
      await markFailed(tx, simulationId, failure, this.clock.now());
      await notifyChange(tx, 'protocol');
    });
  }

  /** The version in force goes first: what is due by now and not yet written is no effect of the draft. */
  private async tryChunk(tx: Tx, { asOf, versionId, lastPatientId }: StoredSimulation): Promise<Tried[]> {
    const tried: Tried[] = [];
    for (const patientId of await nextPatients(tx, lastPatientId, CHUNK)) {
      await this.obligations.recompute(tx, patientId, asOf);
      const before = await this.pictureOf(tx, patientId);
      await this.obligations.tryUnder(tx, patientId, asOf, versionId);
      tried.push({ patientId, before, after: await this.pictureOf(tx, patientId) });
    }
    return tried;
  }

  private async pictureOf(tx: Tx, patientId: string): Promise<Picture> {
    return { milestones: await this.obligations.milestonesOf(tx, patientId), dosesDueOn: await dosesDueOf(tx, patientId) };
  }

  private async keep(tx: Tx, { id, lastPatientId }: StoredSimulation, tried: readonly Tried[]): Promise<void> {
    const simulation = await takeSimulation(tx, id);
    const isOurs = simulation?.lastPatientId === lastPatientId && (simulation.state === 'queued' || simulation.state === 'running');
    // Somebody else tried the same chunk and was quicker, or ended the simulation.
    if (!simulation || !isOurs) return;
    const { asOf, timeZone } = simulation;
    const findings = simulation.findings ?? emptyFindings(dateInZone(asOf, timeZone));
    for (const patient of tried) addPatient(findings, patient, asOf, timeZone);
    const now = this.clock.now();
    const last = tried.at(-1)?.patientId ?? lastPatientId;
    if (last !== null)
      await markProgress(tx, id, { patientsDone: simulation.patientsDone + tried.length, lastPatientId: last, findings }, now);
    if (tried.length < CHUNK) await markDone(tx, id, findings, now);
    await notifyChange(tx, 'protocol');
  }
}

async function simulationIn(tx: Tx, simulationId: string): Promise<ProtocolSimulation> {
  const simulation = await findSimulation(tx, simulationId);
  if (!simulation) throw problem('not-found', { detail: 'There is no such simulation.' });
  const { findings, ...rest } = simulation;
  // Half a panel says nothing.
  if (rest.state !== 'done' || findings === null) return { ...rest, findings: null };
  const { count, patients } = findings.newlyOverdue;
  const names = await namesOf(
    tx,
    patients.map(({ patientId }) => patientId),
  );
  const named = patients.flatMap(({ patientId, because }) => {
    const patient = names.get(patientId);
    return patient ? [{ patient, because }] : [];
  });
  return { ...rest, findings: { ...findings, newlyOverdue: { count, patients: named } } };
}
