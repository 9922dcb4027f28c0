// What an invitation's link does for the person who holds it.
import { Injectable } from '@nestjs/common';
import type { Answer, acceptInvitation, Input, NextStep, readInvitation } from '@vastus/contract';
import { Database } from '@vastus/db';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { audit } from '../../platform/audit.js';
import { Clock } from '../../platform/clock.js';
import { invalid, problem } from '../../platform/problems/problem.js';
import { createAccountWithHash, type FoundAccount, findAccount } from '../../platform/sign-in/accounts.js';
import { Attempts } from '../../platform/sign-in/attempts.js';
import { hashPassword, isPassword } from '../../platform/sign-in/password.js';
import { refusalOf } from '../../platform/sign-in/password-policy.js';
import type { SignedIn } from '../../platform/sign-in/sessions.js';
import { SignIn } from '../../platform/sign-in/sign-in.js';
import { type HeldInvitation, heldInvitation, join, placeOf } from './invitations.js';

type Accepted = Input<typeof acceptInvitation>['body'];

@Injectable()
export class JoiningService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly attempts: Attempts,
    private readonly entrance: SignIn,
  ) {}

  async read(token: string, request: FastifyRequest): Promise<Answer<typeof readInvitation>> {
    const { invitation, account } = await this.find(token, request);
    const { clinicName, email, role, expiresAt } = invitation;
    return { clinicName, email, role, expiresAt, hasAccount: account !== undefined };
  }

  /** A new account takes a name and a password; one that exists is entered with its own password, and keeps its name. */
  async accept({ token, name, password }: Accepted, request: FastifyRequest, reply: FastifyReply): Promise<SignedIn | NextStep> {
    const { clinicId, invitation, account } = await this.find(token, request);
    const newcomer = account ? undefined : await this.newcomer(invitation, name, password);
    if (account) await this.proveAccount(account, password, request);
    const now = this.clock.now();
    const person = await this.database.transaction({ clinicId }, async (tx) => {
      const held = await heldInvitation(tx, invitation.id, now);
      if (!held) throw problem('invitation-ended');
      const id = account?.id ?? (await createAccountWithHash(tx, now, { email: held.email, ...newcomer! }));
      const membershipId = await join(tx, held, id, now);
      await audit(tx, { clinicId, membershipId, role: held.role, requestId: request.id }, now, {
        action: 'staff.join',
        subjectType: 'membership',
        subjectId: membershipId,
        after: { email: held.email, role: held.role },
      });
      return { id, name: account?.name ?? newcomer!.name, email: held.email };
    });
    return this.entrance.enter(person, this.entrance.byPassword(), request, reply);
  }

  private async find(token: string, request: FastifyRequest) {
    const forgive = await this.attempts.invitation(request.ip);
    const place = await this.database.anywhere((q) => placeOf(q, token));
    const now = this.clock.now();
    const invitation =
      place && (await this.database.transaction({ clinicId: place.clinicId }, (tx) => heldInvitation(tx, place.invitationId, now)));
    if (!place || !invitation) throw problem('invitation-ended');
    await forgive();
    return {
      clinicId: place.clinicId,
      invitation,
      account: await this.database.anywhere((q) => findAccount(q, invitation.email)),
    };
  }

  private async newcomer({ email, clinicName }: HeldInvitation, name: string | undefined, password: string) {
    if (name === undefined) throw invalid('/name', 'required', 'is required');
    const refusal = await refusalOf(password, [email, name, clinicName], '/password');
    if (refusal) throw refusal;
    return { name, passwordHash: await hashPassword(password) };
  }

  private async proveAccount(account: FoundAccount, password: string, request: FastifyRequest): Promise<void> {
    const forgive = await this.attempts.signIn(account.email, request.ip, async () => {});
    if (!account.passwordHash || !(await isPassword(account.passwordHash, password)))
      throw invalid('/password', 'wrong-password', 'is not the password of your account');
    await forgive();
  }
}
