import { Controller } from '@nestjs/common';
import { type Input, recordContactAttempt, voidContactAttempt } from '@vastus/contract';
import type { Caller } from '../../platform/routing/caller.js';
import { By, Handles, In } from '../../platform/routing/handles.js';
import { ContactAttemptsService } from './contact-attempts.service.js';

@Controller()
export class ContactAttemptsController {
  constructor(private readonly contacts: ContactAttemptsService) {}

  @Handles(recordContactAttempt)
  record(@By() caller: Caller, @In() input: Input<typeof recordContactAttempt>) {
    return this.contacts.record(caller, input);
  }

  @Handles(voidContactAttempt)
  void(@By() caller: Caller, @In() input: Input<typeof voidContactAttempt>) {
    return this.contacts.void(caller, input);
  }
}
