// How often one session may ask. People ask far more often than keys are used, so each process counts by itself and writes down twenty at a
// time; what was written counts for all instances.
import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import { Config } from '../config.js';
import { ProblemError } from '../problems/problem.js';
import { Attempts } from './attempts.js';

const AT_ONCE = 20;
/** Sessions this process knows of; more are those of a long time. */
const MOST_SESSIONS = 10_000;

@Injectable()
export class RequestRate {
  private readonly unwritten = new Map<string, number>();
  private readonly refused = new Map<string, { untilMs: number; error: ProblemError }>();

  constructor(
    private readonly attempts: Attempts,
    private readonly clock: Clock,
    @Inject(Config) private readonly config: Config,
  ) {}

  /** Counts one request; throws where the session has asked too often within the minute. */
  async note(sessionId: string): Promise<void> {
    const nowMs = this.clock.machineMs();
    const held = this.refused.get(sessionId);
    if (held && held.untilMs > nowMs)
      throw new ProblemError(held.error.code, { ...held.error.details, retryAfter: (held.untilMs - nowMs) / 1000 });
    this.refused.delete(sessionId);
    const count = (this.unwritten.get(sessionId) ?? 0) + 1;
    if (count < AT_ONCE) {
      if (this.unwritten.size >= MOST_SESSIONS) this.unwritten.clear();
      this.unwritten.set(sessionId, count);
      return;
    }
    this.unwritten.delete(sessionId);
    try {
      await this.attempts.sessionUse(sessionId, count, this.config.requestsPerMinute);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      if (this.refused.size >= MOST_SESSIONS) this.refused.clear();
      this.refused.set(sessionId, { untilMs: nowMs + (error.details.retryAfter ?? 0) * 1000, error });
      throw error;
    }
  }
}
