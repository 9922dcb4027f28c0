// Who opens far more charts than a day at a clinic explains, from the entries that reading leaves in the audit trail. Machines have limits of
// their own and read everything there is.
import { addHours, type Instant } from '@vastus/clinical';
import { READING_ACTIONS, type SystemStatus } from '@vastus/contract';
import { type Database, statement, type Tx } from '@vastus/db';

type Reader = SystemStatus['parts']['reading']['people'][number];

const OF_PATIENTS = READING_ACTIONS.filter((action) => !/^session\.|\.export$/.test(action));
const BY_HOUR = statement(
  'charts-read-by-hour',
  `SELECT e.actor_id AS membership_id, u."name", date_trunc('hour', e.at, 'UTC') AS hour, count(DISTINCT e.patient_id)::integer AS charts
     FROM audit_entry e
     JOIN membership m ON m.clinic_id = e.clinic_id AND m.id = e.actor_id AND m.kind = 'person'
     JOIN auth."user" u ON u."id" = m.user_id
    WHERE e.clinic_id = $1 AND e.action = ANY ($2) AND e.at > $3 AND e.at <= $4
    GROUP BY e.actor_id, u."name", hour HAVING count(DISTINCT e.patient_id) > $5
    ORDER BY hour DESC, charts DESC, e.actor_id LIMIT 50`,
);
const JUST_NOW = statement(
  'charts-read-just-now',
  `SELECT count(*)::integer AS people FROM (
     SELECT e.actor_id FROM audit_entry e
       JOIN membership m ON m.clinic_id = e.clinic_id AND m.id = e.actor_id AND m.kind = 'person'
      WHERE e.clinic_id = $1 AND e.action = ANY ($2) AND e.at > $3 AND e.at <= $4
      GROUP BY e.actor_id HAVING count(DISTINCT e.patient_id) > $5) AS many`,
);

/** Who opened the charts of more than so many patients within an hour of the clock, in the last seven days. */
export const unusualReaders = (tx: Tx, now: Instant, moreThan: number): Promise<Reader[]> =>
  tx.many<Reader>(BY_HOUR, [tx.clinicId, OF_PATIENTS, addHours(now, -7 * 24), now, moreThan]);

/** How many people of all clinics did so within the last sixty minutes. */
export async function unusualReadersNow(database: Database, now: Instant, moreThan: number): Promise<number> {
  const clinics = await database.anywhere((q) => q.many<{ id: string }>('SELECT id FROM clinic_ids() AS id'));
  let all = 0;
  for (const { id: clinicId } of clinics) {
    const asked = [clinicId, OF_PATIENTS, addHours(now, -1), now, moreThan];
    all += (await database.transaction({ clinicId, readOnly: true }, (tx) => tx.one<{ people: number }>(JUST_NOW, asked))).people;
  }
  return all;
}
