import { Controller } from '@nestjs/common';
import { createApiKey, type Input, listApiKeys, revokeApiKey } from '@vastus/contract';
import type { Caller } from '../../platform/routing/caller.js';
import { By, Handles, In } from '../../platform/routing/handles.js';
import { ApiKeysService } from './api-keys.service.js';

@Controller()
export class ApiKeysController {
  constructor(private readonly keys: ApiKeysService) {}

  @Handles(listApiKeys)
  list(@By() caller: Caller) {
    return this.keys.list(caller);
  }

  @Handles(createApiKey)
  create(@By() caller: Caller, @In() input: Input<typeof createApiKey>) {
    return this.keys.create(caller, input);
  }

  @Handles(revokeApiKey)
  revoke(@By() caller: Caller, @In() input: Input<typeof revokeApiKey>) {
    return this.keys.revoke(caller, input);
  }
}
