import { Controller } from '@nestjs/common';
import { amendPainPlan, type Input, recordPainPlan, voidPainPlan } from '@vastus/contract';
import type { Caller } from '../../platform/routing/caller.js';
import { By, Handles, In } from '../../platform/routing/handles.js';
import { PainPlansService } from './pain-plans.service.js';

@Controller()
export class PainPlansController {
  constructor(private readonly plans: PainPlansService) {}

  @Handles(recordPainPlan)
  record(@By() caller: Caller, @In() input: Input<typeof recordPainPlan>) {
    return this.plans.record(caller, input);
  }

  @Handles(amendPainPlan)
  amend(@By() caller: Caller, @In() input: Input<typeof amendPainPlan>) {
    return this.plans.amend(caller, input);
  }

  @Handles(voidPainPlan)
  void(@By() caller: Caller, @In() input: Input<typeof voidPainPlan>) {
    return this.plans.void(caller, input);
  }
}
