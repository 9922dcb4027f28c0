/** Adverse events as the API answers them: in lists as they stand, alone with clock, examinations, earlier versions and filing. */
import { addDays, type ReportFacts, reportCompleteness, startOfDay, type TimeZone } from '@vastus/clinical';
import type { AdverseEvent, EventFiling, EventVersion, Examination, Input, listAdverseEvents } from '@vastus/contract';
import { decodeCursor, encodeCursor, statement, type Tx } from '@vastus/db';
import type { StoredMilestone } from '../obligations/reconcile.js';

type StoredRow = Omit<AdverseEvent, 'clock' | 'examinations' | 'versions' | 'filing' | 'completeness'> &
  Pick<ReportFacts, 'sex' | 'injectedAt' | 'doseMicrograms' | 'indication' | 'cause'> & { examined: boolean };
export type EventRow = Omit<AdverseEvent, 'clock' | 'examinations' | 'versions' | 'filing'>;

const ASSESSED = `e.injection_id, e.site, e.onset_at, e.reported_at, e.narrative, e.assessment, e.triage, e.ctcae_term, e.ctcae_grade, e.serious,
         e.seriousness_criteria, e.causality, e.concluded_outcome, e.version, e.amend_reason, e.recorded_at, u.name AS recorded_by_name`;
const BY = `JOIN membership m ON m.clinic_id = e.clinic_id AND m.id = e.recorded_by JOIN auth."user" u ON u.id = m.user_id`;

const SELECT = `
  SELECT e.case_id AS id, jsonb_build_object('id', p.id, 'recordNumber', p.record_number, 'familyName', p.family_name, 'givenName', p.given_name, 'birthDate', p.birth_date) AS patient,
         ${ASSESSED}, e.outcome, e.resolved_at, e.state, e.void_reason,
         i.lot_id, l.lot_number, d.name AS product_name, coalesce(i.against_stop, false) AS against_stop,
         p.sex, i.given_at AS injected_at, i.dose_micrograms, k.indication, k.cause,
         EXISTS (SELECT FROM examination x WHERE x.clinic_id = e.clinic_id AND x.event_id = e.case_id AND x.state = 'effective') AS examined
    FROM adverse_event e
    JOIN patient p ON p.clinic_id = e.clinic_id AND p.id = e.patient_id
    LEFT JOIN injection i ON i.clinic_id = e.clinic_id AND i.id = e.injection_id
    LEFT JOIN lot l ON l.clinic_id = i.clinic_id AND l.id = i.lot_id
    LEFT JOIN product d ON d.clinic_id = i.clinic_id AND d.id = i.product_id
    LEFT JOIN course k ON k.clinic_id = i.clinic_id AND k.id = i.course_id
    ${BY}
   WHERE e.clinic_id = $1 AND e.state <> 'superseded'`;

const EXAMINATIONS = statement(
  'examinations-of-patient',
  `SELECT x.id, x.event_id, x.examined_at, x.course, x.motor_deficit, x.electrodiagnostic_study, x.pain, x.strength, x.sensation, x.sensory, x.note, x.state, u.name AS recorded_by_name
     FROM examination x JOIN membership m ON m.clinic_id = x.clinic_id AND m.id = x.recorded_by JOIN auth."user" u ON u.id = m.user_id
    WHERE x.clinic_id = $1 AND x.patient_id = $2 ORDER BY x.examined_at, x.id`,
);
const VERSIONS = statement(
  'event-versions-of-patient',
  `SELECT e.case_id, ${ASSESSED} FROM adverse_event e ${BY}
    WHERE e.clinic_id = $1 AND e.patient_id = $2 AND e.state = 'superseded' ORDER BY e.version DESC`,
);
const FILING = `
  SELECT f.id AS case_id, f.authority, f.authority_reference, f.filed_on, f.manufacturer, f.manufacturer_informed_on, f.product_kept, f.note,
         f.version, f.noted_at, u.name AS noted_by_name
    FROM event_filing f JOIN membership m ON m.clinic_id = f.clinic_id AND m.id = f.noted_by JOIN auth."user" u ON u.id = m.user_id
   WHERE f.clinic_id = $1`;
const FILINGS_OF = statement('event-filings-of-cases', `${FILING} AND f.id = ANY ($2)`);

export type EventFilter = Input<typeof listAdverseEvents>['query'];
/** How many rows one page looks at before it answers: completeness is worked out row by row, and a filter by it may pass over many. */
const LOOKED_AT_ONCE = 500;

