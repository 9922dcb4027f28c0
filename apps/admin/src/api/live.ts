/** What changed in the clinic, pushed by the server: the answers that speak of it are asked again. Works without it, only later. */
import { useQueryClient } from '@tanstack/react-query';
import type { LiveTopic } from '@vastus/contract';
import { useEffect } from 'react';
import { SESSION_KEY } from './authProvider.js';

/** Tags of the contract whose answers a topic changes. A chart and a worklist show nearly everything. */
const TOUCHES: Readonly<Record<LiveTopic, readonly string[]>> = {
  patients: ['Patients', 'Worklists'],
  courses: ['Patients', 'Courses', 'Worklists'],
  injections: ['Patients', 'Courses', 'Injections', 'Worklists', 'Products and lots'],
  'adverse-events': ['Patients', 'Adverse events', 'Worklists'],
  'lab-results': ['Patients', 'Laboratory', 'Worklists'],
  alerts: ['Patients', 'Alerts', 'Worklists'],
  lots: ['Products and lots'],
  imports: ['Imports', 'Patients', 'Courses', 'Worklists'],
  audit: ['Audit'],
  protocol: ['Protocol', 'Rules', 'Patients', 'Courses', 'Worklists'],
  clock: ['Patients', 'Alerts', 'Worklists', 'Courses'],
};

/** A burst of changes (an import, a sweep) is answered once. */
const GATHER_MS = 400;

/** Listens while mounted. */
export function useLiveChanges(): void {
  const queryClient = useQueryClient();
  useEffect(() => {
    if (typeof EventSource === 'undefined') return;
    const source = new EventSource('/api/live');
    const pending = new Set<LiveTopic>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const flush = () => {
      timer = undefined;
      const topics = [...pending];
      pending.clear();
      const tags = new Set(topics.flatMap((topic) => TOUCHES[topic] ?? []));
      void queryClient.invalidateQueries({
        predicate: ({ queryKey: [first, tag] }) =>
          first === 'answer'
            ? tags.has(String(tag))
            : topics.includes(first as LiveTopic) || (first === SESSION_KEY[0] && topics.includes('clock')),
      });
    };
    source.onmessage = (message) => {
      const topic = topicOf(message.data);
      if (!topic) return;
      pending.add(topic);
      timer ??= setTimeout(flush, GATHER_MS);
    };
    return () => {
      clearTimeout(timer);
      source.close();
    };
  }, [queryClient]);
}

function topicOf(text: string): LiveTopic | null {
  try {
    const topic = (JSON.parse(text) as { topic?: string }).topic;
    return topic !== undefined && topic in TOUCHES ? (topic as LiveTopic) : null;
  } catch {
    return null;
  }
}
