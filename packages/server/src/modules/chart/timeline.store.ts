/** The timeline: one question over everything that is on record about a patient. Each branch finds its rows by the patient's index. */
import type { TimelineEntry } from '@vastus/contract';
import { decodeCursor, encodeCursor, statement, type Tx } from '@vastus/db';

interface Branch {
  kind: string;
  /** SQL of a word. */
  what: string;
  at: string;
  from: string;
  facts: string;
  state?: string;
  by?: string;
  and?: string;
}

const word = (text: string) => `'${text}'`;
const ofTable = (table: string) => `${table} r`;

/** What became of the versions of a record: made by an amendment, or voided. */
const corrections = (table: string, of: string, amended: boolean): Branch[] => [
  ...(amended
    ? [
        {
          kind: word('correction'),
          what: word('amended'),
          at: 'r.recorded_at',
          by: 'r.recorded_by',
          from: ofTable(table),
          and: 'r.replaces_id IS NOT NULL',
          facts: `'of', '${of}', 'reason', r.amend_reason`,
        },
      ]
    : []),
  {
    kind: word('correction'),
    what: word('voided'),
    at: 'r.voided_at',
    by: 'r.voided_by',
    from: ofTable(table),
    and: 'r.voided_at IS NOT NULL',
    facts: `'of', '${of}', 'reason', r.void_reason`,
  },
];

