import { Controller } from '@nestjs/common';
import { amendSymptomScore, type Input, recordSymptomScore, voidSymptomScore } from '@vastus/contract';
import type { Caller } from '../../platform/routing/caller.js';
import { By, Handles, In } from '../../platform/routing/handles.js';
import { SymptomScoresService } from './symptom-scores.service.js';

@Controller()
export class SymptomScoresController {
  constructor(private readonly scores: SymptomScoresService) {}

  @Handles(recordSymptomScore)
  record(@By() caller: Caller, @In() input: Input<typeof recordSymptomScore>) {
    return this.scores.record(caller, input);
  }

  @Handles(amendSymptomScore)
  amend(@By() caller: Caller, @In() input: Input<typeof amendSymptomScore>) {
    return this.scores.amend(caller, input);
  }

  @Handles(voidSymptomScore)
  void(@By() caller: Caller, @In() input: Input<typeof voidSymptomScore>) {
    return this.scores.void(caller, input);
  }
}
