import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { RouteShape } from '@vastus/contract';
import type { FastifyRequest } from 'fastify';
import { Clock } from '../clock.js';
import { Config } from '../config.js';
import { problem } from '../problems/problem.js';
import { ApiKeys, hasKey } from '../sign-in/api-keys.js';
import { Proofs } from '../sign-in/proofs.js';
import { RequestRate } from '../sign-in/request-rate.js';
import { Sessions } from '../sign-in/sessions.js';
import { permits } from './caller.js';
import { SHAPE } from './handles.js';
import { readInput } from './input.js';

/** Session, permission, input and proof, in this order, for every declared route. What has no declaration does not get past. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    @Inject(Config) private readonly config: Config,
    private readonly sessions: Sessions,
    private readonly keys: ApiKeys,
    private readonly proofs: Proofs,
    private readonly rate: RequestRate,
    private readonly clock: Clock,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const shape = Reflect.getMetadata(SHAPE, context.getHandler()) as RouteShape | undefined;
    if (!shape) throw new Error(`${context.getClass().name}.${context.getHandler().name} has no declaration in the contract`);
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    // Another process may have moved the clock a moment ago, and its notice may still be on the way.
    if (this.config.testClock) await this.clock.refresh();
    if (!('public' in shape.access)) await this.identify(shape, request);
    const received = readInput(shape, request);
    request.vastus.received = received;
    // Last, so that nobody proves who they are for a request that cannot be done.
    if (shape.proof === 'fresh') await this.askForProof(request);
    const { caller } = request.vastus;
    if (caller) Object.assign(caller, { idempotencyKey: received.idempotencyKey, ifMatch: received.ifMatch });
    return true;
  }

  private async identify(shape: RouteShape, request: FastifyRequest): Promise<void> {
    const signedIn = hasKey(request) ? undefined : await this.sessions.whoIs(request);
    if (signedIn) await this.rate.note(signedIn.sessionId);
    const caller = signedIn?.caller ?? (await this.keys.whoIs(request));
    if (!signedIn && !('needs' in shape.access)) throw problem('not-permitted', { detail: 'This is for people, not for keys.' });
    if ('needs' in shape.access && !permits(caller, shape.access.needs))
      throw problem('not-permitted', { permission: shape.access.needs, detail: `This needs the permission ${shape.access.needs}.` });
    if (!signedIn && shape.proof === 'fresh') throw problem('not-permitted', { detail: 'This is for people, not for keys.' });
    Object.assign(request.vastus, { signedIn, caller });
  }

  /** On a public route, of whoever is signed in: who is half-way in proved it a moment ago. */
  private async askForProof(request: FastifyRequest): Promise<void> {
    const { signedIn } = request.vastus;
    if (signedIn) return this.proofs.demand(signedIn);
    const found = await this.sessions.find(request);
    if (found?.stage === 'open') await this.proofs.demand(await this.sessions.whoIs(request));
  }
}
