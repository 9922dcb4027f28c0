import { Controller, Req, Res } from '@nestjs/common';
import {
  type Account,
  type Answer,
  changePassword,
  confirmSecondFactor,
  endAccountSession,
  endOtherSessions,
  type Input,
  listAccountChanges,
  listAccountSessions,
  noteAccountChanges,
  proposeSecondFactor,
  readAccount,
  removeSecondFactor,
  renewRecoveryCodes,
  unlinkSingleSignOn,
} from '@vastus/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { problem } from '../../platform/problems/problem.js';
import { Handles, In } from '../../platform/routing/handles.js';
import type { SignedIn } from '../../platform/sign-in/sessions.js';
import { AccountService } from './account.service.js';

const COOKIES_ON = { passthrough: true };

@Controller()
export class AccountController {
  constructor(private readonly account: AccountService) {}

  @Handles(readAccount)
  read(@Req() request: FastifyRequest): Promise<Account> {
    return this.account.read(signedIn(request));
  }

  @Handles(changePassword)
  changePassword(@In() { body }: Input<typeof changePassword>, @Req() request: FastifyRequest) {
    return this.account.changePassword(signedIn(request), body, request);
  }

  @Handles(listAccountSessions)
  sessions(@Req() request: FastifyRequest): Promise<Answer<typeof listAccountSessions>> {
    return this.account.sessions(signedIn(request));
  }

  @Handles(endAccountSession)
  endSession(@In() { params }: Input<typeof endAccountSession>, @Req() request: FastifyRequest) {
    return this.account.endSession(signedIn(request), params.sessionId);
  }

  @Handles(endOtherSessions)
  endOthers(@Req() request: FastifyRequest) {
    return this.account.endOthers(signedIn(request));
  }

  @Handles(listAccountChanges)
  changes(@Req() request: FastifyRequest): Promise<Answer<typeof listAccountChanges>> {
    return this.account.changes(signedIn(request), request);
  }

  @Handles(noteAccountChanges)
  noteChanges(@Req() request: FastifyRequest) {
    return this.account.noteChanges(signedIn(request), request);
  }

  @Handles(proposeSecondFactor)
  propose(@Req() request: FastifyRequest) {
    return this.account.proposeFactor(request);
  }

  @Handles(confirmSecondFactor)
  confirm(@In() { body }: Input<typeof confirmSecondFactor>, @Req() request: FastifyRequest, @Res(COOKIES_ON) reply: FastifyReply) {
    return this.account.confirmFactor(body.code, request, reply);
  }

  @Handles(renewRecoveryCodes)
  renewCodes(@Req() request: FastifyRequest) {
    return this.account.renewCodes(signedIn(request), request);
  }

  @Handles(removeSecondFactor)
  remove(@Req() request: FastifyRequest) {
    return this.account.removeFactor(signedIn(request), request);
  }

  @Handles(unlinkSingleSignOn)
  unlink(@Req() request: FastifyRequest) {
    return this.account.unlink(signedIn(request), request);
  }
}

function signedIn({ vastus: { signedIn: who } }: FastifyRequest): SignedIn {
  if (!who) throw problem('not-signed-in');
  return who;
}
