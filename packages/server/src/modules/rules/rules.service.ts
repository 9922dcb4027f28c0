import { Injectable } from '@nestjs/common';
import { type ProtocolParameters, RULES } from '@vastus/clinical';
import type { Answer, listRules } from '@vastus/contract';
import { statement } from '@vastus/db';
import { Clock } from '../../platform/clock.js';
import { Commands } from '../../platform/commands.js';
import type { Caller } from '../../platform/routing/caller.js';
import { explainRule } from './explain.js';

const IN_FORCE = statement(
  'protocol-in-force',
  'SELECT parameters FROM protocol_version WHERE clinic_id = $1 AND in_force_from <= $2 ORDER BY number DESC LIMIT 1',
);

@Injectable()
export class RulesService {
  constructor(
    private readonly commands: Commands,
    private readonly clock: Clock,
  ) {}

  /** The whole register, with the numbers of the protocol version in force in the caller's clinic. */
  list(caller: Caller): Promise<Answer<typeof listRules>> {
    return this.commands.read(caller, async (tx) => {
      const { parameters } = await tx.one<{ parameters: ProtocolParameters }>(IN_FORCE, [tx.clinicId, this.clock.now()]);
      return { items: Object.keys(RULES).map((ruleId) => explainRule(ruleId, parameters)) };
    });
  }
}
