// Who sits there, asked once more before an act that binds the clinic or opens a door. A proof stands with the session it was given in,
// and lasts for minutes. Signing in is one; so is the password with the code, or signing in at the organisation's provider again.
import { Inject, Injectable } from '@nestjs/common';
import type { Input, proveSession, WaysToProve } from '@vastus/contract';
import { Database } from '@vastus/db';
import type { FastifyRequest } from 'fastify';
import { Clock } from '../clock.js';
import { Config } from '../config.js';
import { invalid, problem } from '../problems/problem.js';
import { findAccount } from './accounts.js';
import { Attempts } from './attempts.js';
import { isPassword } from './password.js';
import { refusalOfCode, SecondFactors } from './second-factor.js';
import { type Membership, markProven } from './session-store.js';
import { type SignedIn, trustsProvider } from './sessions.js';
import { linkedAt } from './single-sign-on.js';
import { auditAttempt, auditOwn, type SignInAct } from './trail.js';

/** How long a proof is good for: to sign and to look after one thing, not for the rest of the shift. */
export const PROOF_MS = 10 * 60_000;

@Injectable()
export class Proofs {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly factors: SecondFactors,
    private readonly attempts: Attempts,
    @Inject(Config) private readonly config: Config,
  ) {}

  /** Refuses whoever has not proven of late, and says how it can be done. */
  async demand(who: SignedIn): Promise<void> {
    if (who.provenAt !== null && this.clock.machineMs() - Date.parse(who.provenAt) < PROOF_MS) return;
    throw problem('proof-required', { proof: await this.waysOf(who) });
  }

  /** Counted as codes are; neither a wrong password nor a wrong code changes anything but the count. */
  async give(
    who: SignedIn,
    { password, code }: Input<typeof proveSession>['body'],
    request: FastifyRequest,
  ): Promise<{ provenUntil: string }> {
    const { caller, membership, sessionId } = who;
    const ways = await this.waysOf(who);
    if (!ways.password) throw problem('state-changed', { detail: 'This account has no password.' });
    if (ways.code && code === undefined) throw invalid('/code', 'required', 'is required');
    const forgive = await this.attempts.passwordAndCode(caller.userId, () => this.note(who, 'session.lock-out', request));
    await this.comparePassword(who, password, '/password', request);
    const accepted = ways.code ? await this.database.anywhere((q) => this.factors.accept(q, caller.userId, String(code))) : null;
    const refusal = accepted && refusalOfCode(accepted, 'session.proof-failed');
    if (refusal) {
      await this.note(who, refusal.act, request);
      throw refusal.error;
    }
    await forgive();
    const nowMs = this.clock.machineMs();
    await this.database.transaction({ clinicId: caller.clinicId, actorId: caller.membershipId }, async (tx) => {
      const own = (act: SignInAct, after?: Record<string, boolean>) => auditOwn(tx, membership, this.clock.now(), request.id, act, after);
      await markProven(tx, sessionId, nowMs);
      if (accepted === 'recovery-code') await own('second-factor.recovery-code-used');
      await own('session.proof', { twoFactors: accepted !== null });
    });
    return { provenUntil: new Date(nowMs + PROOF_MS).toISOString() };
  }

  /** The password alone, where an act asks for it by itself. `pointer` is the field it stands in. */
  async password(who: SignedIn, password: string, pointer: string, request: FastifyRequest): Promise<void> {
    const forgive = await this.attempts.password(who.caller.userId, () => this.note(who, 'session.lock-out', request));
    await this.comparePassword(who, password, pointer, request);
    await forgive();
  }

  private async comparePassword(who: SignedIn, password: string, pointer: string, request: FastifyRequest): Promise<void> {
    const account = await this.database.anywhere((q) => findAccount(q, who.email));
    if (account?.passwordHash && (await isPassword(account.passwordHash, password))) return;
    await this.note(who, 'session.proof-failed', request);
    throw invalid(pointer, 'wrong-password', 'is not your password');
  }

  private async waysOf({ caller, email, membership, others }: SignedIn): Promise<WaysToProve> {
    const { userId } = caller;
    const { account, factor, linked } = await this.database.anywhere(async (q) => ({
      account: await findAccount(q, email),
      factor: await this.factors.state(q, userId),
      linked: await linkedAt(q, userId),
    }));
    const provider = linked !== null && trustsProvider(this.config, [membership, ...others]) ? this.config.singleSignOn : undefined;
    return { password: Boolean(account?.passwordHash), code: factor.enrolledAt !== null, singleSignOn: provider?.name ?? null };
  }

  private note({ membership, others }: SignedIn, act: SignInAct, { id, ip }: FastifyRequest): Promise<void> {
    const memberships: Membership[] = [membership, ...others];
    return auditAttempt(this.database, this.clock, memberships, id, act, { address: ip });
  }
}
