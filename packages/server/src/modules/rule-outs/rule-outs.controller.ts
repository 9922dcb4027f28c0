import { Controller } from '@nestjs/common';
import { amendRuleOut, type Input, recordRuleOut, voidRuleOut } from '@vastus/contract';
import type { Caller } from '../../platform/routing/caller.js';
import { By, Handles, In } from '../../platform/routing/handles.js';
import { RuleOutsService } from './rule-outs.service.js';

@Controller()
export class RuleOutsController {
  constructor(private readonly ruleOuts: RuleOutsService) {}

  @Handles(recordRuleOut)
  record(@By() caller: Caller, @In() input: Input<typeof recordRuleOut>) {
    return this.ruleOuts.record(caller, input);
  }

  @Handles(amendRuleOut)
  amend(@By() caller: Caller, @In() input: Input<typeof amendRuleOut>) {
    return this.ruleOuts.amend(caller, input);
  }

  @Handles(voidRuleOut)
  void(@By() caller: Caller, @In() input: Input<typeof voidRuleOut>) {
    return this.ruleOuts.void(caller, input);
  }
}
