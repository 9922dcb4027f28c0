// The day in SQL. Due dates were computed when their facts were written: here columns are compared with today and nothing is
// worked out. Every number is the length of an index range and stops counting at CAP, so that no clinic is too large to open.
import type { Role } from '@vastus/clinical';
import type { TodayRow } from '@vastus/contract';
import { decodeCursor, encodeCursor, type Statement, statement, type Tx } from '@vastus/db';
import { imHold } from '../patients/im-hold.js';

/** Nobody works through more; a number that reaches it means "at least so many". */
const CAP = 10_000;
/** Thirty days of the largest clinic. */
const DOSES_CAP = 100_000;
const DAYS_SHOWN = 14;
const DAYS_COUNTED = 30;
const WEEKS_SHOWN = 12;

type Bucket = TodayRow['bucket'];
type DueBucket = 'overdue' | 'due' | 'early';

// Said in the words of the partial indexes course_due, course_arranged and course_with_physician. A deceased patient's courses and ended
// ones have no next date (the obligations see to that).
const OWED = 'c.clinic_id = $1 AND c.next_due_on IS NOT NULL AND c.ended_on IS NULL';
/** HOLD-IM: nobody may be injected, so nobody is due or overdue for it. */
const FREE = `c.phase <> 'on-hold'`;
/** Nothing stands between the dose and the nurse: nobody spoke about it, or the day agreed on has come and gone. In terms of $2, today. */
const OPEN = `(c.contact_outcome IS NULL OR (c.contact_outcome IN ('will-come', 'call-again')
  AND (c.contact_on < $2 OR (c.contact_on = $2 AND c.contact_outcome = 'call-again'))))`;
const DUE: Record<DueBucket, string> = {
  overdue: `c.next_due_on < $2 AND ${FREE} AND ${OPEN}`,
  due: `c.next_due_on = $2 AND ${FREE} AND ${OPEN}`,
  early: `c.next_due_on > $2 AND c.next_earliest_on <= $2 AND ${FREE} AND ${OPEN}`,
};
const COMES_TODAY = `c.contact_on = $2 AND c.contact_outcome = 'will-come' AND ${FREE}`;
const ARRANGED = `c.contact_on > $2 AND ${FREE}`;
const SENT_ON = `c.contact_outcome IN ('declined', 'transferred') AND ${FREE}`;
/** On hold, and would otherwise stand on one of the other lists. Found from the open holds, of which there are few. */
const HELD = `c.patient_id = ANY (ARRAY(SELECT h.patient_id FROM hold h WHERE h.clinic_id = $1 AND h.lifted_at IS NULL))
  AND c.phase = 'on-hold' AND (c.next_earliest_on <= $2 OR c.contact_outcome IS NOT NULL)`;

const ROW = `jsonb_build_object('id', p.id, 'recordNumber', p.record_number, 'familyName', p.family_name, 'givenName', p.given_name, 'birthDate', p.birth_date) AS patient,
  p.phone, c.id AS course_id, d.name AS product_name, c.phase, c.next_due_on AS due_on, c.last_dose_on,
  ${imHold('c.clinic_id', 'c.patient_id')} AS im_hold,
  EXISTS (SELECT FROM contact_attempt w WHERE w.clinic_id = c.clinic_id AND w.patient_id = c.patient_id AND w.state = 'effective'
    AND w.outcome = 'wrong-number' AND w.phone = p.phone) AS phone_wrong`;
const CONTACT = `(SELECT jsonb_build_object('id', t.id, 'attemptedAt', to_char(t.attempted_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'outcome', t.outcome, 'on', t."on",
    'declineReason', t.decline_reason, 'note', t.note, 'recordedByName', u.name)
  FROM contact_attempt t JOIN membership m ON m.clinic_id = t.clinic_id AND m.id = t.recorded_by JOIN auth."user" u ON u.id = m.user_id
 WHERE t.clinic_id = c.clinic_id AND t.id = c.contact_attempt_id) AS contact`;
const OF_COURSE = `JOIN patient p ON p.clinic_id = c.clinic_id AND p.id = c.patient_id
  JOIN product d ON d.clinic_id = c.clinic_id AND d.id = c.product_id`;
const CHOSEN = '($4::uuid IS NULL OR c.product_id = $4) AND ($5::text IS NULL OR c.phase = $5)';

// A cursor is a statement of its own: "no cursor or after it" in one condition could not begin inside the index.
interface Paged {
  first: Statement;
  next: Statement;
}

function paged(name: string, page: (after: string) => string, after: string): Paged {
  return { first: statement(`${name}-first`, page('')), next: statement(`${name}-next`, page(`AND ${after}`)) };
}

const owedRows = (bucket: Bucket, where: string, after: string, key: string) =>
  `SELECT '${bucket}' AS bucket, ${ROW}, ${CONTACT}, c.contact_on, $2::date - c.next_due_on AS days_late, NULL::uuid AS injection_id, NULL::text AS site,
          NULL::text AS lot_number, NULL::timestamptz AS given_at, false AS self_reported
     FROM course c ${OF_COURSE}
    WHERE ${OWED} AND ${where} AND p.deceased_on IS NULL AND ${CHOSEN} ${after}
    ORDER BY ${key}, c.id LIMIT $3`;

