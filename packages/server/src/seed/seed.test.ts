import { deriveObligations } from '@vastus/clinical';
import { newId } from '@vastus/db';
import { createTestDatabase, type TestDatabase } from '@vastus/db/testing';
import pg from 'pg';
import { ObligationsService } from '../modules/obligations/obligations.service.js';
import { type Deviation, replayClinic } from '../modules/obligations/replay.js';
import type { ClinicFrame } from './clinic-frame.js';
import { historyOf } from './history.js';
import { withProjections } from './projections.js';
import { drawScript } from './script.js';
import { createSeedClinic, staffOf } from './seed-clinic.js';
import { CopyBuffer } from './write-rows.js';

const NOW = '2026-11-20T06:00:00.000Z';
const PATIENTS = 300;

let own: TestDatabase;
let frame: ClinicFrame;
beforeAll(async () => {
  own = await createTestDatabase();
  const clinicId = newId();
  frame = await own.database.transaction({ clinicId }, (tx) =>
    createSeedClinic(tx, {
      seed: 'test',
      clinicId,
      name: 'Seeded',
      zone: 'Europe/Berlin',
      today: '2026-11-20',
      now: NOW,
      staff: staffOf('Test', 'test.example'),
      passwordHash: 'none',
    }),
  );
  const buffer = new CopyBuffer();
  for (let number = 0; number < PATIENTS; number++)
    buffer.add(clinicId, withProjections(frame, historyOf(frame, number, drawScript), number));
  const owner = new pg.Client({ connectionString: own.ownerUrl });
  await owner.connect();
  await buffer.write(owner);
  await owner.end();
}, 60_000);
afterAll(() => own.drop());

const ask = <T>(sql: string, values: unknown[] = []) =>
  own.database.transaction({ clinicId: frame.clinicId }, (tx) => tx.many<T>(sql, values));

test('what was written is what the rules derive: the server, asked again, changes nothing', async () => {
  const obligations = new ObligationsService();
  const patients = await ask<{ id: string }>('SELECT id FROM patient ORDER BY id');
  expect(patients).toHaveLength(PATIENTS);
  for (const { id } of patients) {
    const changes = await own.database.transaction({ clinicId: frame.clinicId }, (tx) => obligations.recompute(tx, id, NOW));
    expect({ id, ...changes }).toEqual({
      id,
      milestonesAdded: 0,
      milestonesRemoved: 0,
      milestonesMoved: 0,
      milestonesMet: 0,
      milestonesReopened: 0,
      alertsRaised: 0,
      alertsClosed: 0,
      alertsReopened: 0,
      holdPlaced: false,
      holdLifted: false,
      sitesRestricted: [],
      sitesReleased: [],
    });
  }
}, 60_000);

test('a replay of the whole clinic finds nothing', async () => {
  const found: Deviation[] = [];
  let patients = 0;
  await replayClinic(own.database, frame.clinicId, NOW, (heard) => {
    patients += heard.patients;
    found.push(...heard.deviations);
  });
  expect({ patients, found }).toEqual({ patients: PATIENTS, found: [] });
}, 60_000);

test('the stored milestones are those of the loaded facts, one by one', async () => {
  const obligations = new ObligationsService();
  for (const { id } of await ask<{ id: string }>('SELECT id FROM patient ORDER BY id LIMIT 40')) {
    await own.database.transaction({ clinicId: frame.clinicId }, async (tx) => {
      const { facts, protocol } = await obligations.loadFacts(tx, id, NOW);
      const stored = await obligations.milestonesOf(tx, id);
      const essence = ({
        key,
        opensAt,
        dueAt,
        met,
        metBy,
      }: {
        key: string;
        opensAt: string;
        dueAt: string;
        met: boolean;
        metBy: string[];
      }) => ({ key, opensAt, dueAt, met, metBy });
      const byKey = (a: { key: string }, b: { key: string }) => (a.key < b.key ? -1 : 1);
      expect(stored.map(essence).sort(byKey)).toEqual(deriveObligations(facts, protocol).milestones.map(essence).sort(byKey));
    });
  }
});

