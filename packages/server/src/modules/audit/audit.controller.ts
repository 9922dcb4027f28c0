import { Controller } from '@nestjs/common';
import { exportAudit, type Input, listAudit, listAuditActors } from '@vastus/contract';
import type { Caller } from '../../platform/routing/caller.js';
import { By, Handles, In } from '../../platform/routing/handles.js';
import { AuditService } from './audit.service.js';

@Controller()
export class AuditController {
  constructor(private readonly entries: AuditService) {}

  @Handles(listAudit)
  list(@By() caller: Caller, @In() input: Input<typeof listAudit>) {
    return this.entries.list(caller, input);
  }

  @Handles(exportAudit)
  export(@By() caller: Caller, @In() input: Input<typeof exportAudit>) {
    return this.entries.export(caller, input);
  }

  @Handles(listAuditActors)
  actors(@By() caller: Caller) {
    return this.entries.actors(caller);
  }
}
