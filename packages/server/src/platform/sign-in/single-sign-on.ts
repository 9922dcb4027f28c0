// From an identity of the organisation's provider to somebody who works here. Nobody is made by signing in: an identity is linked once,
// to an account that was invited, and from then on only its issuer and subject count.
import { Inject, Injectable } from '@nestjs/common';
import type { Input, NextStep, startSingleSignOn } from '@vastus/contract';
import { Database, newId, type Queryable } from '@vastus/db';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Clock } from '../clock.js';
import { Config } from '../config.js';
import { problem } from '../problems/problem.js';
import { findAccount } from './accounts.js';
import { Attempts } from './attempts.js';
import { cookieName, readCookie, setCookie } from './cookies.js';
import { type Begun, type Identity, IdentityProvider } from './identity-provider.js';
import { Sealer } from './sealed.js';
import { type Membership, membershipsOf } from './session-store.js';
import { Sessions, type SignedIn, trustsProvider, workingIn } from './sessions.js';
import { type Person, SignIn } from './sign-in.js';
import { auditAttempt, auditOwn } from './trail.js';

interface Transaction extends Begun {
  /** Where in the dashboard the person wanted to go. */
  to: string;
  beganMs: number;
  /** Whose account takes the identity that comes back; nobody's where somebody signs in. */
  linkTo?: string;
}

type Way = Input<typeof startSingleSignOn>['body'];

/** Typing a password and a code at the provider. */
const PATIENCE_MS = 15 * 60_000;
const ABOUT = 'transaction';
/** Where in the dashboard somebody links an identity. */
const ACCOUNT = '/account';
const LINKED = `SELECT u."id", u."name", u."email" FROM auth."account" a JOIN auth."user" u ON u."id" = a."userId"
                 WHERE a."providerId" = $1 AND a."accountId" = $2`;

@Injectable()
export class SingleSignOn {
  private readonly sealer: Sealer;
  private readonly cookie: string;

  constructor(
    @Inject(Config) private readonly config: Config,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly attempts: Attempts,
    private readonly provider: IdentityProvider,
    private readonly entrance: SignIn,
    private readonly sessions: Sessions,
  ) {
    this.sealer = new Sealer(config, 'single-sign-on');
    this.cookie = cookieName(config, 'vastus.single-sign-on');
  }

  /** Where the browser goes. It takes a cookie along that only we can read, by which it is known when it comes back. */
  begin(way: Way, request: FastifyRequest, reply: FastifyReply): Promise<{ location: string }> {
    return this.send(way, request, reply);
  }

  /** The same way, for somebody who is signed in and has just proven it: what comes back is theirs, whatever address it has. */
  async beginToLink({ caller: { userId } }: SignedIn, request: FastifyRequest, reply: FastifyReply): Promise<{ location: string }> {
    await this.refuseUntrusted({ id: userId }, request);
    if (await this.database.anywhere((q) => linkedAt(q, userId)))
      throw problem('state-changed', { detail: 'This account is linked already.' });
    return this.send({ to: ACCOUNT, fresh: true }, request, reply, userId);
  }

  private async send({ to, fresh }: Way, request: FastifyRequest, reply: FastifyReply, linkTo?: string): Promise<{ location: string }> {
    const { location, begun } = await this.provider.begin(request.id, fresh);
    const transaction: Transaction = { ...begun, to, beganMs: this.clock.machineMs(), linkTo };
    setCookie(reply, this.config, this.cookie, this.sealer.seal(JSON.stringify(transaction), ABOUT), PATIENCE_MS / 1000);
    return { location };
  }

  /** The browser is back. Whatever comes of it, what it began is used up. */
  async finish(query: string, request: FastifyRequest, reply: FastifyReply): Promise<{ answer: SignedIn | NextStep; to: string }> {
    const begun = this.begunBy(request);
    setCookie(reply, this.config, this.cookie, '', 0);
    if (!begun) throw problem('single-sign-on-failed', { detail: 'This browser did not begin to sign in, or it was too long ago.' });
    const forgive = await this.attempts.providerAnswer(request.ip);
    const identity = await this.provider.finish(query, begun, request.id);
    if (begun.linkTo !== undefined) {
      const who = await this.linkOwn(begun.linkTo, identity, request);
      await forgive();
      return { answer: who, to: begun.to };
    }
    const person = await this.personOf(identity, request);
    const { twoFactors, provenMs } = identity;
    const answer = await this.entrance.enter(person, { method: 'single-sign-on', twoFactors, provenMs }, request, reply);
    await forgive();
    return { answer, to: begun.to };
  }

