import { Controller, Req, Res } from '@nestjs/common';
import { type Input, permissionsOf, readSession, type Session, signIn, signOut, switchClinic } from '@vastus/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Clock } from '../../platform/clock.js';
import { Config } from '../../platform/config.js';
import { problem } from '../../platform/problems/problem.js';
import { Handles, In } from '../../platform/routing/handles.js';
import { Sessions, type SignedIn } from '../../platform/sign-in/sessions.js';

// `passthrough`: the reply is only needed for the cookie, the answer stays the returned value.
const COOKIES_ON = { passthrough: true };

@Controller()
export class SessionController {
  constructor(
    private readonly sessions: Sessions,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  @Handles(signIn)
  async signIn(
    @In() { body }: Input<typeof signIn>,
    @Req() request: FastifyRequest,
    @Res(COOKIES_ON) reply: FastifyReply,
  ): Promise<Session> {
    return this.toSession(await this.sessions.signIn(body.email, body.password, request, reply));
  }

  @Handles(readSession)
  read(@Req() { vastus: { signedIn } }: FastifyRequest): Session {
    if (!signedIn) throw problem('not-signed-in');
    return this.toSession(signedIn);
  }

  @Handles(signOut)
  async signOut(@Req() request: FastifyRequest, @Res(COOKIES_ON) reply: FastifyReply): Promise<{ signedOut: true }> {
    await this.sessions.signOut(request, reply);
    return { signedOut: true };
  }

  @Handles(switchClinic)
  async switchClinic(
    @In() { body }: Input<typeof switchClinic>,
    @Req() request: FastifyRequest,
    @Res(COOKIES_ON) reply: FastifyReply,
  ): Promise<Session> {
    return this.toSession(await this.sessions.switchClinic(body.clinicId, request, reply));
  }

  private toSession({ caller, email, membership, others }: SignedIn): Session {
    const { clinicId, clinicName, timeZone, isDemo } = membership;
    return {
      staff: { membershipId: caller.membershipId, name: caller.name, email, role: caller.role },
      clinic: { id: clinicId, name: clinicName, timeZone, isDemo },
      otherClinics: others.map((other) => ({ id: other.clinicId, name: other.clinicName, role: other.role })),
      permissions: permissionsOf(caller.role),
      today: this.clock.today(timeZone),
      now: this.clock.now(),
      testClock: this.config.testClock,
    };
  }
}
