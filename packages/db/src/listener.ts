// Hears NOTIFY on a connection of its own and comes back by itself when that breaks. What was said meanwhile is lost: `onGap` tells.
import pg from 'pg';

export interface ListenerOptions {
  url: string;
  applicationName?: string;
  /** The connection is back after a break; whoever listens should look again at what they may have missed. */
  onGap?: () => void;
  onError?: (error: Error) => void;
}

type Hear = (payload: string) => void;
const PAUSES_MS = [100, 250, 500, 1_000, 2_000, 5_000];

export class Listener {
  private readonly channels = new Map<string, Set<Hear>>();
  private client: pg.Client | undefined;
  private connecting: Promise<void> | undefined;
  private listening: Promise<void> = Promise.resolve();
  private failures = 0;
  private closed = false;
  private waiting: NodeJS.Timeout | undefined;

  constructor(private readonly options: ListenerOptions) {}

  /** Connects; rejects if the first attempt fails (a broken connection later is mended silently). */
  async start(): Promise<void> {
    this.connecting ??= this.connect().catch((error: unknown) => {
      this.connecting = undefined;
      throw error;
    });
    await this.connecting;
  }

  /** Hears `channel` until the returned function is called. */
  async on(channel: string, hear: Hear): Promise<() => void> {
    const hearing = this.channels.get(channel) ?? new Set();
    this.channels.set(channel, hearing.add(hear));
    const first = this.connecting === undefined;
    await this.start();
    if (!first && hearing.size === 1) await this.listen(channel);
    return () => {
      hearing.delete(hear);
    };
  }

  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.waiting);
    await this.connecting?.catch(() => {});
    await this.client?.end();
  }

  // One after the other: the driver wants no second query on a connection that still answers the first.
  private listen(channel: string): Promise<void> {
    const turn = this.listening.then(async () => {
      await this.client?.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
    });
    this.listening = turn.catch(() => {});
    return turn;
  }

  private async connect(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.options.url,
      application_name: this.options.applicationName ?? 'vastus-listener',
      connectionTimeoutMillis: 10_000,
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
    });
    let broken = false;
    const onBreak = (error?: Error) => {
      if (broken || this.closed) return;
      broken = true;
      if (error) this.options.onError?.(error);
      if (this.client !== client) return;
      this.client = undefined;
      client.end().catch(() => {});
      this.reconnectLater();
    };
    client.on('error', onBreak);
    client.on('end', () => onBreak());
    client.on('notification', ({ channel, payload }) => {
      for (const hear of this.channels.get(channel) ?? []) hear(payload ?? '');
    });
    await client.connect();
    this.client = client;
    this.failures = 0;
    for (const channel of this.channels.keys()) await this.listen(channel);
  }

  private reconnectLater(): void {
    if (this.waiting || this.closed) return;
    const pauseMs = PAUSES_MS[Math.min(this.failures++, PAUSES_MS.length - 1)]!;
    this.waiting = setTimeout(() => {
      this.waiting = undefined;
      this.connecting = this.connect();
      this.connecting.then(
        () => this.options.onGap?.(),
        (error: Error) => {
          this.options.onError?.(error);
          this.reconnectLater();
        },
      );
    }, pauseMs);
  }
}
