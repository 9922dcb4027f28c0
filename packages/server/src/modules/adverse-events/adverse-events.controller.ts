import { Controller } from '@nestjs/common';
import {
  amendAdverseEvent,
  examineAdverseEvent,
  type Input,
  listAdverseEvents,
  readAdverseEvent,
  recordAdverseEvent,
  voidAdverseEvent,
} from '@vastus/contract';
import type { Caller } from '../../platform/routing/caller.js';
import { By, Handles, In } from '../../platform/routing/handles.js';
import { AdverseEventsService } from './adverse-events.service.js';

@Controller()
export class AdverseEventsController {
  constructor(private readonly events: AdverseEventsService) {}

  @Handles(recordAdverseEvent)
  record(@By() caller: Caller, @In() input: Input<typeof recordAdverseEvent>) {
    return this.events.record(caller, input);
  }

  @Handles(listAdverseEvents)
  list(@By() caller: Caller, @In() { query }: Input<typeof listAdverseEvents>) {
    return this.events.list(caller, query);
  }

  @Handles(readAdverseEvent)
  read(@By() caller: Caller, @In() { params }: Input<typeof readAdverseEvent>) {
    return this.events.read(caller, params.eventId);
  }

  @Handles(examineAdverseEvent)
  examine(@By() caller: Caller, @In() input: Input<typeof examineAdverseEvent>) {
    return this.events.examine(caller, input);
  }

  @Handles(amendAdverseEvent)
  amend(@By() caller: Caller, @In() input: Input<typeof amendAdverseEvent>) {
    return this.events.amend(caller, input);
  }

  @Handles(voidAdverseEvent)
  void(@By() caller: Caller, @In() input: Input<typeof voidAdverseEvent>) {
    return this.events.void(caller, input);
  }
}
