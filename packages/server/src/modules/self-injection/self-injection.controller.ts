import { Controller } from '@nestjs/common';
import {
  applyForSelfInjection,
  approveSelfInjection,
  endSelfInjection,
  type Input,
  readSelfInjection,
  recordTraining,
  voidTraining,
} from '@vastus/contract';
import type { Caller } from '../../platform/routing/caller.js';
import { By, Handles, In } from '../../platform/routing/handles.js';
import { SelfInjectionService } from './self-injection.service.js';

@Controller()
export class SelfInjectionController {
  constructor(private readonly selfInjection: SelfInjectionService) {}

  @Handles(readSelfInjection)
  read(@By() caller: Caller, @In() input: Input<typeof readSelfInjection>) {
    return this.selfInjection.read(caller, input);
  }

  @Handles(applyForSelfInjection)
  apply(@By() caller: Caller, @In() input: Input<typeof applyForSelfInjection>) {
    return this.selfInjection.apply(caller, input);
  }

  @Handles(recordTraining)
  train(@By() caller: Caller, @In() input: Input<typeof recordTraining>) {
    return this.selfInjection.train(caller, input);
  }

  @Handles(voidTraining)
  voidTraining(@By() caller: Caller, @In() input: Input<typeof voidTraining>) {
    return this.selfInjection.voidTraining(caller, input);
  }

  @Handles(approveSelfInjection)
  approve(@By() caller: Caller, @In() input: Input<typeof approveSelfInjection>) {
    return this.selfInjection.approve(caller, input);
  }

  @Handles(endSelfInjection)
  end(@By() caller: Caller, @In() input: Input<typeof endSelfInjection>) {
    return this.selfInjection.end(caller, input);
  }
}