const owedPages = (bucket: Bucket, where: string, key = 'c.next_due_on') =>
  paged(`today-${bucket}`, (after) => owedRows(bucket, where, after, key), `(${key}, c.id) > ($6, $7)`);

// Two index ranges, each cut off at the page's length.
const bothPages = (bucket: 'due' | 'physician', one: string, other: string) =>
  paged(
    `today-${bucket}`,
    (after) =>
      `SELECT * FROM ((${owedRows(bucket, one, after, 'c.next_due_on')}) UNION ALL (${owedRows(bucket, other, after, 'c.next_due_on')})) AS both_lists
      ORDER BY due_on, course_id LIMIT $3`,
    '(c.next_due_on, c.id) > ($6, $7)',
  );

// Ids grow with time: the dose recorded last stands on top.
const donePage = (after: string) =>
  `SELECT 'done' AS bucket, ${ROW}, NULL AS contact, coalesce($2::date - c.next_due_on, 0) AS days_late, i.id AS injection_id, i.site, l.lot_number, i.given_at,
          i.self_reported
     FROM injection i
     JOIN course c ON c.clinic_id = i.clinic_id AND c.id = i.course_id ${OF_COURSE}
     LEFT JOIN lot l ON l.clinic_id = i.clinic_id AND l.id = i.lot_id
    WHERE i.clinic_id = $1 AND i.given_on = $2 AND i.state = 'effective' AND i.status = 'given' AND ${CHOSEN} ${after}
    ORDER BY i.id DESC LIMIT $3`;

const PAGES: Record<Bucket, Paged> = {
  overdue: owedPages('overdue', DUE.overdue),
  due: bothPages('due', DUE.due, COMES_TODAY),
  early: owedPages('early', DUE.early),
  arranged: owedPages('arranged', ARRANGED, 'c.contact_on'),
  physician: bothPages('physician', SENT_ON, HELD),
  done: paged('today-done', donePage, 'i.id < $6'),
};

export type StoredRow = Omit<TodayRow, 'observeUntil'> & { selfReported: boolean; contactOn?: string | null };
export interface TodayFilter {
  bucket: Bucket;
  productId?: string;
  phase?: string;
  limit: number;
  cursor?: string;
}

/** The longest wait on top; what was agreed on, by its day; what was done today, latest first. */
export async function pageOfToday(
  tx: Tx,
  { bucket, productId, phase, limit, cursor }: TodayFilter,
  today: string,
): Promise<{ items: StoredRow[]; nextCursor: string | null }> {
  const done = bucket === 'done';
  const after = cursor === undefined ? [] : done ? decodeCursor(cursor, ['uuid']) : decodeCursor(cursor, ['date', 'uuid']);
  const { first, next } = PAGES[bucket];
  const rows = await tx.many<StoredRow>(cursor === undefined ? first : next, [
    tx.clinicId,
    today,
    limit + 1,
    productId ?? null,
    phase ?? null,
    ...after,
  ]);
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const place = last && (done ? [last.injectionId] : [bucket === 'arranged' ? (last.contactOn ?? null) : last.dueOn, last.courseId]);
  return { items, nextCursor: rows.length > limit && place ? encodeCursor(place) : null };
}

const counted = (from: string) => `(SELECT count(*) FROM (SELECT FROM ${from} LIMIT ${CAP}) AS capped)`;
const owedCount = (where: string) => counted(`course c WHERE ${OWED} AND ${where}`);

const COUNTS = statement(
  'summary-counts',
  `SELECT ${owedCount(DUE.overdue)} AS overdue, ${owedCount(DUE.due)} + ${owedCount(COMES_TODAY)} AS due, ${owedCount(DUE.early)} AS early,
          ${owedCount(ARRANGED)} AS arranged, ${owedCount(SENT_ON)} + ${owedCount(HELD)} AS physician,
          ${counted("injection i WHERE i.clinic_id = $1 AND i.given_on = $2 AND i.state = 'effective' AND i.status = 'given'")} AS done,
          ${counted("adverse_event e WHERE e.clinic_id = $1 AND e.state = 'effective' AND e.outcome IN ('ongoing', 'recovering')")} AS events_ongoing,
          ${counted("adverse_event e WHERE e.clinic_id = $1 AND e.state = 'effective' AND e.reported_at >= $3 AND e.reported_at <= $4")} AS events_last30_days,
          ${counted('hold h WHERE h.clinic_id = $1 AND h.lifted_at IS NULL')} AS holds,
          ${counted("course_proposal o WHERE o.clinic_id = $1 AND o.state = 'proposed'")} AS proposals`,
);
// Role by role, because that is how the worklist's index begins; worst first, so that the urgent ones are never beyond the cap.
const ALERTS = statement(
  'summary-alerts',
  `SELECT r.role, count(a.*) AS active, count(a.*) FILTER (WHERE a.priority_rank <= 1) AS urgent, count(a.*) FILTER (WHERE a.overdue_at <= $2) AS overdue
     FROM unnest(ARRAY['nurse', 'physician', 'administrator']) AS r (role)
     LEFT JOIN LATERAL (
       SELECT x.priority_rank, x.overdue_at FROM alert x
        WHERE x.clinic_id = $1 AND x.owner_role = r.role AND x.state IN ('open', 'acknowledged')
        ORDER BY x.priority_rank, x.due_at, x.id LIMIT ${CAP}) a ON true
    GROUP BY r.role`,
);
const DOSES_PER_DAY = statement(
  'summary-doses-per-day',
  `SELECT given_on AS "on", count(*) AS count
     FROM (SELECT given_on FROM injection
            WHERE clinic_id = $1 AND given_on > $2::date - ${DAYS_COUNTED} AND given_on <= $2 AND state = 'effective' AND status = 'given'
            ORDER BY given_on DESC LIMIT ${DOSES_CAP}) AS counted
    GROUP BY given_on`,
);

