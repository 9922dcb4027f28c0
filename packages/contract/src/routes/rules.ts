import { z } from 'zod';
import { route } from '../route.js';

export const RuleOut = z
  .object({
    id: z.string(),
    kind: z.string(),
    title: z.string(),
    summary: z.string(),
    /** `false`: registered with its sources, but this version neither stops nor schedules anything by it yet. */
    enforced: z.boolean(),
    sources: z.array(z.object({ file: z.string(), title: z.string(), pointer: z.string(), reviewStatus: z.string() })),
    parameters: z.record(z.string(), z.number()),
    conflict: z.object({ topic: z.string(), positions: z.array(z.string()), decision: z.string() }).nullable(),
  })
  .meta({ id: 'Rule' });

export const listRules = route({
  method: 'GET',
  path: '/rules',
  tag: 'Rules',
  summary: 'Every clinical rule with its sources and the clinic’s parameters',
  access: { signedIn: 'rules are no secret within a clinic' },
  response: z.object({ items: z.array(RuleOut) }),
});

export type RuleOut = z.output<typeof RuleOut>;
