import { Controller } from '@nestjs/common';
import { type Input, readSummary, readToday } from '@vastus/contract';
import type { Caller } from '../../platform/routing/caller.js';
import { By, Handles, In } from '../../platform/routing/handles.js';
import { WorklistService } from './worklist.service.js';

@Controller()
export class WorklistController {
  constructor(private readonly worklist: WorklistService) {}

  @Handles(readToday)
  today(@By() caller: Caller, @In() input: Input<typeof readToday>) {
    return this.worklist.today(caller, input);
  }

  @Handles(readSummary)
  summary(@By() caller: Caller) {
    return this.worklist.summary(caller);
  }
}
