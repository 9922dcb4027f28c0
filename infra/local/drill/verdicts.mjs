// What must be true afterwards. Each check answers what it found wrong; nothing is right.
const FACTS = {
  patient: { table: 'patient', marker: 'record_number', action: 'patient.register' },
  course: { table: 'course', marker: 'indication', action: 'course.start' },
  injection: { table: 'injection', marker: 'note', action: 'injection.record' },
  'lab-result': { table: 'lab_result', marker: 'note', action: 'lab-result.record' },
  'adverse-event': { table: 'adverse_event', marker: 'narrative', action: 'adverse-event.record' },
};
export const FACT_KINDS = Object.keys(FACTS);
const MOST_NAMED = 5;

/** Everything that was written since, compared with what the writers were told. */
export async function factFaults(client, writes) {
  const faults = [];
  for (const [kind, { table, marker, action }] of Object.entries(FACTS)) {
    const { rows } = await client.query(
      `SELECT f.id, f.${marker} AS marker, coalesce(e.entries, 0) AS entries FROM ${table} f
         LEFT JOIN (SELECT clinic_id, subject_id, count(*)::int AS entries FROM audit_entry WHERE action = $2 GROUP BY 1, 2) e
                ON e.clinic_id = f.clinic_id AND e.subject_id = f.id
        WHERE f.${marker} = ANY ($1)`,
      [writes.filter((write) => write.kind === kind).map((write) => write.marker), action],
    );
    const byMarker = grouped(rows);
    for (const write of writes.filter((one) => one.kind === kind)) {
      const found = byMarker.get(write.marker) ?? [];
      if (found.length > 1) faults.push(`a ${kind} (${write.state}) is there ${found.length} times`);
      if (write.state === 'acknowledged' && found.length === 0) faults.push(`an acknowledged ${kind} is lost`);
      if (write.state === 'acknowledged' && found[0] && found[0].id !== write.id)
        faults.push(`a ${kind} was acknowledged under another id`);
      if (write.state === 'refused' && found.length > 0) faults.push(`a refused ${kind} is there`);
    }
    for (const { entries } of rows) if (entries !== 1) faults.push(`a ${kind} has ${entries} audit entries`);
    const strays = await one(
      client,
      `SELECT count(*)::int AS n FROM audit_entry e WHERE e.action = $1 AND NOT EXISTS (SELECT FROM ${table} f WHERE f.clinic_id = e.clinic_id AND f.id = e.subject_id)`,
      [action],
    );
    if (strays > 0) faults.push(`${strays} audit entries speak of a ${kind} that is not there`);
  }
  const keys = await one(client, `SELECT count(*)::int AS n FROM idempotency_key WHERE response = 'null'`);
  if (keys > 0) faults.push(`${keys} keys were claimed and have no answer`);
  return faults;
}

/** A milestone has its alert once it is due, and one only. */
export async function alertFaults(client, now) {
  const questions = {
    'milestones are due and have no alert': `SELECT count(*)::int AS n FROM milestone WHERE state = 'planned' AND opens_at <= $1`,
    'raised milestones have not exactly one alert': `
      SELECT count(*)::int AS n FROM milestone m WHERE state = 'raised' AND opens_at <= $1::timestamptz
         AND (SELECT count(*) FROM alert a WHERE a.clinic_id = m.clinic_id AND a.milestone_id = m.id) <> 1`,
    'milestones have more than one alert': `
      SELECT count(*)::int AS n FROM (SELECT FROM alert WHERE raised_at <= $1::timestamptz + interval '1 day' GROUP BY clinic_id, milestone_id HAVING count(*) > 1) twice`,
    'alerts were not raised exactly once': `
      SELECT count(*)::int AS n FROM alert a WHERE raised_at <= $1::timestamptz + interval '1 day'
         AND (SELECT count(*) FROM alert_transition t WHERE t.clinic_id = a.clinic_id AND t.alert_id = a.id AND t.action = 'raised') <> 1`,
  };
  const faults = [];
  for (const [what, question] of Object.entries(questions)) {
    const n = await one(client, question, [new Date(now).toISOString()]);
    if (n > 0) faults.push(`${n} ${what}`);
  }
  return faults;
}

/** Damage of each sort, done and rolled back: a check that does not see it is worth nothing. */
export async function untestedChecks(client, writes, now) {
  const injection = writes.find(({ kind, state }) => kind === 'injection' && state === 'acknowledged');
  const damages = {
    'an injection that is gone': [factFaults, `DELETE FROM injection WHERE id = '${injection.id}'`],
    'a result that is there twice': [
      factFaults,
      `INSERT INTO lab_result SELECT (jsonb_populate_record(r, jsonb_build_object('id', uuidv7()))).* FROM lab_result r WHERE note = '${
        writes.find(({ kind, state }) => kind === 'lab-result' && state === 'acknowledged').marker
      }'`,
    ],
    'an injection without its audit entry': [factFaults, `DELETE FROM audit_entry WHERE subject_id = '${injection.id}'`],
    'an alert that is gone': [
      alertFaults,
      `DELETE FROM alert WHERE id = (SELECT a.id FROM alert a JOIN milestone m ON m.clinic_id = a.clinic_id AND m.id = a.milestone_id WHERE m.state = 'raised' LIMIT 1)`,
    ],
    'a milestone that nobody raised': [
      alertFaults,
      `UPDATE milestone SET state = 'planned' WHERE id = (SELECT id FROM milestone WHERE state = 'raised' LIMIT 1)`,
    ],
  };
  const unseen = [];
  for (const [what, [check, damage]] of Object.entries(damages)) {
    await client.query('BEGIN');
    try {
      await client.query('SET LOCAL session_replication_role = replica');
      const { rowCount } = await client.query(damage);
      const faults = await (check === factFaults ? check(client, writes) : check(client, now));
      if (rowCount === 0 || faults.length === 0) unseen.push(`${what} is not noticed`);
    } finally {
      await client.query('ROLLBACK');
    }
  }
  return unseen;
}

/** Many faults of one sort, said once. */
export function summed(faults) {
  const counts = new Map();
  for (const fault of faults) counts.set(fault, (counts.get(fault) ?? 0) + 1);
  const told = [...counts].map(([fault, count]) => (count > 1 ? `${fault} (${count} times)` : fault));
  return told.length > MOST_NAMED ? [...told.slice(0, MOST_NAMED), `… and ${told.length - MOST_NAMED} more`] : told;
}

async function one(client, question, values = []) {
  return (await client.query(question, values)).rows[0].n;
}

function grouped(rows) {
  const map = new Map();
  for (const row of rows) map.set(row.marker, [...(map.get(row.marker) ?? []), row]);
  return map;
}