// By the clinic's days; the newest first, so that a cap cuts the oldest.
const ALERTS_PER_DAY = statement(
  'summary-alerts-per-day',
  `SELECT to_char(raised_at AT TIME ZONE $5, 'YYYY-MM-DD') AS "on", count(*) AS count
     FROM (SELECT raised_at, owner_role FROM alert
            WHERE clinic_id = $1 AND raised_at >= $3 AND raised_at <= $4
            ORDER BY raised_at DESC, id DESC LIMIT ${DOSES_CAP}) AS recent
    WHERE owner_role = $2
    GROUP BY 1`,
);
const EVENTS_PER_WEEK = statement(
  'summary-events-per-week',
  `SELECT ($2::date - (reported_at AT TIME ZONE $5)::date) / 7 AS weeks_ago, count(*) AS count
     FROM (SELECT reported_at FROM adverse_event
            WHERE clinic_id = $1 AND reported_at >= $3 AND reported_at <= $4 AND state = 'effective'
            ORDER BY reported_at DESC, id DESC LIMIT ${CAP}) AS recent
    GROUP BY 1`,
);

interface Counts {
  overdue: number;
  due: number;
  early: number;
  arranged: number;
  physician: number;
  done: number;
  eventsOngoing: number;
  eventsLast30Days: number;
  holds: number;
  proposals: number;
}

export interface Day {
  today: string;
  now: string;
  /** When the thirty days up to now began. */
  monthAgo: string;
  /** The last fourteen days, oldest first, and when the first of them began. */
  days: readonly string[];
  daysBegan: string;
  /** The last days of the last twelve weeks, oldest first, and when the first of them began. */
  weeks: readonly string[];
  weeksBegan: string;
  timeZone: string;
  /** Whose alerts are counted by day. */
  role: Role;
}

export const SHOWN = DAYS_SHOWN;
export const COUNTED = DAYS_COUNTED;
export const WEEKS = WEEKS_SHOWN;

export async function countsOf(tx: Tx, { today, now, monthAgo, days, daysBegan, weeks, weeksBegan, timeZone, role }: Day) {
  const counts = await tx.one<Counts>(COUNTS, [tx.clinicId, today, monthAgo, now]);
  const roles = await tx.many<{ role: 'nurse' | 'physician' | 'administrator'; active: number; urgent: number; overdue: number }>(ALERTS, [
    tx.clinicId,
    now,
  ]);
  const doses = await tx.many<{ on: string; count: number }>(DOSES_PER_DAY, [tx.clinicId, today]);
  const raised = await tx.many<{ on: string; count: number }>(ALERTS_PER_DAY, [tx.clinicId, role, daysBegan, now, timeZone]);
  const reported = await tx.many<{ weeksAgo: number; count: number }>(EVENTS_PER_WEEK, [tx.clinicId, today, weeksBegan, now, timeZone]);
  const perDay = (counted: readonly { on: string; count: number }[]) =>
    days.map((on) => ({ on, count: counted.find((day) => day.on === on)?.count ?? 0 }));
  const active = (wanted: string) => roles.find(({ role }) => role === wanted)?.active ?? 0;
  const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);
  return {
    today,
    doses: {
      overdue: counts.overdue,
      due: counts.due,
      early: counts.early,
      arranged: counts.arranged,
      physician: counts.physician,
      done: counts.done,
    },
    alerts: {
      nurse: active('nurse'),
      physician: active('physician'),
      administrator: active('administrator'),
      urgent: sum(roles.map(({ urgent }) => urgent)),
      overdue: sum(roles.map(({ overdue }) => overdue)),
    },
    events: {
      ongoing: counts.eventsOngoing,
      last30Days: counts.eventsLast30Days,
      injectionsLast30Days: sum(doses.map(({ count }) => count)),
    },
    holds: counts.holds,
    proposals: counts.proposals,
    injectionsPerDay: perDay(doses),
    alertsPerDay: perDay(raised),
    eventsPerWeek: weeks.map((on, index) => ({
      on,
      count: reported.find(({ weeksAgo }) => weeksAgo === weeks.length - 1 - index)?.count ?? 0,
    })),
  };
}
