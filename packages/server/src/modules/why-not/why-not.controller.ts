import { Controller } from '@nestjs/common';
import { explainWhyNot, type Input } from '@vastus/contract';
import type { Caller } from '../../platform/routing/caller.js';
import { By, Handles, In } from '../../platform/routing/handles.js';
import { WhyNotService } from './why-not.service.js';

@Controller()
export class WhyNotController {
  constructor(private readonly whyNot: WhyNotService) {}

  @Handles(explainWhyNot)
  explain(@By() caller: Caller, @In() input: Input<typeof explainWhyNot>) {
    return this.whyNot.explain(caller, input);
  }
}
