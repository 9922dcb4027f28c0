// The only place where time is read. Everything else is handed `now` or `today` as an argument.
import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { type ClinicDate, dateInZone, type Instant, type TimeZone } from '@vastus/clinical';
import { Database, Listener } from '@vastus/db';
import { Config } from './config.js';

export const CLOCK_CHANNEL = 'vastus_clock';

/** For tools that run without the application, and so without its clock. */
export const machineNow = (): Instant => new Date().toISOString();

@Injectable()
export class Clock implements OnModuleInit, OnModuleDestroy {
  private offsetMs = 0;
  // Readings overlap: one that began before a newer one, or before the clock was set here, is out of date when it arrives.
  private turn = 0;
  private takenTurn = 0;
  private stop: (() => void) | undefined;

  constructor(
    @Inject(Config) private readonly config: Config,
    private readonly database: Database,
    private readonly listener: Listener,
  ) {}

  now(): Instant {
    return new Date(Date.now() + this.offsetMs).toISOString();
  }

  today(zone: TimeZone): ClinicDate {
    return dateInZone(this.now(), zone);
  }

  /** Milliseconds of the machine's own clock, which no test moves: for sessions, rate limits and leases, never for a record. */
  machineMs(): number {
    return Date.now();
  }

  get offset(): number {
    return this.offsetMs;
  }

  async onModuleInit(): Promise<void> {
    if (!this.config.testClock) return;
    this.stop = await this.listener.on(CLOCK_CHANNEL, () => void this.refresh().catch(() => {}));
    await this.refresh();
  }

  onModuleDestroy(): void {
    this.stop?.();
  }

  /** Takes over what another process set. Free where there is no test clock. */
  async refresh(): Promise<void> {
    if (!this.config.testClock) return;
    const turn = ++this.turn;
    const { offsetMs } = await this.database.anywhere((q) => q.one<{ offsetMs: number }>('SELECT offset_ms FROM test_clock'));
    this.take(turn, offsetMs);
  }

  /** Test clock only: from now on it is `instant`, in every process on this database. */
  async set(instant: Instant): Promise<void> {
    if (!this.config.testClock) throw new Error('the clock cannot be set: VASTUS_TEST_CLOCK is off');
    const offsetMs = new Date(instant).getTime() - Date.now();
    this.take(++this.turn, offsetMs);
    await this.database.anywhere((q) =>
      q.query(`WITH moved AS (UPDATE test_clock SET offset_ms = $1 RETURNING 1) SELECT pg_notify($2, '') FROM moved`, [
        offsetMs,
        CLOCK_CHANNEL,
      ]),
    );
    this.take(++this.turn, offsetMs);
  }

  async advance(ms: number): Promise<void> {
    await this.set(new Date(Date.now() + this.offsetMs + ms).toISOString());
  }

  private take(turn: number, offsetMs: number): void {
    if (turn < this.takenTurn) return;
    this.takenTurn = turn;
    this.offsetMs = offsetMs;
  }
}

// A tablet's clock may run a little ahead of the server's.
const TOLERANCE_MS = 2 * 60_000;

/** Whether something said to have happened lies in the future, beyond what clocks differ by. */
export const isFuture = (instant: Instant, now: Instant): boolean => Date.parse(instant) > Date.parse(now) + TOLERANCE_MS;
