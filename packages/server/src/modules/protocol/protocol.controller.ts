import { Controller } from '@nestjs/common';
import {
  draftProtocol,
  editProtocolDraft,
  type Input,
  listProtocolVersions,
  readProtocolSimulation,
  readProtocolVersion,
  signProtocol,
  simulateProtocol,
  withdrawProtocolDraft,
} from '@vastus/contract';
import type { Caller } from '../../platform/routing/caller.js';
import { By, Handles, In } from '../../platform/routing/handles.js';
import { ProtocolService } from './protocol.service.js';
import { SimulationsService } from './simulations.service.js';

@Controller()
export class ProtocolController {
  constructor(
    private readonly protocol: ProtocolService,
    private readonly simulations: SimulationsService,
  ) {}

  @Handles(listProtocolVersions)
  list(@By() caller: Caller, @In() input: Input<typeof listProtocolVersions>) {
    return this.protocol.list(caller, input);
  }

  @Handles(readProtocolVersion)
  read(@By() caller: Caller, @In() input: Input<typeof readProtocolVersion>) {
    return this.protocol.read(caller, input);
  }

  @Handles(draftProtocol)
  draft(@By() caller: Caller, @In() input: Input<typeof draftProtocol>) {
    return this.protocol.draft(caller, input);
  }

  @Handles(editProtocolDraft)
  edit(@By() caller: Caller, @In() input: Input<typeof editProtocolDraft>) {
    return this.protocol.edit(caller, input);
  }

  @Handles(withdrawProtocolDraft)
  withdraw(@By() caller: Caller, @In() input: Input<typeof withdrawProtocolDraft>) {
    return this.protocol.withdraw(caller, input);
  }

  @Handles(signProtocol)
  sign(@By() caller: Caller, @In() input: Input<typeof signProtocol>) {
    return this.protocol.sign(caller, input);
  }

  @Handles(simulateProtocol)
  simulate(@By() caller: Caller, @In() input: Input<typeof simulateProtocol>) {
    return this.simulations.simulate(caller, input);
  }

  @Handles(readProtocolSimulation)
  readSimulation(@By() caller: Caller, @In() input: Input<typeof readProtocolSimulation>) {
    return this.simulations.read(caller, input);
  }
}
