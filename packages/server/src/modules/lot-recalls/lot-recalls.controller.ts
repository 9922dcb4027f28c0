import { Controller } from '@nestjs/common';
import { exportLotRecipients, type Input, listLotRecipients, readLotRecall, recordRecallContact } from '@vastus/contract';
import type { Caller } from '../../platform/routing/caller.js';
import { By, Handles, In } from '../../platform/routing/handles.js';
import { LotRecallsService } from './lot-recalls.service.js';

@Controller()
export class LotRecallsController {
  constructor(private readonly recalls: LotRecallsService) {}

  @Handles(readLotRecall)
  read(@By() caller: Caller, @In() { params }: Input<typeof readLotRecall>) {
    return this.recalls.read(caller, params.lotId);
  }

  @Handles(listLotRecipients)
  recipients(@By() caller: Caller, @In() input: Input<typeof listLotRecipients>) {
    return this.recalls.recipients(caller, input);
  }

  @Handles(exportLotRecipients)
  export(@By() caller: Caller, @In() input: Input<typeof exportLotRecipients>) {
    return this.recalls.export(caller, input);
  }

  @Handles(recordRecallContact)
  contact(@By() caller: Caller, @In() input: Input<typeof recordRecallContact>) {
    return this.recalls.contact(caller, input);
  }
}
