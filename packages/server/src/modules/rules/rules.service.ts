import { Injectable } from '@nestjs/common';
import { RULES } from '@vastus/clinical';
import type { Answer, listRules } from '@vastus/contract';
import { Clock } from '../../platform/clock.js';
import { Commands } from '../../platform/commands.js';
import type { Caller } from '../../platform/routing/caller.js';
import { protocolInForce } from '../obligations/protocol-in-force.js';
import { explainRule } from './explain.js';

@Injectable()
export class RulesService {
  constructor(
    private readonly commands: Commands,
    private readonly clock: Clock,
  ) {}

  /** The whole register, with the numbers of the protocol version in force in the caller's clinic. */
  list(caller: Caller): Promise<Answer<typeof listRules>> {
    return this.commands.read(caller, async (tx) => {
      const { parameters } = await protocolInForce(tx, this.clock.now());
      return { items: Object.keys(RULES).map((ruleId) => explainRule(ruleId, parameters)) };
    });
  }
}
