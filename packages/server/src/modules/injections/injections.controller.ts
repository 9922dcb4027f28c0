import { Controller } from '@nestjs/common';
import {
  amendInjection,
  checkInjectionRoute,
  type Input,
  listInjections,
  readInjection,
  recordInjection,
  voidInjection,
} from '@vastus/contract';
import type { Caller } from '../../platform/routing/caller.js';
import { By, Handles, In } from '../../platform/routing/handles.js';
import { InjectionsService } from './injections.service.js';

@Controller()
export class InjectionsController {
  constructor(private readonly injections: InjectionsService) {}

  @Handles(checkInjectionRoute)
  check(@By() caller: Caller, @In() { params, body }: Input<typeof checkInjectionRoute>) {
    return this.injections.check(caller, params.patientId, body);
  }

  @Handles(recordInjection)
  record(@By() caller: Caller, @In() input: Input<typeof recordInjection>) {
    return this.injections.record(caller, input);
  }

  @Handles(listInjections)
  list(@By() caller: Caller, @In() { query }: Input<typeof listInjections>) {
    return this.injections.list(caller, query);
  }

  @Handles(readInjection)
  read(@By() caller: Caller, @In() { params }: Input<typeof readInjection>) {
    return this.injections.read(caller, params.injectionId);
  }

  @Handles(amendInjection)
  amend(@By() caller: Caller, @In() input: Input<typeof amendInjection>) {
    return this.injections.amend(caller, input);
  }

  @Handles(voidInjection)
  void(@By() caller: Caller, @In() input: Input<typeof voidInjection>) {
    return this.injections.void(caller, input);
  }
}
