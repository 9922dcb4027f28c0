import { Controller } from '@nestjs/common';
import { type Input, readAuditSeal, verifyAudit } from '@vastus/contract';
import type { Caller } from '../../platform/routing/caller.js';
import { By, Handles, In } from '../../platform/routing/handles.js';
import { AuditSealService } from './audit-seal.service.js';

@Controller()
export class AuditSealController {
  constructor(private readonly seal: AuditSealService) {}

  @Handles(readAuditSeal)
  read(@By() caller: Caller) {
    return this.seal.read(caller);
  }

  @Handles(verifyAudit)
  verify(@By() caller: Caller, @In() input: Input<typeof verifyAudit>) {
    return this.seal.requestVerification(caller, input);
  }
}
