// The calendar of the rules and that of PostgreSQL are the same one: on 100,000 generated cases of each function, month ends, leap days
// and changes of clocks among them, both give the same answer. SQL that reckons dates may be written the way it is written here.
import { addDays, addMonths, dateInZone, startOfDay } from '@vastus/clinical';
import { createTestDatabase, type TestDatabase } from '@vastus/db/testing';
import pg from 'pg';

const CASES = 100_000;
const BATCH = 25_000;
const ZONES = [
  'UTC',
  'Europe/Berlin',
  'Europe/London',
  'America/New_York',
  'America/Los_Angeles',
  'America/Sao_Paulo', // skipped midnight until 2018
  'America/Havana', // has midnight twice on one day a year
  'Atlantic/Azores', // likewise
  'America/St_Johns',
  'Asia/Kolkata',
  'Australia/Lord_Howe', // half an hour of daylight saving
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
];

let database: TestDatabase;
let client: pg.Client;

beforeAll(async () => {
  database = await createTestDatabase();
  client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
});
afterAll(async () => {
  await client?.end();
  await database?.drop();
});

/** Numbers that look random and are the same in every run. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** One set-based query a batch: only the cases on which the two disagree come back. */
async function disagreements(expression: string, types: readonly string[], cases: readonly (readonly unknown[])[]): Promise<unknown[]> {
  const wrong: unknown[] = [];
  const columns = [...types, 'text'].map((type, index) => `$${index + 1}::${type}[]`).join(', ');
  for (let from = 0; from < cases.length; from += BATCH) {
    const batch = cases.slice(from, from + BATCH);
    const { rows } = await client.query(
      `SELECT a, b, ts, sql FROM (SELECT a, b, ts, (${expression})::text AS sql FROM unnest(${columns}) AS t (a, b, ts)) compared WHERE sql IS DISTINCT FROM ts LIMIT 5`,
      types.concat('text').map((_, column) => batch.map((values) => values[column])),
    );
    wrong.push(...rows);
  }
  return wrong;
}

const anyDay = (next: (below: number) => number): string => addDays('1900-01-01', next(109_570));
const monthEnd = (next: (below: number) => number): string =>
  addDays(`${1900 + next(300)}-${String(1 + next(12)).padStart(2, '0')}-01`, -1);

test('months later, clamped to the end of the month: date + interval', async () => {
  const next = generator(1);
  const cases = Array.from({ length: CASES }, () => {
    const date = next(2) === 0 ? anyDay(next) : monthEnd(next);
    const months = next(2) === 0 ? [1, 2, 3, 6, 9, 12, 24][next(7)]! : next(1201) - 600;
    return [date, months, addMonths(date, months)];
  });
  expect(await disagreements('(a + make_interval(months => b))::date', ['date', 'int'], cases)).toEqual([]);
});

test('days later: date + integer', async () => {
  const next = generator(2);
  const cases = Array.from({ length: CASES }, () => {
    const date = anyDay(next);
    const days = next(20_001) - 10_000;
    return [date, days, addDays(date, days)];
  });
  expect(await disagreements('a + b', ['date', 'int'], cases)).toEqual([]);
});

/** Days on which clocks change are few: a third of the cases lies in the weeks when they do. */
function clockDay(next: (below: number) => number): string {
  const year = 2000 + next(40);
  if (next(3) > 0) return addDays(`${year}-01-01`, next(365));
  return addDays(`${year}-${['03-08', '03-25', '04-01', '10-01', '10-15', '10-25', '11-01'][next(7)]}`, next(8));
}

test('the date in a zone: timestamptz AT TIME ZONE', async () => {
  const next = generator(3);
  const cases = Array.from({ length: CASES }, () => {
    const zone = ZONES[next(ZONES.length)]!;
    // Around midnight somewhere: any quarter of an hour of the day, and the millisecond before and after it.
    const instant = new Date(Date.parse(`${clockDay(next)}T00:00:00.000Z`) + next(96) * 900_000 + next(3) - 1).toISOString();
    return [instant, zone, dateInZone(instant, zone)];
  });
  expect(await disagreements('(a AT TIME ZONE b)::date', ['timestamptz', 'text'], cases)).toEqual([]);
}, 60_000);

test('the first instant of a day in a zone: date AT TIME ZONE, the earlier one where midnight comes twice', async () => {
  const next = generator(4);
  const cases = Array.from({ length: CASES }, () => {
    const zone = ZONES[next(ZONES.length)]!;
    const date = clockDay(next);
    return [date, zone, startOfDay(date, zone)];
  });
  const later = 'a::timestamp AT TIME ZONE b';
  const earlier = `CASE WHEN ((${later} - interval '1 hour') AT TIME ZONE b)::date = a THEN ${later} - interval '1 hour' ELSE ${later} END`;
  const iso = (instant: string) => `to_char((${instant}) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
  expect(await disagreements(iso(earlier), ['date', 'text'], cases)).toEqual([]);
}, 60_000);