  /** By the person who began it, in a session that still stands; it goes on as it was. */
  private async linkOwn(userId: string, identity: Identity, request: FastifyRequest): Promise<SignedIn> {
    const who = await this.sessions.whoIs(request);
    if (who.caller.userId !== userId)
      throw problem('single-sign-on-failed', { detail: 'Somebody else is signed in with this browser by now.' });
    const memberships = await this.refuseUntrusted({ id: userId }, request);
    if (!(await this.link(identity, { id: userId }, memberships, request))) throw problem('identity-taken');
    return who;
  }

  private begunBy(request: FastifyRequest): Transaction | undefined {
    const sealed = readCookie(request, this.cookie);
    const text = sealed && this.sealer.open(sealed, ABOUT);
    if (!text) return undefined;
    const transaction = JSON.parse(text) as Transaction;
    return this.clock.machineMs() - transaction.beganMs > PATIENCE_MS ? undefined : transaction;
  }

  /** Who works here with this identity: linked before, or now, by an address that the provider vouches for. */
  private async personOf(identity: Identity, request: FastifyRequest): Promise<Person> {
    const linked = await this.database.anywhere((q) => findLinked(q, identity));
    if (linked) {
      await this.refuseUntrusted(linked, request);
      return linked;
    }
    const { email } = identity;
    if (email === undefined) throw problem(identity.emailIs === 'unverified' ? 'unverified-email' : 'unknown-identity');
    const account = isPlain(email) ? await this.database.anywhere((q) => findAccount(q, email)) : undefined;
    if (!account) throw problem('unknown-identity');
    const memberships = await this.refuseUntrusted(account, request);
    if (!(await this.link(identity, account, memberships, request))) {
      await this.note(memberships, 'other-identity', request);
      throw problem('unknown-identity');
    }
    return account;
  }

  /** Once, for good: an account that has an identity of this issuer takes no second one, whatever its address says. */
  private async link(
    { issuer, subject }: Identity,
    { id }: Pick<Person, 'id'>,
    memberships: Membership[],
    request: FastifyRequest,
  ): Promise<boolean> {
    const membership = workingIn({ memberships, chosenClinicId: null });
    if (!membership) throw problem('access-ended', { detail: 'This account belongs to no clinic.' });
    const now = this.clock.now();
    return this.database.transaction({ clinicId: membership.clinicId, actorId: membership.membershipId }, async (tx) => {
      const { count } = await tx.query(
        `INSERT INTO auth."account" ("id", "accountId", "providerId", "userId", "createdAt", "updatedAt") VALUES ($1, $2, $3, $4, $5, $5)
         ON CONFLICT DO NOTHING`,
        [newId(), subject, issuer, id, now],
      );
      if (count === 1) await auditOwn(tx, membership, now, request.id, 'single-sign-on.link', { issuer, address: request.ip });
      // Two tabs may come back at once.
      return count === 1 || (await findLinked(tx, { issuer, subject }))?.id === id;
    });
  }

  private async refuseUntrusted({ id }: Pick<Person, 'id'>, request: FastifyRequest): Promise<Membership[]> {
    const memberships = await this.database.anywhere((q) => membershipsOf(q, id));
    if (trustsProvider(this.config, memberships)) return memberships;
    await this.note(memberships, 'clinic-does-not-trust-it', request);
    throw problem('unknown-identity');
  }

  private async note(memberships: readonly Membership[], reason: string, { id, ip }: FastifyRequest): Promise<void> {
    const details = { method: 'single-sign-on', reason, address: ip };
    await auditAttempt(this.database, this.clock, memberships, id, 'session.sign-in-failed', details);
  }
}

const findLinked = (q: Queryable, { issuer, subject }: Pick<Identity, 'issuer' | 'subject'>) => q.maybe<Person>(LINKED, [issuer, subject]);

/** Letters that only become the account's when they are made lower case – the Kelvin sign is a k then – are somebody else's address. */
const isPlain = (email: string): boolean => /^[\x21-\x7e]+$/.test(email);

/** Takes the link with the provider back; answers whether there was one. */
export async function forgetIdentity(q: Queryable, userId: string): Promise<boolean> {
  return (await q.query(`DELETE FROM auth."account" WHERE "userId" = $1 AND "providerId" <> 'credential'`, [userId])).count > 0;
}

export async function linkedAt(q: Queryable, userId: string): Promise<string | null> {
  const { at } = await q.one<{ at: string | null }>(
    `SELECT min("createdAt") AS at FROM auth."account" WHERE "userId" = $1 AND "providerId" <> 'credential'`,
    [userId],
  );
  return at;
}
