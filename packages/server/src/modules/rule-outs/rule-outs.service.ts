// MON-RULEOUT: the other causes of a neuropathy that somebody looked at, with what was found.
import { Injectable } from '@nestjs/common';
import { dateInZone, type Instant } from '@vastus/clinical';
import { type Answer, amendRuleOut, type Input, type RecordRuleOut, type RuleOutEntry, recordRuleOut, voidRuleOut } from '@vastus/contract';
import { statement, type Tx } from '@vastus/db';
import { Commands } from '../../platform/commands.js';
import { invalid } from '../../platform/problems/problem.js';
import type { Caller } from '../../platform/routing/caller.js';
import { BY, type FactKind, FactVersions, VERSION_COLUMNS, type Written } from '../obligations/fact-versions.js';
import { ObligationsService } from '../obligations/obligations.service.js';

const SELECT = `SELECT v.id, v.item, v.finding, v.done_on, ${VERSION_COLUMNS} FROM rule_out v ${BY} WHERE v.clinic_id = $1`;
const BY_ID = statement('rule-out-by-id', `${SELECT} AND v.id = $2`);
const OF_PATIENT = statement('rule-outs-of-patient', `${SELECT} AND v.patient_id = $2 ORDER BY v.done_on, v.id`);

const RULE_OUT: FactKind<RuleOutEntry> = {
  table: 'rule_out',
  noun: 'rule-out',
  find: (tx, id) => tx.maybe<RuleOutEntry>(BY_ID, [tx.clinicId, id]),
};

@Injectable()
export class RuleOutsService {
  constructor(
    private readonly commands: Commands,
    private readonly obligations: ObligationsService,
    private readonly versions: FactVersions,
  ) {}

  record(caller: Caller, input: Input<typeof recordRuleOut>): Promise<Answer<typeof recordRuleOut>> {
    const { patientId } = input.params;
    return this.commands.run(caller, recordRuleOut, input, async (tx, now) => {
      await this.obligations.lock(tx, patientId);
      return answer(await this.versions.record(tx, caller, now, RULE_OUT, patientId, await this.columns(tx, patientId, input.body, now)));
    });
  }

  amend(caller: Caller, input: Input<typeof amendRuleOut>): Promise<Answer<typeof amendRuleOut>> {
    const { amendReason, ...body } = input.body;
    return this.commands.run(caller, amendRuleOut, input, async (tx, now) => {
      const place = await this.versions.effective(tx, RULE_OUT, input.params.ruleOutId);
      const columns = await this.columns(tx, place.patientId, body, now);
      return answer(await this.versions.amend(tx, caller, now, RULE_OUT, place, columns, amendReason));
    });
  }

  void(caller: Caller, input: Input<typeof voidRuleOut>): Promise<Answer<typeof voidRuleOut>> {
    return this.commands.run(caller, voidRuleOut, input, async (tx, now) => {
      const place = await this.versions.effective(tx, RULE_OUT, input.params.ruleOutId);
      return answer(await this.versions.void(tx, caller, now, RULE_OUT, place, input.body.reason));
    });
  }

  ofPatient(tx: Tx, patientId: string): Promise<RuleOutEntry[]> {
    return tx.many<RuleOutEntry>(OF_PATIENT, [tx.clinicId, patientId]);
  }

  private async columns(tx: Tx, patientId: string, { item, finding, doneOn }: RecordRuleOut, now: Instant) {
    const { facts } = await this.obligations.loadFacts(tx, patientId, now);
    if (doneOn > dateInZone(now, facts.zone)) throw invalid('/doneOn', 'future', 'lies in the future');
    if (doneOn < facts.patient.birthDate) throw invalid('/doneOn', 'before-birth', 'lies before the patient was born');
    return { item, finding, doneOn };
  }
}

const answer = ({ fact, changes }: Written<RuleOutEntry>) => ({ ruleOut: fact, changes });
