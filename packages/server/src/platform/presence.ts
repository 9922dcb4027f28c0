// Each process says now and then that it lives, so that the dashboard can tell whether a worker runs at all, and in which version.
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Database, newId, statement } from '@vastus/db';
import { Clock } from './clock.js';
import { Logger } from './log.js';
import { loggable } from './problems/causes.js';
import { PRODUCT_VERSION } from './version.js';

export type ProcessKind = 'api' | 'worker';

const BEAT_MS = 30_000;
/** Who was not heard of for this long counts as gone. */
export const GONE_AFTER_MS = 4 * BEAT_MS;
const DAY_MS = 86_400_000;

const SEEN = statement(
  'process-seen',
  `WITH gone AS (DELETE FROM process_seen WHERE seen_at < $5)
   INSERT INTO process_seen (id, kind, version, started_at, seen_at) VALUES ($1, $2, $3, $4, $4)
   ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at`,
);

@Injectable()
export class Presence implements OnModuleDestroy {
  private readonly id = newId();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** From now on. A database that is away is asked again at the next beat. */
  announce(kind: ProcessKind): void {
    const beat = () => {
      const nowMs = this.clock.machineMs();
      const values = [this.id, kind, PRODUCT_VERSION, new Date(nowMs).toISOString(), new Date(nowMs - DAY_MS).toISOString()];
      this.database
        .anywhere((q) => q.query(SEEN, values))
        .catch((error: unknown) => this.logger.warn({ err: loggable(error) }, 'this process could not say that it lives'));
    };
    beat();
    this.timer = setInterval(beat, BEAT_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }
}
