import { Controller, Req, Res } from '@nestjs/common';
import {
  type Answer,
  giveSecondFactor,
  type Input,
  proveSession,
  readSession,
  type Session,
  type SignInAnswer,
  signIn,
  signOut,
  switchClinic,
} from '@vastus/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Clock } from '../../platform/clock.js';
import { Config } from '../../platform/config.js';
import { problem } from '../../platform/problems/problem.js';
import { Handles, In } from '../../platform/routing/handles.js';
import { Proofs } from '../../platform/sign-in/proofs.js';
import { Sessions, type SignedIn } from '../../platform/sign-in/sessions.js';
import { isNextStep, SignIn } from '../../platform/sign-in/sign-in.js';
import { toSession } from './describe.js';

// `passthrough`: the reply is only needed for the cookie, the answer stays the returned value.
const COOKIES_ON = { passthrough: true };

@Controller()
export class SessionController {
  constructor(
    private readonly sessions: Sessions,
    private readonly entrance: SignIn,
    private readonly proofs: Proofs,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  @Handles(signIn)
  async signIn(
    @In() { body }: Input<typeof signIn>,
    @Req() request: FastifyRequest,
    @Res(COOKIES_ON) reply: FastifyReply,
  ): Promise<SignInAnswer> {
    const answer = await this.entrance.withPassword(body.email, body.password, request, reply);
    return isNextStep(answer) ? answer : this.toSession(answer);
  }

  @Handles(giveSecondFactor)
  async giveSecondFactor(
    @In() { body }: Input<typeof giveSecondFactor>,
    @Req() request: FastifyRequest,
    @Res(COOKIES_ON) reply: FastifyReply,
  ): Promise<Session> {
    return this.toSession(await this.entrance.withFactor(body.code, request, reply));
  }

  @Handles(readSession)
  read(@Req() { vastus: { signedIn } }: FastifyRequest): Session {
    if (!signedIn) throw problem('not-signed-in');
    return this.toSession(signedIn);
  }

  @Handles(signOut)
  async signOut(@Req() request: FastifyRequest, @Res(COOKIES_ON) reply: FastifyReply): Promise<Answer<typeof signOut>> {
    await this.sessions.signOut(request, reply);
    return { signedOut: true, signInWith: this.config.singleSignOn?.name };
  }

  @Handles(proveSession)
  prove(@In() { body }: Input<typeof proveSession>, @Req() request: FastifyRequest): Promise<Answer<typeof proveSession>> {
    const { signedIn } = request.vastus;
    if (!signedIn) throw problem('not-signed-in');
    return this.proofs.give(signedIn, body, request);
  }

  @Handles(switchClinic)
  async switchClinic(@In() { body }: Input<typeof switchClinic>, @Req() request: FastifyRequest): Promise<Session> {
    return this.toSession(await this.sessions.switchClinic(body.clinicId, request));
  }

  private toSession(signedIn: SignedIn): Session {
    return toSession(signedIn, this.clock, this.config);
  }
}
