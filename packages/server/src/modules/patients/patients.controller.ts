import { Controller } from '@nestjs/common';
import {
  decideRoute,
  editPatient,
  type Input,
  liftRestriction,
  readFacts,
  readPatient,
  registerPatient,
  restrictSites,
  searchPatients,
} from '@vastus/contract';
import type { Caller } from '../../platform/routing/caller.js';
import { By, Handles, In } from '../../platform/routing/handles.js';
import { HoldsService } from './holds.service.js';
import { PatientsService } from './patients.service.js';

@Controller()
export class PatientsController {
  constructor(
    private readonly patients: PatientsService,
    private readonly holds: HoldsService,
  ) {}

  @Handles(registerPatient)
  register(@By() caller: Caller, @In() input: Input<typeof registerPatient>) {
    return this.patients.register(caller, input);
  }

  @Handles(searchPatients)
  search(@By() caller: Caller, @In() input: Input<typeof searchPatients>) {
    return this.patients.search(caller, input);
  }

  @Handles(readPatient)
  read(@By() caller: Caller, @In() input: Input<typeof readPatient>) {
    return this.patients.read(caller, input);
  }

  @Handles(editPatient)
  edit(@By() caller: Caller, @In() input: Input<typeof editPatient>) {
    return this.patients.edit(caller, input);
  }

  @Handles(readFacts)
  facts(@By() caller: Caller, @In() input: Input<typeof readFacts>) {
    return this.patients.facts(caller, input);
  }

  @Handles(restrictSites)
  restrict(@By() caller: Caller, @In() input: Input<typeof restrictSites>) {
    return this.holds.restrict(caller, input);
  }

  @Handles(liftRestriction)
  lift(@By() caller: Caller, @In() input: Input<typeof liftRestriction>) {
    return this.holds.lift(caller, input);
  }

  @Handles(decideRoute)
  decide(@By() caller: Caller, @In() input: Input<typeof decideRoute>) {
    return this.holds.decide(caller, input);
  }
}
