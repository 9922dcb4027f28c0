// Time-based codes (RFC 6238) and the recovery codes beside them. A secret counts once a code of it was right; no code works twice.
import { Inject, Injectable } from '@nestjs/common';
import type { Queryable } from '@vastus/db';
import { generateSecret, generateURI, verify } from 'otplib';
import { Clock } from '../clock.js';
import { Config } from '../config.js';
import { invalid, type ProblemError } from '../problems/problem.js';
import { Sealer } from './sealed.js';
import { hashOf, newRecoveryCode } from './tokens.js';
import type { SignInAct } from './trail.js';

const ISSUER = 'Vastus';
const CODES = 10;
/** One step of 30 seconds to either side: for clocks that differ, and slow fingers. */
const TOLERANCE_S = 30;
const PROPOSAL_MS = 30 * 60_000;

export interface FactorState {
  enrolledAt: string | null;
  recoveryCodesLeft: number;
}

export type Accepted = 'authenticator' | 'recovery-code' | 'wrong' | 'used-before';

/** Of a code that was refused: what the trail says of it – `failed`, unless it was right once – and the problem that names the field. */
export function refusalOfCode(accepted: Accepted, failed: SignInAct): { act: SignInAct; error: ProblemError } | undefined {
  if (accepted !== 'wrong' && accepted !== 'used-before') return undefined;
  return {
    act: accepted === 'wrong' ? failed : 'second-factor.code-used-again',
    error: invalid('/code', 'wrong-code', 'is not a code of this moment, or was used before'),
  };
}

interface Row {
  secret: string | null;
  proposedSecret: string | null;
  proposedAt: string | null;
}

@Injectable()
export class SecondFactors {
  private readonly sealer: Sealer;

  constructor(
    @Inject(Config) config: Config,
    private readonly clock: Clock,
  ) {
    this.sealer = new Sealer(config, 'second-factor');
  }

  async state(q: Queryable, userId: string): Promise<FactorState> {
    return q.one<FactorState>(
      `SELECT (SELECT confirmed_at FROM auth.second_factor WHERE user_id = $1) AS enrolled_at,
              (SELECT count(*) FROM auth.recovery_code WHERE user_id = $1 AND used_at IS NULL) AS recovery_codes_left`,
      [userId],
    );
  }

  /** A new secret, which changes nothing until `confirm`. */
  async propose(q: Queryable, userId: string, email: string): Promise<{ secret: string; uri: string }> {
    const secret = generateSecret();
    await q.query(
      `INSERT INTO auth.second_factor (user_id, proposed_secret, proposed_at) VALUES ($1, $2, $3)
       ON CONFLICT (user_id) DO UPDATE SET proposed_secret = excluded.proposed_secret, proposed_at = excluded.proposed_at`,
      [userId, this.sealer.seal(secret, userId), this.at(0)],
    );
    return { secret, uri: generateURI({ issuer: ISSUER, label: email, secret }) };
  }

  /** The first right code makes the proposed secret the one that counts. Answers new recovery codes, or nothing for a wrong code. */
  async confirm(q: Queryable, userId: string, code: string): Promise<string[] | undefined> {
    const row = await this.read(q, userId);
    if (!row?.proposedSecret || !row.proposedAt || row.proposedAt < this.at(-PROPOSAL_MS)) return undefined;
    const step = await this.stepOf(row.proposedSecret, userId, code);
    if (step === undefined) return undefined;
    await q.query(
      `UPDATE auth.second_factor SET secret = proposed_secret, confirmed_at = $2, last_step = $3, proposed_secret = NULL, proposed_at = NULL
        WHERE user_id = $1`,
      [userId, this.at(0), step],
    );
    return this.renewCodes(q, userId);
  }

  /** Whether the code is right and new; it is used up by asking. Right and used before: somebody else may have read it. */
  async accept(q: Queryable, userId: string, code: string): Promise<Accepted> {
    if (code.length !== 6) {
      const which = [userId, hashOf(code)];
      const { count } = await q.query(
        'UPDATE auth.recovery_code SET used_at = $3 WHERE user_id = $1 AND code_hash = $2 AND used_at IS NULL',
        [...which, this.at(0)],
      );
      if (count === 1) return 'recovery-code';
      return (await q.maybe('SELECT 1 FROM auth.recovery_code WHERE user_id = $1 AND code_hash = $2', which)) ? 'used-before' : 'wrong';
    }
    const row = await this.read(q, userId);
    const step = row?.secret ? await this.stepOf(row.secret, userId, code) : undefined;
    if (step === undefined) return 'wrong';
    // Two instances may be asked at once: one of them moves the step on.
    const { count } = await q.query(
      'UPDATE auth.second_factor SET last_step = $2 WHERE user_id = $1 AND (last_step IS NULL OR last_step < $2)',
      [userId, step],
    );
    return count === 1 ? 'authenticator' : 'used-before';
  }

  /** Encrypts anew what is still encrypted under the secret before. Nobody notices; a factor that was changed meanwhile stays as it is. */
  async sealAnew(q: Queryable): Promise<{ renewed: number; lost: number }> {
    const rows = await q.many<Row & { userId: string }>('SELECT user_id, secret, proposed_secret FROM auth.second_factor ORDER BY user_id');
    const count = { renewed: 0, lost: 0 };
    for (const { userId, secret, proposedSecret } of rows) {
      for (const [column, sealed] of [['secret', secret] as const, ['proposed_secret', proposedSecret] as const]) {
        const again = sealed === null ? 'current' : this.sealer.renew(sealed, userId);
        if (again === 'lost') count.lost++;
        if (typeof again === 'string') continue;
        const which = [userId, sealed, again.sealed];
        count.renewed += (await q.query(`UPDATE auth.second_factor SET ${column} = $3 WHERE user_id = $1 AND ${column} = $2`, which)).count;
      }
    }
    return count;
  }

  async renewCodes(q: Queryable, userId: string): Promise<string[]> {
    const codes = Array.from({ length: CODES }, newRecoveryCode);
    await q.query('DELETE FROM auth.recovery_code WHERE user_id = $1', [userId]);
    await q.query('INSERT INTO auth.recovery_code (user_id, code_hash) SELECT $1, unnest($2::text[])', [
      userId,
      codes.map(({ plain }) => hashOf(plain)),
    ]);
    return codes.map(({ shown }) => shown);
  }

  /** Answers whether there was one. */
  async forget(q: Queryable, userId: string): Promise<boolean> {
    await q.query('DELETE FROM auth.recovery_code WHERE user_id = $1', [userId]);
    return (await q.query('DELETE FROM auth.second_factor WHERE user_id = $1', [userId])).count > 0;
  }

  private read(q: Queryable, userId: string): Promise<Row | undefined> {
    return q.maybe<Row>('SELECT secret, proposed_secret, proposed_at FROM auth.second_factor WHERE user_id = $1', [userId]);
  }

  private async stepOf(sealed: string, userId: string, code: string): Promise<number | undefined> {
    const secret = this.sealer.open(sealed, userId);
    // Sealed with a secret of the installation that is gone: an administrator resets the factor.
    if (secret === undefined || !/^\d{6}$/.test(code)) return undefined;
    const epoch = Math.floor(this.clock.machineMs() / 1000);
    const answer = await verify({ secret, token: code, epoch, epochTolerance: TOLERANCE_S });
    return answer.valid && 'timeStep' in answer ? answer.timeStep : undefined;
  }

  private at(plusMs: number): string {
    return new Date(this.clock.machineMs() + plusMs).toISOString();
  }
}
