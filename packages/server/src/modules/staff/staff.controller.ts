import { Controller, Req, Res } from '@nestjs/common';
import {
  acceptInvitation,
  changeStaffRole,
  deactivateStaff,
  editSignInPolicy,
  type Input,
  inviteStaff,
  listStaff,
  reactivateStaff,
  readInvitation,
  resetStaffFactor,
  revokeInvitation,
  type SignInAnswer,
  unlinkStaffSingleSignOn,
} from '@vastus/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Clock } from '../../platform/clock.js';
import { Config } from '../../platform/config.js';
import type { Caller } from '../../platform/routing/caller.js';
import { By, Handles, In } from '../../platform/routing/handles.js';
import { isNextStep } from '../../platform/sign-in/sign-in.js';
import { toSession } from '../session/describe.js';
import { JoiningService } from './joining.service.js';
import { StaffService } from './staff.service.js';

@Controller()
export class StaffController {
  constructor(
    private readonly staff: StaffService,
    private readonly joining: JoiningService,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  @Handles(listStaff)
  list(@By() caller: Caller) {
    return this.staff.list(caller);
  }

  @Handles(inviteStaff)
  invite(@By() caller: Caller, @In() input: Input<typeof inviteStaff>) {
    return this.staff.invite(caller, input);
  }

  @Handles(revokeInvitation)
  revoke(@By() caller: Caller, @In() input: Input<typeof revokeInvitation>) {
    return this.staff.revoke(caller, input);
  }

  @Handles(changeStaffRole)
  changeRole(@By() caller: Caller, @In() input: Input<typeof changeStaffRole>) {
    return this.staff.changeRole(caller, input);
  }

  @Handles(deactivateStaff)
  deactivate(@By() caller: Caller, @In() input: Input<typeof deactivateStaff>) {
    return this.staff.deactivate(caller, input);
  }

  @Handles(reactivateStaff)
  reactivate(@By() caller: Caller, @In() input: Input<typeof reactivateStaff>) {
    return this.staff.reactivate(caller, input);
  }

  @Handles(resetStaffFactor)
  resetFactor(@By() caller: Caller, @In() input: Input<typeof resetStaffFactor>) {
    return this.staff.resetFactor(caller, input);
  }

  @Handles(unlinkStaffSingleSignOn)
  unlink(@By() caller: Caller, @In() input: Input<typeof unlinkStaffSingleSignOn>) {
    return this.staff.unlink(caller, input);
  }

  @Handles(editSignInPolicy)
  editPolicy(@By() caller: Caller, @In() input: Input<typeof editSignInPolicy>) {
    return this.staff.editPolicy(caller, input);
  }

  @Handles(readInvitation)
  readInvitation(@In() { body }: Input<typeof readInvitation>, @Req() request: FastifyRequest) {
    return this.joining.read(body.token, request);
  }

  @Handles(acceptInvitation)
  async accept(
    @In() { body }: Input<typeof acceptInvitation>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignInAnswer> {
    const answer = await this.joining.accept(body, request, reply);
    return isNextStep(answer) ? answer : toSession(answer, this.clock, this.config);
  }
}
