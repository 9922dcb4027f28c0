// PAIN-PLAN: symptomatic treatment beside the ranges of the sources. It informs; it never stops anybody.
import { Injectable } from '@nestjs/common';
import { addMonths, checkPainDrug, dateInZone, type Instant, PAIN_REFERENCE } from '@vastus/clinical';
import { type Answer, amendPainPlan, type Input, type PainPlan, type RecordPainPlan, recordPainPlan, voidPainPlan } from '@vastus/contract';
import { json, statement, type Tx } from '@vastus/db';
import { Commands } from '../../platform/commands.js';
import { invalid, problem } from '../../platform/problems/problem.js';
import type { Caller } from '../../platform/routing/caller.js';
import { BY, type FactKind, FactVersions, VERSION_COLUMNS, type Written } from '../obligations/fact-versions.js';
import { ObligationsService } from '../obligations/obligations.service.js';

const SELECT = `SELECT v.id, v.drug, v.dose, v.unit, v.since, v.until, v.note, v.remarks, ${VERSION_COLUMNS} FROM pain_plan v ${BY} WHERE v.clinic_id = $1`;
const BY_ID = statement('pain-plan-by-id', `${SELECT} AND v.id = $2`);
const OF_PATIENT = statement('pain-plans-of-patient', `${SELECT} AND v.patient_id = $2 ORDER BY v.since, v.id`);

const PLAN: FactKind<PainPlan> = {
  table: 'pain_plan',
  noun: 'pain-plan',
  find: (tx, id) => tx.maybe<PainPlan>(BY_ID, [tx.clinicId, id]),
};
/** A dose of percent above this is a typing error. */
const MOST_PERCENT = 100;
const SINCE_AHEAD_MONTHS = 12;
const UNTIL_AHEAD_MONTHS = 120;

@Injectable()
export class PainPlansService {
  constructor(
    private readonly commands: Commands,
    private readonly obligations: ObligationsService,
    private readonly versions: FactVersions,
  ) {}

  record(caller: Caller, input: Input<typeof recordPainPlan>): Promise<Answer<typeof recordPainPlan>> {
    const { patientId } = input.params;
    return this.commands.run(caller, recordPainPlan, input, async (tx, now) => {
      await this.obligations.lock(tx, patientId);
      return answer(await this.versions.record(tx, caller, now, PLAN, patientId, await this.columns(tx, patientId, input.body, now)));
    });
  }

  amend(caller: Caller, input: Input<typeof amendPainPlan>): Promise<Answer<typeof amendPainPlan>> {
    const { amendReason, ...body } = input.body;
    return this.commands.run(caller, amendPainPlan, input, async (tx, now) => {
      const place = await this.versions.effective(tx, PLAN, input.params.painPlanId);
      const columns = await this.columns(tx, place.patientId, body, now);
      return answer(await this.versions.amend(tx, caller, now, PLAN, place, columns, amendReason));
    });
  }

  void(caller: Caller, input: Input<typeof voidPainPlan>): Promise<Answer<typeof voidPainPlan>> {
    return this.commands.run(caller, voidPainPlan, input, async (tx, now) => {
      const place = await this.versions.effective(tx, PLAN, input.params.painPlanId);
      return answer(await this.versions.void(tx, caller, now, PLAN, place, input.body.reason));
    });
  }

  ofPatient(tx: Tx, patientId: string): Promise<PainPlan[]> {
    return tx.many<PainPlan>(OF_PATIENT, [tx.clinicId, patientId]);
  }

  private async columns(tx: Tx, patientId: string, { drug, dose, since, until, note }: RecordPainPlan, now: Instant) {
    const { facts } = await this.obligations.loadFacts(tx, patientId, now);
    const { unit } = PAIN_REFERENCE[drug];
    if (since < facts.patient.birthDate) throw invalid('/since', 'before-birth', 'lies before the patient was born');
    // A mistyped year is noticed here or never.
    const today = dateInZone(now, facts.zone);
    if (since > addMonths(today, SINCE_AHEAD_MONTHS)) throw invalid('/since', 'too-far-ahead', 'lies more than a year ahead');
    if (until !== null && until > addMonths(today, UNTIL_AHEAD_MONTHS))
      throw invalid('/until', 'too-far-ahead', 'lies more than ten years ahead');
    if (until !== null && until < since) throw invalid('/until', 'before-start', 'lies before the treatment begins');
    if (unit === '%' && dose !== null && dose > MOST_PERCENT)
      throw problem('invalid-input', {
        issues: [{ pointer: '/dose', code: 'too-big', message: 'is a percentage', facts: { limit: MOST_PERCENT } }],
      });
    return { drug, dose, unit, since, until, note, remarks: json(checkPainDrug(drug, dose)) };
  }
}

const answer = ({ fact, changes }: Written<PainPlan>) => ({ painPlan: fact, changes });
