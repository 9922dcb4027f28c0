// The way in: a password or another proof, then the second factor where there is one, then a session. Each step is counted, and
// everything that happens is in the audit trail of the clinic.
import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { NextStep } from '@vastus/contract';
import { Database, type Queryable } from '@vastus/db';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Clock } from '../clock.js';
import { Config } from '../config.js';
import { Logger } from '../log.js';
import { problem } from '../problems/problem.js';
import { findAccount } from './accounts.js';
import { Attempts } from './attempts.js';
import { browserOf, nameBrowser, newBrowserName, noteBrowser } from './known-browsers.js';
import { comparePretended, isPassword } from './password.js';
import { refusalOfCode, SecondFactors } from './second-factor.js';
import {
  endSessions,
  type FoundSession,
  type Membership,
  membershipsOf,
  openSession,
  type SignInMethod,
  type Stage,
} from './session-store.js';
import { SESSION_MS, Sessions, type SignedIn, workingIn } from './sessions.js';
import { auditAttempt, auditOwn, type SignInAct } from './trail.js';

/** Between the password and the code. */
const STEP_MS = 10 * 60_000;
/** Every refusal takes as long: the entry in the trail of an account that exists must not show in the time. */
const REFUSAL_MS = 150;

export interface Person {
  id: string;
  name: string;
  email: string;
}

/** How somebody proved who they are, and when; `twoFactors` where that proof counts for both. */
export interface Proof {
  method: SignInMethod;
  twoFactors: boolean;
  /** Null where a provider does not say when it asked. */
  provenMs: number | null;
}

