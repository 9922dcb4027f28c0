// From a cookie to who is asking: the session, the clinic it works in, the role there.
import { Inject, Injectable } from '@nestjs/common';
import { Database } from '@vastus/db';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Clock } from '../clock.js';
import { Config } from '../config.js';
import { type ProblemError, problem } from '../problems/problem.js';
import type { Caller } from '../routing/caller.js';
import { cookieName, readToken, setCookie } from './cookies.js';
import {
  type EndReason,
  endSessions,
  type FoundSession,
  findSession,
  type Membership,
  markSeen,
  type SignInMethod,
} from './session-store.js';
import { auditOwn } from './trail.js';

export interface SignedIn {
  caller: Caller;
  email: string;
  membership: Membership;
  others: Membership[];
  sessionId: string;
  method: SignInMethod;
  provenAt: string | null;
}

/** However busy somebody is, they sign in again after a working day. */
export const SESSION_MS = 12 * 60 * 60_000;
const MINUTE_MS = 60_000;
/** Sent by the dashboard with what it asks by itself while nobody touches it: that keeps no session alive. */
const IDLE_HEADER = 'vastus-idle';

@Injectable()
export class Sessions {
  constructor(
    @Inject(Config) private readonly config: Config,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Who has the session of this request's cookie. */
  async whoIs(request: FastifyRequest): Promise<SignedIn> {
    const found = await this.find(request);
    if (found?.stage !== 'open') throw this.notSignedIn();
    const signedIn = this.describe(found, request.id);
    const nowMs = this.clock.machineMs();
    const seenMs = Date.parse(found.lastSeenAt);
    if (nowMs - seenMs > signedIn.membership.idleMinutes * MINUTE_MS) {
      await this.end(found, { only: found.id }, 'idle');
      throw this.notSignedIn('Nobody did anything for a while, so the session has ended.');
    }
    const isIdle = request.headers[IDLE_HEADER] !== undefined || request.headers.accept === 'text/event-stream';
    if (!isIdle && nowMs - seenMs > MINUTE_MS) await this.database.anywhere((q) => markSeen(q, found.id, nowMs, request.ip));
    return signedIn;
  }

  /** A session whatever its stage, as long as it has not ended: for the steps between the password and the open session. */
  async find(request: FastifyRequest): Promise<FoundSession | undefined> {
    const token = readToken(request, this.config);
    const found = token && (await this.database.anywhere((q) => findSession(q, token)));
    if (!found) return undefined;
    if (found.endReason === 'access-ended') throw problem('access-ended');
    if (found.endReason !== null || Date.parse(found.expiresAt) <= this.clock.machineMs()) return undefined;
    // Taking a provider away, or a clinic that does not trust it, ends what it had opened.
    if (found.method === 'single-sign-on' && !trustsProvider(this.config, found.memberships)) return undefined;
    return found;
  }

  private notSignedIn(detail?: string): ProblemError {
    return problem('not-signed-in', { detail, signInWith: this.config.singleSignOn?.name });
  }

  /** Ends this session where it is one, and takes the cookie back in any case. */
  async signOut(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const found = await this.find(request).catch(() => undefined);
    if (found) {
      const membership = workingIn(found);
      const nowMs = this.clock.machineMs();
      if (membership && found.stage === 'open')
        await this.database.transaction({ clinicId: membership.clinicId, actorId: membership.membershipId }, async (tx) => {
          await endSessions(tx, { userId: found.userId, only: found.id }, 'signed-out', nowMs);
          await auditOwn(tx, membership, this.clock.now(), request.id, 'session.sign-out');
        });
      else await this.end(found, { only: found.id }, 'signed-out');
    }
    this.forgetCookie(reply);
  }

  /** From the next request on, this session works in another clinic of the same person. */
  async switchClinic(clinicId: string, request: FastifyRequest): Promise<SignedIn> {
    const found = await this.find(request);
    if (!found?.memberships.some((membership) => membership.clinicId === clinicId))
      throw problem('not-found', { detail: 'You are not a member of that clinic.' });
    await this.database.anywhere((q) => q.query('UPDATE auth.session SET clinic_id = $1 WHERE id = $2', [clinicId, found.id]));
    return this.whoIs(request);
  }

  giveCookie(reply: FastifyReply, token: string, forMs: number): void {
    setCookie(reply, this.config, cookieName(this.config), token, forMs / 1000);
  }

  forgetCookie(reply: FastifyReply): void {
    setCookie(reply, this.config, cookieName(this.config), '', 0);
  }

  /** Who somebody with these memberships is while they work in one of them. */
  describe(found: FoundSession, requestId: string): SignedIn {
    const { memberships, userId, name, email, id, method, provenAt } = found;
    const membership = workingIn(found);
    if (!membership) throw problem('access-ended', { detail: 'This account belongs to no clinic any more.' });
    const { clinicId, membershipId, role, timeZone } = membership;
    const caller: Caller = { clinicId, membershipId, userId, role, name, timeZone, requestId };
    return { caller, email, membership, others: memberships.filter((other) => other !== membership), sessionId: id, method, provenAt };
  }

  private end({ userId }: FoundSession, which: { only?: string; except?: string }, reason: EndReason): Promise<number> {
    return this.database.anywhere((q) => endSessions(q, { userId, ...which }, reason, this.clock.machineMs()));
  }
}

/** Whether the organisation's provider may speak for somebody: it is set up, and every clinic they work in trusts it. */
export function trustsProvider({ singleSignOn }: Pick<Config, 'singleSignOn'>, memberships: readonly Membership[]): boolean {
  if (!singleSignOn) return false;
  const { clinicIds } = singleSignOn;
  return clinicIds === undefined || memberships.every(({ clinicId }) => clinicIds.includes(clinicId));
}

/** The clinic that was chosen, or the first one; the name decides, so that it is the same each time. */
export const workingIn = ({ memberships, chosenClinicId }: Pick<FoundSession, 'memberships' | 'chosenClinicId'>): Membership | undefined =>
  memberships.find(({ clinicId }) => clinicId === chosenClinicId) ?? memberships[0];
