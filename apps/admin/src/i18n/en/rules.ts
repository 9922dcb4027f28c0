/** The register of clinical rules. */
import type { RuleKind } from '@vastus/clinical';

export const rules = {
  title: 'Clinical rules',
  subtitle: 'What the product stops, asks for, schedules and shows, and the passage each of it comes from.',
  all: 'All rules',
  search: 'Rule, word or source',
  kind: 'Kind',
  any: 'Any kind',
  count: '%{smart_count} rule |||| %{smart_count} rules',
  none: 'No rule matches.',
  unknown: 'There is no rule %{id}.',
  pending: 'source awaits clinical review',
  sourcePending: 'Its source awaits clinical review; the rule counts all the same.',
  pendingNote:
    '%{pending} of the %{all} source documents say that clinicians have still to review them. The rules that rest on one are marked; they count like all others, and a clinician decides.',
  summary: 'What it says',
  parameters: 'Parameters in force',
  allowed: 'allowed %{min} to %{max}',
  usual: 'default %{value}',
  sources: 'Sources',
  ours: 'Our own safeguard',
  status: { 'pending human review': 'awaits clinical review', 'not stated': 'says nothing about a review' },
  conflict: 'Where the sources disagree',
  conflictWith: 'Also touched by it',
  decision: 'What we do',
  passage: '“%{passage}…”',
  passageOf: '%{section}: “%{passage}…”',
  places: 'Where it speaks',
  later: 'Registered; not enforced by this version yet',
  conflicts: 'Conflicts between the sources',
  conflictsSub: 'Each with what the sources say and what the product does.',
  open: 'Open rule %{id}',
  kinds: { block: 'Stop', warn: 'Warning', alert: 'Alert', schedule: 'Schedule', derive: 'Worked out', inform: 'Shown' } satisfies Record<
    RuleKind,
    string
  >,
  section: {
    assessment: 'A · Assessment and triage of an event',
    clock: 'A · The nerve clock',
    hold: 'B · Hold and restriction',
    sites: 'C · Sites and technique',
    doses: 'D · Products, courses and doses',
    monitoring: 'E · Monitoring',
    home: 'F · Self-injection at home',
  },
};