@Injectable()
export class SignIn {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly logger: Logger,
    private readonly sessions: Sessions,
    private readonly factors: SecondFactors,
    private readonly attempts: Attempts,
    @Inject(Config) private readonly config: Config,
  ) {}

  /** Counts the attempt and checks the password. Whatever is wrong, the answer and the time it takes are the same. */
  async withPassword(email: string, password: string, request: FastifyRequest, reply: FastifyReply): Promise<SignedIn | NextStep> {
    const floor = sleep(REFUSAL_MS);
    const account = await this.database.anywhere((q) => findAccount(q, email));
    const note = (act: SignInAct) => this.noteAttempt(account?.id, act, request);
    const forgive = await this.attempts.signIn(email, request.ip, () => note('session.lock-out'));
    const right = account?.passwordHash ? await isPassword(account.passwordHash, password) : await comparePretended(password);
    if (!account || !right) {
      await note('session.sign-in-failed');
      await floor;
      throw problem('wrong-credentials');
    }
    await forgive();
    return this.enter(account, this.byPassword(), request, reply);
  }

  /** Somebody whose identity is proven: a session, or the step that is missing. */
  async enter(person: Person, proof: Proof, request: FastifyRequest, reply: FastifyReply): Promise<SignedIn | NextStep> {
    const { memberships, enrolledAt } = await this.database.anywhere(async (q) => ({
      memberships: await membershipsOf(q, person.id),
      ...(await this.factors.state(q, person.id)),
    }));
    // Everybody can read the passwords of a demo clinic.
    if (this.config.environment === 'production' && memberships.some(({ isDemo }) => isDemo)) throw problem('wrong-credentials');
    if (memberships.length === 0) throw problem('access-ended', { detail: 'This account belongs to no clinic.' });
    const required = memberships.some(({ needsSecondFactor }) => needsSecondFactor);
    const stage: Stage = proof.twoFactors ? 'open' : enrolledAt ? 'second-factor' : required ? 'enrolment' : 'open';
    if (stage === 'open') return this.open(person, memberships, null, proof, request, reply);
    const nowMs = this.clock.machineMs();
    const { method, provenMs } = proof;
    const waiting = { ...this.browser(request), userId: person.id, stage, method, nowMs, expiresMs: nowMs + STEP_MS, provenMs };
    const before = await this.sessionBefore(request);
    const { token } = await this.database.anywhere(async (q) => {
      await takePlaceOf(q, before, nowMs);
      return openSession(q, waiting);
    });
    this.sessions.giveCookie(reply, token, STEP_MS);
    return { next: stage };
  }

  /** The second step of signing in. */
  async withFactor(code: string, request: FastifyRequest, reply: FastifyReply): Promise<SignedIn> {
    const found = await this.sessions.find(request);
    if (found?.stage !== 'second-factor') throw problem('not-signed-in');
    const accepted = await this.proveFactor(found.userId, found.memberships, code, request);
    return this.goOn(found, request, reply, accepted === 'recovery-code' ? 'second-factor.recovery-code-used' : undefined);
  }

  /** A code of somebody's factor, counted; a wrong one is a 422 that names the field. */
  private async proveFactor(userId: string, memberships: readonly Membership[], code: string, request: FastifyRequest) {
    const forgive = await this.attempts.code(userId, () => this.note(memberships, 'session.lock-out', request));
    const accepted = await this.database.anywhere((q) => this.factors.accept(q, userId, code));
    const refusal = refusalOfCode(accepted, 'session.sign-in-failed');
    if (refusal) {
      await this.note(memberships, refusal.act, request);
      throw refusal.error;
    }
    await forgive();
    return accepted;
  }

  /** The waiting session becomes an open one, with a token of its own: what the half-open browser had is worth nothing more. */
  async goOn(found: FoundSession, request: FastifyRequest, reply: FastifyReply, also?: SignInAct): Promise<SignedIn> {
    const { userId: id, name, email, memberships, method, provenAt } = found;
    const proof = { method, twoFactors: true, provenMs: provenAt === null ? null : Date.parse(provenAt) };
    return this.open({ id, name, email }, memberships, found, proof, request, reply, also);
  }

  private async open(
    person: Person,
    memberships: Membership[],
    waiting: FoundSession | null,
    { method, twoFactors, provenMs }: Proof,
    request: FastifyRequest,
    reply: FastifyReply,
    also?: SignInAct,
  ): Promise<SignedIn> {
    const membership = workingIn({ memberships, chosenClinicId: null });
    if (!membership) throw problem('access-ended', { detail: 'This account belongs to no clinic.' });
    const nowMs = this.clock.machineMs();
    const browser = browserOf(request, this.config) ?? newBrowserName();
    const session = {
      ...this.browser(request),
      userId: person.id,
      stage: 'open' as const,
      method,
      nowMs,
      expiresMs: nowMs + SESSION_MS,
      provenMs,
    };
    const before = waiting ? undefined : await this.sessionBefore(request);
    const { id, token } = await this.database.transaction(
      { clinicId: membership.clinicId, actorId: membership.membershipId },
      async (tx) => {
        if (waiting && (await endSessions(tx, { userId: person.id, only: waiting.id }, 'next-step', nowMs)) === 0)
          throw problem('not-signed-in');
        await takePlaceOf(tx, before, nowMs);
        const opened = await openSession(tx, session);
        const now = this.clock.now();
        const isNew = await noteBrowser(tx, { userId: person.id, browser, now, isDemo: membership.isDemo });
        if (isNew)
          await auditOwn(tx, membership, now, request.id, 'session.new-browser', { address: request.ip, device: session.device ?? null });
        if (also) await auditOwn(tx, membership, this.clock.now(), request.id, also);
        await auditOwn(tx, membership, this.clock.now(), request.id, 'session.sign-in', { method, twoFactors, address: request.ip });
        return opened;
      },
    );
    this.sessions.giveCookie(reply, token, SESSION_MS);
    nameBrowser(reply, this.config, browser);
    const at = new Date(nowMs).toISOString();
    return this.sessions.describe(
      {
        id,
        userId: person.id,
        name: person.name,
        email: person.email,
        chosenClinicId: null,
        stage: 'open',
        method,
        createdAt: at,
        lastSeenAt: at,
        expiresAt: new Date(session.expiresMs).toISOString(),
        provenAt: provenMs === null ? null : new Date(provenMs).toISOString(),
        endReason: null,
        memberships,
      },
      request.id,
    );
  }

  /** A password that was right a moment ago. */
  byPassword(): Proof {
    return { method: 'password', twoFactors: false, provenMs: this.clock.machineMs() };
  }

  /** The session this browser has, whose place the new one takes. */
  private sessionBefore(request: FastifyRequest): Promise<FoundSession | undefined> {
    return this.sessions.find(request).catch(() => undefined);
  }

  private browser(request: FastifyRequest): { address: string; device: string | undefined } {
    return { address: request.ip, device: request.headers['user-agent'] };
  }

  private async noteAttempt(userId: string | undefined, act: SignInAct, request: FastifyRequest): Promise<void> {
    const memberships = userId ? await this.database.anywhere((q) => membershipsOf(q, userId)) : [];
    await this.note(memberships, act, request);
  }

  private async note(memberships: readonly Membership[], act: SignInAct, request: FastifyRequest): Promise<void> {
    this.logger.warn({ requestId: request.id, act, known: memberships.length > 0 }, 'somebody was not let in');
    await auditAttempt(this.database, this.clock, memberships, request.id, act, { address: request.ip });
  }
}

/** A browser has one cookie: whoever signs in there takes the place of the session it had. */
async function takePlaceOf(q: Queryable, before: FoundSession | undefined, nowMs: number): Promise<void> {
  if (before) await endSessions(q, { userId: before.userId, only: before.id }, 'next-step', nowMs);
}

export const isNextStep = (answer: SignedIn | NextStep): answer is NextStep => 'next' in answer;
