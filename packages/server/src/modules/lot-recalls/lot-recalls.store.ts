/** Who received a lot: the doses that stand, by patient, with the latest word of each contact. */
import type { LotRecall, LotRecipient } from '@vastus/contract';
import { decodeCursor, encodeCursor, statement, type Tx } from '@vastus/db';

// jsonb would print `+00:00` and microseconds.
const iso = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const RECEIVED = `
  SELECT i.patient_id, jsonb_agg(jsonb_build_object('givenOn', i.given_on, 'site', i.site) ORDER BY i.given_at) AS doses,
         array_agg(i.id) AS injection_ids
    FROM injection i WHERE i.clinic_id = $1 AND i.lot_id = $2 AND i.state = 'effective' AND i.status = 'given'
   GROUP BY i.patient_id`;
const LATEST = `
  LATERAL (SELECT c.outcome FROM recall_contact c WHERE c.clinic_id = $1 AND c.lot_id = $2 AND c.patient_id = r.patient_id
            ORDER BY c.contacted_at DESC, c.id DESC LIMIT 1)`;

const RECIPIENTS = statement(
  'lot-recipients',
  `WITH r AS (${RECEIVED})
   SELECT jsonb_build_object('id', p.id, 'recordNumber', p.record_number, 'familyName', p.family_name, 'givenName', p.given_name, 'birthDate', p.birth_date) AS patient,
          p.phone, p.interpreter_language, p.deceased_on, r.doses,
          (SELECT count(*) FROM adverse_event e WHERE e.clinic_id = $1 AND e.injection_id = ANY (r.injection_ids) AND e.state = 'effective') AS reactions,
          coalesce((SELECT jsonb_agg(jsonb_build_object('id', c.id, 'outcome', c.outcome, 'note', c.note, 'contactedAt', ${iso('c.contacted_at')}, 'recordedByName', u.name)
                                     ORDER BY c.contacted_at DESC, c.id DESC)
                      FROM recall_contact c JOIN membership m ON m.clinic_id = c.clinic_id AND m.id = c.recorded_by JOIN auth."user" u ON u.id = m.user_id
                     WHERE c.clinic_id = $1 AND c.lot_id = $2 AND c.patient_id = r.patient_id), '[]') AS contacts
     FROM r JOIN patient p ON p.clinic_id = $1 AND p.id = r.patient_id
     LEFT JOIN ${LATEST} l ON true
    WHERE ($3::text IS NULL OR CASE $3 WHEN 'open' THEN p.deceased_on IS NULL AND coalesce(l.outcome, '') NOT IN ('advised', 'refused')
                                       WHEN 'untried' THEN l.outcome IS NULL ELSE l.outcome = $3 END)
      AND ($4::uuid IS NULL OR r.patient_id = $4)
      AND ($5::uuid IS NULL OR (p.family_name, p.given_name, p.id) > (SELECT l.family_name, l.given_name, l.id FROM patient l WHERE l.clinic_id = $1 AND l.id = $5))
    ORDER BY p.family_name, p.given_name, p.id LIMIT $6`,
);
const PROGRESS = statement(
  'lot-recall-progress',
  `WITH r AS (${RECEIVED})
   SELECT count(*) AS recipients, count(*) FILTER (WHERE l.outcome = 'advised') AS advised, count(*) FILTER (WHERE l.outcome = 'reached') AS reached,
          count(*) FILTER (WHERE l.outcome = 'not-reached') AS not_reached, count(*) FILTER (WHERE l.outcome = 'refused') AS refused,
          count(*) FILTER (WHERE l.outcome IS NULL AND p.deceased_on IS NULL) AS untried,
          count(*) FILTER (WHERE l.outcome IS NULL AND p.deceased_on IS NOT NULL) AS deceased
     FROM r JOIN patient p ON p.clinic_id = $1 AND p.id = r.patient_id LEFT JOIN ${LATEST} l ON true`,
);

export type Contacted = LotRecipient['contacts'][number]['outcome'] | 'untried' | 'open';

export async function pageOfRecipients(
  tx: Tx,
  lotId: string,
  { contact = null, limit, cursor }: { contact?: Contacted | null; limit: number; cursor?: string },
): Promise<{ items: LotRecipient[]; nextCursor: string | null }> {
  // The patient's id alone: a cursor travels in the address, where no name belongs.
  const [after] = cursor === undefined ? [null] : decodeCursor(cursor, ['uuid']);
  const rows = await tx.many<LotRecipient>(RECIPIENTS, [tx.clinicId, lotId, contact, null, after, limit + 1]);
  const items = rows.slice(0, limit);
  const last = items.at(-1)?.patient;
  return { items, nextCursor: rows.length > limit && last ? encodeCursor([last.id]) : null };
}

export function recipient(tx: Tx, lotId: string, patientId: string): Promise<LotRecipient | undefined> {
  return tx.maybe<LotRecipient>(RECIPIENTS, [tx.clinicId, lotId, null, patientId, null, 2]);
}

export function recallProgress(tx: Tx, lotId: string): Promise<Omit<LotRecall, 'lot'>> {
  return tx.one(PROGRESS, [tx.clinicId, lotId]);
}
