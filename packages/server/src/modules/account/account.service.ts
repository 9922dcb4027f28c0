// What people look after by themselves. Whoever changes how they sign in proves who they are again, and it is in the audit trail.
import { Inject, Injectable } from '@nestjs/common';
import type { Account, AccountSession, Answer, confirmSecondFactor, listAccountChanges, listAccountSessions } from '@vastus/contract';
import { Database, type Tx } from '@vastus/db';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Clock } from '../../platform/clock.js';
import { Config } from '../../platform/config.js';
import { invalid, problem } from '../../platform/problems/problem.js';
import { findAccount, setPassword } from '../../platform/sign-in/accounts.js';
import { Attempts } from '../../platform/sign-in/attempts.js';
import { browserOf, markTold, newsBetween } from '../../platform/sign-in/known-browsers.js';
import { hashPassword } from '../../platform/sign-in/password.js';
import { refusalOf } from '../../platform/sign-in/password-policy.js';
import { Proofs } from '../../platform/sign-in/proofs.js';
import { SecondFactors } from '../../platform/sign-in/second-factor.js';
import { endSessions, type FoundSession, type Membership } from '../../platform/sign-in/session-store.js';
import { Sessions, type SignedIn, workingIn } from '../../platform/sign-in/sessions.js';
import { SignIn } from '../../platform/sign-in/sign-in.js';
import { forgetIdentity, linkedAt } from '../../platform/sign-in/single-sign-on.js';
import { auditOwn } from '../../platform/sign-in/trail.js';
import { changesOf, type FoundChange, inOrder } from './changes.js';

type Recovery = Answer<typeof confirmSecondFactor>;