const BRANCHES: readonly Branch[] = [
  {
    kind: `CASE r.status WHEN 'given' THEN 'injection' ELSE 'not-given' END`,
    what: 'r.status',
    at: 'r.given_at',
    state: 'r.state',
    by: 'r.recorded_by',
    from: `injection r JOIN product d ON d.clinic_id = r.clinic_id AND d.id = r.product_id LEFT JOIN lot l ON l.clinic_id = r.clinic_id AND l.id = r.lot_id`,
    facts: `'productName', d.name, 'doseMicrograms', r.dose_micrograms, 'site', r.site, 'lotNumber', l.lot_number, 'reason', r.not_given_reason,
            'againstStop', r.against_stop, 'selfReported', r.self_reported, 'overridden', r.override_reason IS NOT NULL`,
  },
  {
    kind: word('result'),
    what: word('collected'),
    at: 'r.collected_at',
    state: 'r.state',
    by: 'r.recorded_by',
    from: ofTable('lab_result'),
    facts: `'analyte', r.analyte, 'value', r.harmonized_value, 'unit', r.harmonized_unit`,
  },
  {
    kind: word('event'),
    what: word('reported'),
    at: 'r.reported_at',
    state: 'r.state',
    by: 'r.recorded_by',
    from: ofTable('adverse_event'),
    facts: `'eventId', r.case_id, 'level', r.triage_level, 'site', r.site, 'onsetAt', to_char(r.onset_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
  },
  {
    kind: word('examination'),
    what: 'r.course',
    at: 'r.examined_at',
    state: 'r.state',
    by: 'r.recorded_by',
    from: ofTable('examination'),
    facts: `'eventId', r.event_id, 'motorDeficit', r.motor_deficit, 'pain', r.pain, 'study', r.electrodiagnostic_study`,
  },
  {
    kind: word('decision'),
    what: 'r.decision',
    at: 'r.decided_at',
    by: 'r.decided_by',
    from: ofTable('route_decision'),
    facts: `'reason', r.reason`,
  },
  { kind: word('hold'), what: word('placed'), at: 'r.since', from: ofTable('hold'), facts: '' },
  { kind: word('hold'), what: word('lifted'), at: 'r.lifted_at', from: ofTable('hold'), and: 'r.lifted_at IS NOT NULL', facts: '' },
  {
    kind: word('restriction'),
    what: word('placed'),
    at: 'r.recorded_at',
    by: 'r.recorded_by',
    from: ofTable('site_restriction'),
    facts: `'sites', r.sites, 'reason', r.reason, 'until', r.until`,
  },
  {
    kind: word('restriction'),
    what: word('lifted'),
    at: 'r.lifted_at',
    by: 'r.lifted_by',
    from: ofTable('site_restriction'),
    and: 'r.lifted_at IS NOT NULL',
    facts: `'sites', r.sites, 'reason', r.lift_reason`,
  },
  {
    kind: word('course'),
    what: word('started'),
    at: '(r.started_on::timestamp AT TIME ZONE c.time_zone)',
    by: 'r.recorded_by',
    from: 'course r JOIN product d ON d.clinic_id = r.clinic_id AND d.id = r.product_id',
    facts: `'productName', d.name, 'regimen', r.regimen`,
  },
  {
    kind: word('course'),
    what: word('loading-ended'),
    at: '(r.loading_ended_on::timestamp AT TIME ZONE c.time_zone)',
    from: 'course r JOIN product d ON d.clinic_id = r.clinic_id AND d.id = r.product_id',
    and: 'r.loading_ended_on IS NOT NULL',
    facts: `'productName', d.name`,
  },
  {
    kind: word('course'),
    what: word('ended'),
    at: '(r.ended_on::timestamp AT TIME ZONE c.time_zone)',
    from: 'course r JOIN product d ON d.clinic_id = r.clinic_id AND d.id = r.product_id',
    and: 'r.ended_on IS NOT NULL',
    facts: `'productName', d.name, 'endReason', r.end_reason`,
  },
  {
    kind: word('alert'),
    what: 't.action',
    at: 't.at',
    by: 't.by_membership_id',
    from: 'alert r JOIN alert_transition t ON t.clinic_id = r.clinic_id AND t.alert_id = r.id',
    facts: `'transition', t.id, 'ruleId', r.rule_id, 'outcome', t.outcome, 'reason', t.reason`,
  },
  {
    kind: word('contact'),
    what: 'r.outcome',
    at: 'r.attempted_at',
    state: 'r.state',
    by: 'r.recorded_by',
    from: ofTable('contact_attempt'),
    facts: `'on', r."on", 'declineReason', r.decline_reason, 'note', r.note`,
  },
  {
    kind: word('score'),
    what: word('scored'),
    at: 'r.scored_at',
    state: 'r.state',
    by: 'r.recorded_by',
    from: ofTable('symptom_score'),
    facts: `'pain', r.pain, 'sensory', r.sensory, 'motor', r.motor`,
  },
  {
    kind: word('rule-out'),
    what: word('done'),
    at: '(r.done_on::timestamp AT TIME ZONE c.time_zone)',
    state: 'r.state',
    by: 'r.recorded_by',
    from: ofTable('rule_out'),
    facts: `'item', r.item, 'finding', r.finding`,
  },
  {
    kind: word('pain-plan'),
    what: word('begun'),
    at: '(r.since::timestamp AT TIME ZONE c.time_zone)',
    state: 'r.state',
    by: 'r.recorded_by',
    from: ofTable('pain_plan'),
    facts: `'drug', r.drug, 'dose', r.dose, 'unit', r.unit`,
  },
  ...corrections('injection', 'injection', true),
  ...corrections('lab_result', 'result', true),
  ...corrections('symptom_score', 'score', true),
  ...corrections('rule_out', 'rule-out', true),
  ...corrections('pain_plan', 'pain-plan', true),
  ...corrections('adverse_event', 'event', true),
  ...corrections('examination', 'examination', false),
  ...corrections('contact_attempt', 'contact', false),
];

// A version that counted before the patient was known here says nothing about the patient.
const PROTOCOL = `
  SELECT v.id, v.in_force_from AS at, 'protocol' AS kind, 'in-force' AS what, 'effective' AS state, v.signed_by AS by_id, jsonb_build_object('number', v.number) AS facts
    FROM protocol_version v, patient p
   WHERE v.clinic_id = $1 AND p.clinic_id = $1 AND p.id = $2 AND v.state IN ('initial', 'signed') AND v.in_force_from >= p.recorded_at AND v.in_force_from <= $6`;

const branch = ({ kind, what, at, from, facts, state = word('effective'), by = 'NULL::uuid', and }: Branch) => `
  SELECT r.id, ${at} AS at, ${kind} AS kind, ${what} AS what, ${state} AS state, ${by} AS by_id, jsonb_build_object(${facts}) AS facts
    FROM ${from} CROSS JOIN c WHERE r.clinic_id = $1 AND r.patient_id = $2${and ? ` AND ${and}` : ''}`;

const TIMELINE = statement(
  'timeline',
  `
  WITH c AS MATERIALIZED (SELECT time_zone FROM clinic WHERE id = $1),
  happened AS (${BRANCHES.map(branch).join(' UNION ALL ')} UNION ALL ${PROTOCOL}),
  placed AS (SELECT h.*, concat_ws(' ', h.kind, h.what, coalesce(h.facts ->> 'transition', h.id::text)) AS key FROM happened h)
  SELECT x.key, x.at, x.kind, x.what, x.state, u.name AS by_name, x.facts
    FROM placed x
    LEFT JOIN membership m ON m.clinic_id = $1 AND m.id = x.by_id LEFT JOIN auth."user" u ON u.id = m.user_id
   WHERE ($3::text IS NULL OR x.kind = $3) AND ($4::timestamptz IS NULL OR (x.at, x.key COLLATE "C") < ($4, $5 COLLATE "C"))
   ORDER BY x.at DESC, x.key COLLATE "C" DESC LIMIT $7`,
);

export interface TimelineFilter {
  kind?: string;
  limit: number;
  cursor?: string;
}

export async function pageOfTimeline(
  tx: Tx,
  patientId: string,
  { kind, limit, cursor }: TimelineFilter,
  now: string,
): Promise<{ items: TimelineEntry[]; nextCursor: string | null }> {
  const [at, key] = cursor ? decodeCursor(cursor, ['instant', 'text']) : [null, null];
  const rows = await tx.many<TimelineEntry>(TIMELINE, [tx.clinicId, patientId, kind ?? null, at, key, now, limit + 1]);
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last ? encodeCursor([last.at, last.key]) : null };
}
