// Who changes something says so with NOTIFY in the same transaction; every API process hears it and tells the browsers of that clinic.
import type { OnModuleInit } from '@nestjs/common';
import { LIVE_TOPICS, type LiveTopic } from '@vastus/contract';
import type { Listener, Queryable, Tx } from '@vastus/db';
import { z } from 'zod';

const CHANNEL = 'vastus_changes';
const Notice = z.object({ clinicId: z.string(), topic: z.enum(LIVE_TOPICS) });

type Hear = (topic: LiveTopic) => void;

/** Heard by the clinic's open dashboards once the transaction commits. Several of the same topic are one. */
export async function notifyChange(tx: Tx, topic: LiveTopic): Promise<void> {
  await notifyClinic(tx, tx.clinicId, topic);
}

async function notifyClinic(q: Queryable, clinicId: string, topic: LiveTopic): Promise<void> {
  await q.query('SELECT pg_notify($1, $2)', [CHANNEL, JSON.stringify({ clinicId, topic })]);
}

export class LiveChanges implements OnModuleInit {
  private readonly listeners = new Map<string, Set<Hear>>();
  private listener: Listener | undefined;

  hearFrom(listener: Listener): void {
    this.listener = listener;
  }

  async onModuleInit(): Promise<void> {
    await this.listener?.on(CHANNEL, (payload) => this.heard(payload));
  }

  /** Changes of one clinic, until the returned function is called. */
  listen(clinicId: string, hear: Hear): () => void {
    const hearing = this.listeners.get(clinicId) ?? new Set();
    this.listeners.set(clinicId, hearing.add(hear));
    return () => {
      hearing.delete(hear);
      if (hearing.size === 0) this.listeners.delete(clinicId);
    };
  }

  /** Something may have been missed: everybody looks at everything again. */
  missed(): void {
    for (const topic of LIVE_TOPICS) this.everywhere(topic);
  }

  everywhere(topic: LiveTopic): void {
    for (const hearing of this.listeners.values()) for (const hear of hearing) hear(topic);
  }

  get listening(): number {
    return [...this.listeners.values()].reduce((sum, hearing) => sum + hearing.size, 0);
  }

  private heard(payload: string): void {
    const notice = Notice.safeParse(parsed(payload));
    if (!notice.success) return;
    for (const hear of this.listeners.get(notice.data.clinicId) ?? []) hear(notice.data.topic);
  }
}

function parsed(payload: string): unknown {
  try {
    return JSON.parse(payload);
  } catch {
    return undefined;
  }
}
