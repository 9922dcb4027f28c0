import { Controller, Inject, type OnModuleDestroy, Res } from '@nestjs/common';
import { listenToChanges } from '@vastus/contract';
import type { FastifyReply } from 'fastify';
import type { Caller } from '../routing/caller.js';
import { By, Handles } from '../routing/handles.js';
import { LiveChanges } from './live.js';

const HEARTBEAT_MS = 25_000;
// The browser reconnects by itself, and so shows its session again.
const LIFE_MS = 15 * 60_000;

@Controller()
export class LiveController implements OnModuleDestroy {
  private readonly streams = new Set<() => void>();

  constructor(@Inject(LiveChanges) private readonly changes: LiveChanges) {}

  @Handles(listenToChanges)
  listen(@By() caller: Caller, @Res() reply: FastifyReply): void {
    reply.hijack();
    const stream = reply.raw;
    // A proxy that buffers would keep the news to itself.
    stream.writeHead(200, {
      ...reply.getHeaders(),
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    } as Record<string, string>);
    stream.write('retry: 2000\n\n');
    const forget = this.changes.listen(caller.clinicId, (topic) => stream.write(`data: ${JSON.stringify({ topic })}\n\n`));
    const heartbeat = setInterval(() => stream.write(':\n\n'), HEARTBEAT_MS);
    const life = setTimeout(() => stream.end(), LIFE_MS);
    const end = () => stream.end();
    this.streams.add(end);
    stream.on('error', () => {});
    // Ended by us, or cut by the other side: whichever comes first.
    const stop = () => {
      if (!this.streams.delete(end)) return;
      forget();
      clearInterval(heartbeat);
      clearTimeout(life);
    };
    stream.on('finish', stop);
    stream.on('close', stop);
  }

  // Before the server stops listening: afterwards open connections are cut, not ended.
  onModuleDestroy(): void {
    for (const end of this.streams) end();
  }
}
