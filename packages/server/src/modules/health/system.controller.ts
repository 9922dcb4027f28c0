import { Controller } from '@nestjs/common';
import { readSystem } from '@vastus/contract';
import type { Caller } from '../../platform/routing/caller.js';
import { By, Handles } from '../../platform/routing/handles.js';
import { SystemService } from './system.service.js';

@Controller()
export class SystemController {
  constructor(private readonly system: SystemService) {}

  @Handles(readSystem)
  read(@By() caller: Caller) {
    return this.system.read(caller);
  }
}
