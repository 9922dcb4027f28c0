import { Controller } from '@nestjs/common';
import { amendLabResult, type Input, listLabResults, recordLabResult, voidLabResult } from '@vastus/contract';
import type { Caller } from '../../platform/routing/caller.js';
import { By, Handles, In } from '../../platform/routing/handles.js';
import { LabResultsService } from './lab-results.service.js';

@Controller()
export class LabResultsController {
  constructor(private readonly results: LabResultsService) {}

  @Handles(recordLabResult)
  record(@By() caller: Caller, @In() input: Input<typeof recordLabResult>) {
    return this.results.record(caller, input);
  }

  @Handles(listLabResults)
  list(@By() caller: Caller, @In() { query }: Input<typeof listLabResults>) {
    return this.results.list(caller, query);
  }

  @Handles(amendLabResult)
  amend(@By() caller: Caller, @In() input: Input<typeof amendLabResult>) {
    return this.results.amend(caller, input);
  }

  @Handles(voidLabResult)
  void(@By() caller: Caller, @In() input: Input<typeof voidLabResult>) {
    return this.results.void(caller, input);
  }
}
