// From a cookie to who is asking: the session, the clinic it works in, the role there.
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Role } from '@vastus/clinical';
import { Database, statement } from '@vastus/db';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Clock } from '../clock.js';
import { Config } from '../config.js';
import { Logger } from '../log.js';
import { problem } from '../problems/problem.js';
import type { Caller } from '../routing/caller.js';
import { SignInAttempts } from './attempts.js';
import { type Auth, createAuth } from './auth.js';

export interface Membership {
  clinicId: string;
  membershipId: string;
  role: Role;
  clinicName: string;
  timeZone: string;
  isDemo: boolean;
}

export interface SignedIn {
  caller: Caller;
  email: string;
  membership: Membership;
  others: Membership[];
}

const RETRY_AFTER_S = 5;

const MEMBERSHIPS = statement('memberships-of-user', 'SELECT * FROM memberships_of_user($1)');

@Injectable()
export class Sessions implements OnApplicationShutdown {
  private readonly auth: Auth;
  private readonly attempts: SignInAttempts;

  constructor(
    @Inject(Config) config: Config,
    logger: Logger,
    private readonly database: Database,
    clock: Clock,
  ) {
    this.auth = createAuth(config, logger);
    this.attempts = new SignInAttempts(database, clock);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.auth.close();
  }

  /** Who has the session of this request's cookie. */
  async whoIs(request: FastifyRequest, reply: FastifyReply): Promise<SignedIn> {
    if (!request.headers.cookie) throw problem('not-signed-in');
    const found = await refusalIsNone(
      this.auth.auth.api.getSession({ headers: new Headers({ cookie: request.headers.cookie }), returnHeaders: true }),
    );
    if (!found?.response) throw problem('not-signed-in');
    const { response, headers } = found;
    passCookies(headers, reply);
    return this.describe(response.user, response.session.clinicId ?? undefined, request.id);
  }

  /** Counts the attempt, checks the password, sets the cookie. */
  async signIn(email: string, password: string, request: FastifyRequest, reply: FastifyReply): Promise<SignedIn> {
    const forgive = await this.attempts.count(email, request.ip);
    // Whatever the library finds wrong with an address or a password, the person is told the same.
    const answer = await refusalIsNone(
      this.auth.auth.api.signInEmail({
        body: { email, password },
        headers: new Headers({ 'user-agent': (request.headers['user-agent'] ?? '').slice(0, 200) }),
        returnHeaders: true,
      }),
    );
    if (!answer) throw problem('wrong-credentials');
    await forgive();
    const signedIn = await this.describe(answer.response.user, undefined, request.id);
    passCookies(answer.headers, reply);
    return signedIn;
  }

  async signOut(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { headers } = await this.auth.auth.api.signOut({
      headers: new Headers({ cookie: request.headers.cookie ?? '' }),
      returnHeaders: true,
    });
    passCookies(headers, reply);
  }

  /** From the next request on, this session works in another clinic of the same person. */
  async switchClinic(clinicId: string, request: FastifyRequest, reply: FastifyReply): Promise<SignedIn> {
    const session = await refusalIsNone(this.auth.auth.api.getSession({ headers: new Headers({ cookie: request.headers.cookie ?? '' }) }));
    if (!session) throw problem('not-signed-in');
    const memberships = await this.membershipsOf(session.user.id);
    if (!memberships.some((membership) => membership.clinicId === clinicId))
      throw problem('not-found', { detail: 'You are not a member of that clinic.' });
    await this.database.anywhere((q) =>
      q.query('UPDATE auth."session" SET "clinicId" = $1 WHERE "id" = $2', [clinicId, session.session.id]),
    );
    return this.whoIs(request, reply);
  }

  private async membershipsOf(userId: string): Promise<Membership[]> {
    return this.database.anywhere((q) => q.many<Membership>(MEMBERSHIPS, [userId]));
  }

  private async describe(
    user: { id: string; name: string; email: string },
    chosenClinicId: string | undefined,
    requestId: string,
  ): Promise<SignedIn> {
    const memberships = await this.membershipsOf(user.id);
    const membership = memberships.find(({ clinicId }) => clinicId === chosenClinicId) ?? memberships[0];
    if (!membership) throw problem('not-permitted', { detail: 'This account belongs to no clinic.' });
    const { clinicId, membershipId, role, timeZone } = membership;
    const caller: Caller = { clinicId, membershipId, userId: user.id, role, name: user.name, timeZone, requestId };
    return { caller, email: user.email, membership, others: memberships.filter((other) => other !== membership) };
  }
}

/** The library's refusal is an answer. Its fault is not: it is the database that is away, whose error the library keeps to its log. */
async function refusalIsNone<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'APIError' || !('statusCode' in error)) throw error;
    if (Number(error.statusCode) < 500) return undefined;
    throw problem('unavailable', { retryAfter: RETRY_AFTER_S });
  }
}

function passCookies(headers: Headers, reply: FastifyReply): void {
  for (const cookie of headers.getSetCookie()) reply.header('set-cookie', cookie);
}
