// The patient's own curve: pain, sensation and strength, scored at a visit. The pain of a dose's baseline is part of it; that one
// belongs to its injection and is corrected there.
import { Injectable } from '@nestjs/common';
import { dateInZone, type Instant } from '@vastus/clinical';
import {
  type Answer,
  amendSymptomScore,
  type Input,
  type RecordSymptomScore,
  recordSymptomScore,
  type SymptomScore,
  voidSymptomScore,
} from '@vastus/contract';
import { statement, type Tx } from '@vastus/db';
import { isFuture } from '../../platform/clock.js';
import { Commands } from '../../platform/commands.js';
import { invalid } from '../../platform/problems/problem.js';
import type { Caller } from '../../platform/routing/caller.js';
import { BY, type FactKind, FactVersions, VERSION_COLUMNS, type Written } from '../obligations/fact-versions.js';
import { ObligationsService } from '../obligations/obligations.service.js';

const SELECT = `SELECT v.id, v.scored_at, v.pain, v.sensory, v.motor, v.note, 'scored' AS source, ${VERSION_COLUMNS} FROM symptom_score v ${BY} WHERE v.clinic_id = $1`;
const BY_ID = statement('symptom-score-by-id', `${SELECT} AND v.id = $2`);
const OF_PATIENT = statement(
  'symptom-scores-of-patient',
  `${SELECT} AND v.patient_id = $2
   UNION ALL
   SELECT v.id, v.given_at, (v.baseline ->> 'pain')::integer, NULL, NULL, NULL, 'injection', ${VERSION_COLUMNS} FROM injection v ${BY}
    WHERE v.clinic_id = $1 AND v.patient_id = $2 AND v.state = 'effective' AND v.baseline ->> 'pain' IS NOT NULL
   ORDER BY scored_at, id`,
);

const SCORE: FactKind<SymptomScore> = {
  table: 'symptom_score',
  noun: 'symptom-score',
  find: (tx, id) => tx.maybe<SymptomScore>(BY_ID, [tx.clinicId, id]),
};

@Injectable()
export class SymptomScoresService {
  constructor(
    private readonly commands: Commands,
    private readonly obligations: ObligationsService,
    private readonly versions: FactVersions,
  ) {}

  record(caller: Caller, input: Input<typeof recordSymptomScore>): Promise<Answer<typeof recordSymptomScore>> {
    const { patientId } = input.params;
    return this.commands.run(caller, recordSymptomScore, input, async (tx, now) => {
      await this.obligations.lock(tx, patientId);
      return answer(await this.versions.record(tx, caller, now, SCORE, patientId, await this.columns(tx, patientId, input.body, now)));
    });
  }

  amend(caller: Caller, input: Input<typeof amendSymptomScore>): Promise<Answer<typeof amendSymptomScore>> {
    const { amendReason, ...body } = input.body;
    return this.commands.run(caller, amendSymptomScore, input, async (tx, now) => {
      const place = await this.versions.effective(tx, SCORE, input.params.scoreId);
      // A correction that says nothing of the time leaves it where it was.
      const scoredAt = body.scoredAt ?? (await SCORE.find(tx, place.id))?.scoredAt;
      const columns = await this.columns(tx, place.patientId, { ...body, scoredAt }, now);
      return answer(await this.versions.amend(tx, caller, now, SCORE, place, columns, amendReason));
    });
  }

  void(caller: Caller, input: Input<typeof voidSymptomScore>): Promise<Answer<typeof voidSymptomScore>> {
    return this.commands.run(caller, voidSymptomScore, input, async (tx, now) => {
      const place = await this.versions.effective(tx, SCORE, input.params.scoreId);
      return answer(await this.versions.void(tx, caller, now, SCORE, place, input.body.reason));
    });
  }

  ofPatient(tx: Tx, patientId: string): Promise<SymptomScore[]> {
    return tx.many<SymptomScore>(OF_PATIENT, [tx.clinicId, patientId]);
  }

  private async columns(tx: Tx, patientId: string, { scoredAt: at, pain, sensory, motor, note }: RecordSymptomScore, now: Instant) {
    const { facts } = await this.obligations.loadFacts(tx, patientId, now);
    const scoredAt = at ?? now;
    if (isFuture(scoredAt, now)) throw invalid('/scoredAt', 'future', 'lies in the future');
    if (dateInZone(scoredAt, facts.zone) < facts.patient.birthDate)
      throw invalid('/scoredAt', 'before-birth', 'lies before the patient was born');
    if (pain === null && sensory === null && motor === null) throw invalid('/pain', 'required', 'or another of the three is to be scored');
    return { scoredAt, pain, sensory, motor, note };
  }
}

const answer = ({ fact, changes }: Written<SymptomScore>) => ({ score: fact, changes });