/** Latest report first. Days are the clinic's. */
export async function pageOfEvents(
  tx: Tx,
  zone: TimeZone,
  { limit, cursor, completeness, ...filter }: EventFilter,
): Promise<{ items: AdverseEvent[]; nextCursor: string | null }> {
  const wanted = completeness && completeness === 'well';
  const items: AdverseEvent[] = [];
  let after = cursor === undefined ? null : decodeCursor(cursor, ['instant', 'uuid']);
  for (;;) {
    const size = wanted === undefined ? limit : LOOKED_AT_ONCE;
    const rows = await eventRows(tx, zone, filter, after, size + 1);
    for (const [index, row] of rows.slice(0, size).entries()) {
      after = [row.reportedAt, row.id];
      if (wanted !== undefined && row.completeness.wellDocumented !== wanted) continue;
      items.push({ ...row, clock: [], examinations: [], versions: [], filing: null });
      if (items.length === limit) return { items, nextCursor: index + 1 < rows.length ? encodeCursor(after) : null };
    }
    if (rows.length <= size) return { items, nextCursor: null };
  }
}

async function eventRows(
  tx: Tx,
  zone: TimeZone,
  filter: Omit<EventFilter, 'limit' | 'cursor' | 'completeness'>,
  after: string[] | null,
  limit: number,
): Promise<EventRow[]> {
  const values: unknown[] = [tx.clinicId];
  let where = '';
  const add = (condition: string, ...given: unknown[]) => {
    where += ` AND ${condition.replace(/\?/g, () => `$${values.push(given.shift())}`)}`;
  };
  if (filter.patientId) add('e.patient_id = ?', filter.patientId);
  if (filter.level) add('e.triage_level = ?', filter.level);
  if (filter.outcome) add('e.outcome = ?', filter.outcome);
  if (filter.causality === 'none') add('e.causality IS NULL');
  else if (filter.causality) add('e.causality = ?', filter.causality);
  if (filter.serious === 'unknown') add('e.serious IS NULL');
  else if (filter.serious) add('e.serious = ?', filter.serious === 'yes');
  if (filter.site) add('e.site = ?', filter.site);
  if (filter.lotId) add('i.lot_id = ?', filter.lotId);
  if (filter.productId) add('i.product_id = ?', filter.productId);
  if (filter.from) add('e.reported_at >= ?', startOfDay(filter.from, zone));
  if (filter.to) add('e.reported_at < ?', startOfDay(addDays(filter.to, 1), zone));
  if (filter.againstStop !== undefined) add('coalesce(i.against_stop, false) = ?', filter.againstStop);
  if (after) add('(e.reported_at, e.case_id) < (?, ?)', ...after);
  const sql = `${SELECT}${where} ORDER BY e.reported_at DESC, e.case_id DESC LIMIT ${limit}`;
  return (await tx.many<StoredRow>(sql, values)).map(withCompleteness);
}

function withCompleteness({ sex, injectedAt, doseMicrograms, indication, cause, examined, ...event }: StoredRow): EventRow {
  const concluded = event.concludedOutcome !== null && event.concludedOutcome !== 'unknown';
  const { onsetAt, lotId, narrative, assessment, causality, serious, ctcaeGrade } = event;
  const completeness = reportCompleteness({
    ...{ sex, onsetAt, injectedAt, doseMicrograms, lotId, indication, cause, narrative, assessment, causality, serious, ctcaeGrade },
    outcomeKnown: examined || concluded,
  });
  return { ...event, completeness };
}

/** The patient's events with their clocks, taken from the patient's milestones, and all that hangs on them. */
export async function eventsOfPatient(tx: Tx, patientId: string, milestones: readonly StoredMilestone[]): Promise<AdverseEvent[]> {
  const mine = [tx.clinicId, patientId];
  const rows = (await tx.many<StoredRow>(`${SELECT} AND e.patient_id = $2 ORDER BY e.reported_at DESC, e.case_id DESC`, mine)).map(
    withCompleteness,
  );
  if (rows.length === 0) return [];
  const examinations = await tx.many<Examination>(EXAMINATIONS, mine);
  const versions = await tx.many<EventVersion & { caseId: string }>(VERSIONS, mine);
  const filings = await tx.many<EventFiling & { caseId: string }>(FILINGS_OF, [tx.clinicId, rows.map(({ id }) => id)]);
  return rows.map((row) => ({
    ...row,
    clock: milestones.filter((m) => m.subjectId === row.id && m.ruleId.startsWith('NI-')),
    examinations: examinations.filter((x) => x.eventId === row.id),
    versions: versions.filter(({ caseId }) => caseId === row.id).map(({ caseId: _, ...version }) => version),
    filing: filings.filter(({ caseId }) => caseId === row.id).map(({ caseId: _, ...filing }) => filing)[0] ?? null,
  }));
}

/** The case as it stands. */
export async function eventRowById(tx: Tx, caseId: string): Promise<EventRow | undefined> {
  const row = await tx.maybe<StoredRow>(`${SELECT} AND e.case_id = $2`, [tx.clinicId, caseId]);
  return row && withCompleteness(row);
}

const FILING_BY_ID = statement('event-filing', `${FILING} AND f.id = $2`);

export async function filingOf(tx: Tx, caseId: string): Promise<EventFiling | undefined> {
  const found = await tx.maybe<EventFiling & { caseId: string }>(FILING_BY_ID, [tx.clinicId, caseId]);
  if (!found) return undefined;
  const { caseId: _, ...filing } = found;
  return filing;
}