@Injectable()
export class AccountService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly sessionsOpen: Sessions,
    private readonly factors: SecondFactors,
    private readonly attempts: Attempts,
    private readonly proofs: Proofs,
    private readonly entrance: SignIn,
    @Inject(Config) private readonly config: Config,
  ) {}

  async read({ caller, email, membership, others }: SignedIn): Promise<Account> {
    const { account, state, linked } = await this.database.anywhere(async (q) => ({
      account: await findAccount(q, email),
      state: await this.factors.state(q, caller.userId),
      linked: await linkedAt(q, caller.userId),
    }));
    const required = isRequired([membership, ...others]);
    return {
      name: caller.name,
      email,
      hasPassword: Boolean(account?.passwordHash),
      secondFactor: { ...state, required },
      singleSignOn: { name: this.config.singleSignOn?.name ?? null, linkedAt: linked },
    };
  }

  async changePassword(
    who: SignedIn,
    { currentPassword, newPassword }: { currentPassword: string; newPassword: string },
    request: FastifyRequest,
  ): Promise<{ sessionsEnded: number }> {
    const { caller, email, membership } = who;
    await this.proofs.password(who, currentPassword, '/currentPassword', request);
    const refusal = await refusalOf(newPassword, [email, caller.name, membership.clinicName, currentPassword], '/newPassword');
    if (refusal) throw refusal;
    const hash = await hashPassword(newPassword);
    return this.change(who, async (tx) => {
      await setPassword(tx, this.machineNow(), caller.userId, hash);
      const sessionsEnded = await endSessions(
        tx,
        { userId: caller.userId, except: who.sessionId },
        'password-changed',
        this.clock.machineMs(),
      );
      await auditOwn(tx, membership, this.clock.now(), caller.requestId, 'password.change', { sessionsEnded });
      return { sessionsEnded };
    });
  }

  async sessions({ caller, sessionId }: SignedIn): Promise<Answer<typeof listAccountSessions>> {
    const rows = await this.database.anywhere((q) =>
      q.many<Omit<AccountSession, 'current'>>(
        `SELECT id, device, address, method, created_at AS signed_in_at, last_seen_at FROM auth.session
          WHERE user_id = $1 AND stage = 'open' AND ended_at IS NULL AND expires_at > $2 ORDER BY last_seen_at DESC, id DESC LIMIT 100`,
        [caller.userId, this.machineNow()],
      ),
    );
    return { items: rows.map((row) => ({ ...row, current: row.id === sessionId })) };
  }

  /** What changed in every clinic they work in, and what of it this browser has not told yet. */
  async changes({ caller, membership, others }: SignedIn, request: FastifyRequest): Promise<Answer<typeof listAccountChanges>> {
    const now = this.clock.now();
    const news = await this.database.anywhere((q) => newsBetween(q, caller.userId, browserOf(request, this.config), now));
    const found: FoundChange[] = [];
    for (const { clinicId, membershipId } of [membership, ...others])
      found.push(
        ...(await this.database.transaction({ clinicId, actorId: membershipId, readOnly: true }, (tx) => changesOf(tx, membershipId, now))),
      );
    return { items: inOrder(found, news) };
  }

  async noteChanges({ caller }: SignedIn, request: FastifyRequest): Promise<{ noted: true }> {
    const browser = browserOf(request, this.config);
    if (browser) await this.database.anywhere((q) => markTold(q, caller.userId, browser));
    return { noted: true };
  }

  async endSession(who: SignedIn, id: string): Promise<{ sessionsEnded: number }> {
    const sessionsEnded = await this.endSome(who, { only: id });
    if (sessionsEnded === 0) throw problem('not-found');
    return { sessionsEnded };
  }

  async endOthers(who: SignedIn): Promise<{ sessionsEnded: number }> {
    return { sessionsEnded: await this.endSome(who, { except: who.sessionId }) };
  }

  /** For somebody signed in, or on the way in, where the clinic asks for a second factor. */
  async proposeFactor(request: FastifyRequest): Promise<{ secret: string; uri: string }> {
    const found = await this.enrolling(request);
    return this.database.anywhere((q) => this.factors.propose(q, found.userId, found.email));
  }

  async confirmFactor(code: string, request: FastifyRequest, reply: FastifyReply): Promise<Recovery> {
    const found = await this.enrolling(request);
    const membership = workingIn(found);
    if (!membership) throw problem('access-ended');
    const forgive = await this.attempts.code(found.userId, async () => {});
    const { clinicId, membershipId } = membership;
    const recoveryCodes = await this.database.transaction({ clinicId, actorId: membershipId }, async (tx) => {
      const codes = await this.factors.confirm(tx, found.userId, code);
      if (codes) await auditOwn(tx, membership, this.clock.now(), request.id, 'second-factor.enrol');
      return codes;
    });
    if (!recoveryCodes) throw invalid('/code', 'wrong-code', 'is not a code of the proposed secret, or the proposal is too old');
    await forgive();
    if (found.stage !== 'open') await this.entrance.goOn(found, request, reply);
    return { recoveryCodes };
  }

  async renewCodes(who: SignedIn, request: FastifyRequest): Promise<Recovery> {
    await this.requireFactor(who);
    const recoveryCodes = await this.change(who, async (tx) => {
      await auditOwn(tx, who.membership, this.clock.now(), request.id, 'second-factor.renew-codes');
      return this.factors.renewCodes(tx, who.caller.userId);
    });
    return { recoveryCodes };
  }

  async removeFactor(who: SignedIn, request: FastifyRequest): Promise<{ removed: true }> {
    if (isRequired([who.membership, ...who.others]))
      throw problem('state-changed', { detail: 'The clinic asks everybody of this role for a second factor.' });
    await this.requireFactor(who);
    await this.change(who, async (tx) => {
      await this.factors.forget(tx, who.caller.userId);
      await auditOwn(tx, who.membership, this.clock.now(), request.id, 'second-factor.remove');
    });
    return { removed: true };
  }

  /** Who parts from the provider keeps the password, and every other browser signs in anew. */
  async unlink(who: SignedIn, request: FastifyRequest): Promise<{ sessionsEnded: number }> {
    return this.change(who, async (tx) => {
      if (!(await forgetIdentity(tx, who.caller.userId))) throw problem('state-changed', { detail: 'This account is not linked.' });
      const which = { userId: who.caller.userId, except: who.sessionId };
      const sessionsEnded = await endSessions(tx, which, 'ended-elsewhere', this.clock.machineMs());
      await auditOwn(tx, who.membership, this.clock.now(), request.id, 'single-sign-on.unlink', { sessionsEnded });
      return { sessionsEnded };
    });
  }

  private async endSome(who: SignedIn, which: { only?: string; except?: string }): Promise<number> {
    return this.change(who, async (tx) => {
      const ended = await endSessions(tx, { userId: who.caller.userId, ...which }, 'ended-elsewhere', this.clock.machineMs());
      if (ended > 0) await auditOwn(tx, who.membership, this.clock.now(), who.caller.requestId, 'session.end', { sessionsEnded: ended });
      return ended;
    });
  }

  /** A session that may enrol: an open one, or one that waits for just that. */
  private async enrolling(request: FastifyRequest): Promise<FoundSession> {
    const found = await this.sessionsOpen.find(request);
    if (found?.stage === 'enrolment') return found;
    // An open session is looked at as closely as everywhere else.
    await this.sessionsOpen.whoIs(request);
    return found as FoundSession;
  }

  private async requireFactor({ caller }: SignedIn): Promise<void> {
    const { enrolledAt } = await this.database.anywhere((q) => this.factors.state(q, caller.userId));
    if (!enrolledAt) throw problem('state-changed', { detail: 'There is no second factor.' });
  }

  private change<T>({ caller }: SignedIn, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.database.transaction({ clinicId: caller.clinicId, actorId: caller.membershipId }, work);
  }

  private machineNow(): string {
    return new Date(this.clock.machineMs()).toISOString();
  }
}

const isRequired = (memberships: readonly Membership[]) => memberships.some(({ needsSecondFactor }) => needsSecondFactor);