test('nothing in a history is later than its present, nor earlier than the birth', async () => {
  const [late] = await ask<{ late: number }>(
    `
    SELECT (SELECT count(*) FROM injection i JOIN patient p ON p.id = i.patient_id WHERE given_at > $1 OR i.recorded_at > $1 OR given_on < p.birth_date)
         + (SELECT count(*) FROM lab_result WHERE collected_at > $1 OR resulted_at > $1 OR recorded_at > $1)
         + (SELECT count(*) FROM adverse_event WHERE reported_at > $1 OR onset_at > reported_at)
         + (SELECT count(*) FROM examination WHERE examined_at > $1)
         + (SELECT count(*) FROM alert WHERE raised_at > $1 OR acted_at > $1)
         + (SELECT count(*) FROM alert_transition WHERE at > $1)
         + (SELECT count(*) FROM injection i JOIN lot l ON l.id = i.lot_id WHERE l.expires_on <= i.given_on) AS late`,
    [NOW],
  );
  expect(late).toEqual({ late: 0 });
});

test('an alert and its transitions tell the same story', async () => {
  const wrong = await ask(`
    SELECT a.id, a.state, l.to_state, n.count, a.version FROM alert a
      JOIN LATERAL (SELECT to_state FROM alert_transition t WHERE t.alert_id = a.id ORDER BY at DESC, action = 'raised' LIMIT 1) l ON true
      JOIN LATERAL (SELECT count(*) FROM alert_transition t WHERE t.alert_id = a.id) n ON true
     WHERE l.to_state <> a.state OR n.count <> a.version`);
  expect(wrong).toEqual([]);
  const [unseen] = await ask(
    `
    SELECT count(*) FROM milestone m LEFT JOIN alert a ON a.milestone_id = m.id
     WHERE (m.state = 'raised' AND a.id IS NULL) OR (m.state = 'planned' AND (a.id IS NOT NULL OR m.opens_at <= $1))`,
    [NOW],
  );
  expect(unseen).toEqual({ count: 0 });
});

test('a clinic of every state: loading, maintenance, ended, late, monitored, alerted', async () => {
  const phases = await ask<{ phase: string; count: number }>('SELECT phase, count(*) FROM course GROUP BY phase');
  expect(phases.map(({ phase }) => phase)).toEqual(expect.arrayContaining(['loading', 'maintenance', 'ended']));
  const states = await ask<{ state: string }>('SELECT DISTINCT state FROM alert');
  expect(states.map(({ state }) => state)).toEqual(expect.arrayContaining(['open', 'acknowledged', 'resolved', 'dismissed', 'closed']));
  const [counts] = await ask<{ injections: number; late: number }>(`
    SELECT (SELECT count(*) FROM injection) AS injections, (SELECT count(*) FROM course WHERE next_late_on <= '2026-11-20' AND ended_on IS NULL) AS late`);
  expect(counts!.injections).toBeGreaterThan(2000);
  expect(counts!.late).toBeGreaterThan(5);
});

test('the same seed is the same history, another seed another one', () => {
  const once = JSON.stringify(withProjections(frame, historyOf(frame, 7, drawScript), 7));
  expect(JSON.stringify(withProjections(frame, historyOf(frame, 7, drawScript), 7))).toBe(once);
  const other = { ...frame, seed: 'other' };
  expect(JSON.stringify(withProjections(other, historyOf(other, 7, drawScript), 7))).not.toBe(once);
});

test('ids are UUIDv7 and grow with the patients', () => {
  const idOf = (number: number) => historyOf(frame, number, drawScript).facts.patient.id;
  expect(idOf(5)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(idOf(5) < idOf(6)).toBe(true);
});
