import { z } from 'zod';
import { route } from '../route.js';

/** What changed in the caller's clinic; what exactly, the listener asks for itself. */
export const LIVE_TOPICS = [
  'patients',
  'courses',
  'injections',
  'adverse-events',
  'lab-results',
  'alerts',
  'lots',
  'imports',
  'protocol',
  'audit',
  'clock',
] as const;
export type LiveTopic = (typeof LIVE_TOPICS)[number];

/** One server-sent event: `data: {"topic":"alerts"}`. */
export const LiveChange = z.object({ topic: z.enum(LIVE_TOPICS) }).meta({ id: 'LiveChange' });
export type LiveChange = z.output<typeof LiveChange>;

export const listenToChanges = route({
  method: 'GET',
  path: '/live',
  tag: 'Live',
  summary: 'Changes in the clinic as server-sent events',
  access: { signedIn: 'topics carry no record, only what to ask again' },
  response: LiveChange,
  stream: true,
});
