import { Controller } from '@nestjs/common';
import { listRules } from '@vastus/contract';
import type { Caller } from '../../platform/routing/caller.js';
import { By, Handles } from '../../platform/routing/handles.js';
import { RulesService } from './rules.service.js';

@Controller()
export class RulesController {
  constructor(private readonly rules: RulesService) {}

  @Handles(listRules)
  list(@By() caller: Caller) {
    return this.rules.list(caller);
  }
}
