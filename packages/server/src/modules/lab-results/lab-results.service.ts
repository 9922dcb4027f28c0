/** Results by LOINC: harmonized once at the door, kept as reported beside it. A correction takes back what the old value had closed. */
import { Injectable } from '@nestjs/common';
import { analyteOfLoinc, dateInZone, harmonize, type Instant, UnitContradictsLoincError, UnknownUnitError } from '@vastus/clinical';
import {
  type AmendLabResult,
  amendLabResult,
  type Changes,
  type Input,
  type LabResult,
  type RecordLabResult,
  recordLabResult,
  voidLabResult,
} from '@vastus/contract';
import { insert, newId, type Tx } from '@vastus/db';
import { audit, auditList } from '../../platform/audit.js';
import { isFuture } from '../../platform/clock.js';
import { Commands } from '../../platform/commands.js';
import { invalid, problem } from '../../platform/problems/problem.js';
import type { Caller } from '../../platform/routing/caller.js';
import { ObligationsService } from '../obligations/obligations.service.js';
import { type LabResultFilter, labResultById, pageOfLabResults } from './lab-results.store.js';

const CHART_LIMIT = 200;

type Recorded = { result: LabResult; changes: Changes };

@Injectable()
export class LabResultsService {
  constructor(
    private readonly commands: Commands,
    private readonly obligations: ObligationsService,
  ) {}

  record(caller: Caller, input: Input<typeof recordLabResult>): Promise<Recorded> {
    return this.commands.run(caller, recordLabResult, input, (tx, now) =>
      this.store(tx, caller, now, input.params.patientId, input.body, null),
    );
  }

  amend(caller: Caller, input: Input<typeof amendLabResult>): Promise<Recorded> {
    return this.commands.run(caller, amendLabResult, input, async (tx, now) => {
      const before = await this.effective(tx, input.params.resultId);
      await tx.query(`UPDATE lab_result SET state = 'superseded' WHERE clinic_id = $1 AND id = $2`, [tx.clinicId, before.id]);
      return this.store(tx, caller, now, before.patient.id, input.body, { before, amendReason: input.body.amendReason });
    });
  }

  /** Entered in error, or another patient's: what it had closed opens again. */
  void(caller: Caller, input: Input<typeof voidLabResult>): Promise<Recorded> {
    return this.commands.run(caller, voidLabResult, input, async (tx, now) => {
      const before = await this.effective(tx, input.params.resultId);
      await tx.query(
        `UPDATE lab_result SET state = 'voided', voided_at = $3, voided_by = $4, void_reason = $5 WHERE clinic_id = $1 AND id = $2`,
        [tx.clinicId, before.id, now, caller.membershipId, input.body.reason],
      );
      const changes = await this.obligations.recompute(tx, before.patient.id, now);
      const result = (await labResultById(tx, before.id))!;
      await audit(tx, caller, now, {
        action: 'lab-result.void',
        subjectType: 'lab-result',
        subjectId: before.id,
        patientId: before.patient.id,
        before,
        after: result,
      });
      return { result, changes };
    });
  }

  list(caller: Caller, filter: LabResultFilter) {
    return this.commands.runAsSystem(caller, async (tx, now) => {
      await auditList(tx, caller, now, 'lab-result.read', filter);
      return pageOfLabResults(tx, filter);
    });
  }

  async ofPatient(tx: Tx, patientId: string): Promise<LabResult[]> {
    return (await pageOfLabResults(tx, { patientId, limit: CHART_LIMIT })).items;
  }

  private async effective(tx: Tx, resultId: string): Promise<LabResult> {
    const found = await labResultById(tx, resultId);
    if (!found) throw problem('not-found');
    await this.obligations.lock(tx, found.patient.id);
    const result = (await labResultById(tx, resultId))!;
    if (result.state !== 'effective') throw problem('state-changed', { detail: `The result is ${result.state} already.` });
    return result;
  }

  private async store(
    tx: Tx,
    caller: Caller,
    now: Instant,
    patientId: string,
    body: RecordLabResult | AmendLabResult,
    amends: { before: LabResult; amendReason: string } | null,
  ): Promise<Recorded> {
    await this.obligations.lock(tx, patientId);
    const { facts } = await this.obligations.loadFacts(tx, patientId, now);
    const reading = readValue(body);
    const resultedAt = body.resultedAt ?? now;
    if (isFuture(body.collectedAt, now)) throw invalid('/collectedAt', 'future', 'lies in the future');
    if (isFuture(resultedAt, now)) throw invalid('/resultedAt', 'future', 'lies in the future');
    if (resultedAt < body.collectedAt) throw invalid('/resultedAt', 'before-collection', 'lies before the collection');
    const collectedOn = dateInZone(body.collectedAt, facts.zone);
    if (collectedOn < facts.patient.birthDate) throw invalid('/collectedAt', 'before-birth', 'lies before the patient was born');

    const id = newId();
    await insert(tx, 'lab_result', {
      clinicId: tx.clinicId,
      id,
      patientId,
      loinc: body.loinc,
      ...reading,
      value: body.value,
      unit: body.unit,
      collectedAt: body.collectedAt,
      collectedOn,
      resultedAt,
      status: amends ? 'corrected' : 'final',
      source: 'entered',
      note: body.note,
      replacesId: amends?.before.id ?? null,
      amendReason: amends?.amendReason ?? null,
      recordedAt: now,
      recordedBy: caller.membershipId,
    });
    const changes = await this.obligations.recompute(tx, patientId, now);
    const result = (await labResultById(tx, id))!;
    await audit(tx, caller, now, {
      action: amends ? 'lab-result.amend' : 'lab-result.record',
      subjectType: 'lab-result',
      subjectId: id,
      patientId,
      before: amends?.before,
      after: result,
    });
    return { result, changes };
  }
}

/** The analyte of the LOINC code and its value in the canonical unit; a code or unit we do not know is refused, never guessed. */
function readValue({ loinc, value, unit }: RecordLabResult) {
  const analyte = analyteOfLoinc(loinc);
  if (!analyte) throw invalid('/loinc', 'unknown', 'is not a LOINC code this clinic monitors');
  try {
    const harmonized = harmonize(analyte, value, unit, loinc);
    return { analyte, harmonizedValue: harmonized.value, harmonizedUnit: harmonized.unit };
  } catch (error) {
    if (error instanceof UnknownUnitError)
      throw invalid('/unit', error instanceof UnitContradictsLoincError ? 'contradicts-loinc' : 'unknown-unit', error.message);
    throw error;
  }
}
