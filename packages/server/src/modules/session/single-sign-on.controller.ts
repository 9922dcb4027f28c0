import { Controller, Req, Res } from '@nestjs/common';
import { type Answer, finishSingleSignOn, type Input, linkSingleSignOn, startSingleSignOn } from '@vastus/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Clock } from '../../platform/clock.js';
import { Config } from '../../platform/config.js';
import { problem } from '../../platform/problems/problem.js';
import { Handles, In } from '../../platform/routing/handles.js';
import { isNextStep } from '../../platform/sign-in/sign-in.js';
import { SingleSignOn } from '../../platform/sign-in/single-sign-on.js';
import { toSession } from './describe.js';

const COOKIES_ON = { passthrough: true };

/** There only where a provider is set up. */
@Controller()
export class SingleSignOnController {
  constructor(
    private readonly entrance: SingleSignOn,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  @Handles(startSingleSignOn)
  begin(
    @In() { body }: Input<typeof startSingleSignOn>,
    @Req() request: FastifyRequest,
    @Res(COOKIES_ON) reply: FastifyReply,
  ): Promise<Answer<typeof startSingleSignOn>> {
    return this.entrance.begin(body, request, reply);
  }

  @Handles(linkSingleSignOn)
  link(@Req() request: FastifyRequest, @Res(COOKIES_ON) reply: FastifyReply): Promise<Answer<typeof linkSingleSignOn>> {
    const { signedIn } = request.vastus;
    if (!signedIn) throw problem('not-signed-in');
    return this.entrance.beginToLink(signedIn, request, reply);
  }

  @Handles(finishSingleSignOn)
  async finish(
    @In() { body }: Input<typeof finishSingleSignOn>,
    @Req() request: FastifyRequest,
    @Res(COOKIES_ON) reply: FastifyReply,
  ): Promise<Answer<typeof finishSingleSignOn>> {
    const { answer, to } = await this.entrance.finish(body.query, request, reply);
    return { answer: isNextStep(answer) ? answer : toSession(answer, this.clock, this.config), to };
  }
}
