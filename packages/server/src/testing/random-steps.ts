// What can happen to a patient and in a clinic: steps as data, so that a failing history can be shrunk.
import { SITE_IDS } from '@vastus/clinical';
import fc from 'fast-check';

const nth = fc.nat(50);
const hours = fc.nat(24 * 20);
const site = fc.constantFrom(...SITE_IDS);
const maybe = <T>(...values: T[]) => fc.constantFrom(null, ...values);
const score = maybe(0, 1, 3, 5, 8);

/** What a clinic changes in its protocol: intervals, plans, limits, and back again. */
const VERSIONS: readonly Record<string, number | string>[] = [
  { maintenanceMonths: 1 },
  { maintenanceMonths: 3, maintenanceOverdueNurseDays: 3 },
  { monitoringPlan: 'MON-Q3' },
  { monitoringPlan: 'MON-3-6-12', monitoringWindowAfterDays: 40 },
  { reticulocyteIntervalDays: 3, homocysteineTargetMicromolesPerL: 8, relapseWorseningPoints: 1 },
  { potassiumUrgentMillimolesPerL: 4, eGfrThreshold: 75, folicAcidLimitMgPerDay: 0.04 },
];

const STEP = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      does: fc.constant('dose' as const),
      course: nth,
      hours,
      site,
      given: fc.boolean(),
      home: fc.boolean(),
      pain: score,
      answer: maybe('override' as const, 'alreadyGiven' as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('amend dose' as const), nth, hours, site, pain: score }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('void dose' as const), nth }) },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant('event' as const),
      nth,
      minutes: fc.nat(3000),
      onset: maybe('seconds-to-minutes' as const, 'hours' as const, 'days' as const),
      motor: maybe('none' as const, 'weakness' as const, 'foot-or-wrist-drop' as const),
      distribution: maybe('localized' as const, 'dermatomal' as const, 'diffuse' as const),
      course: maybe('improving' as const, 'worsening' as const),
      radiatingPain: maybe(true, false),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant('examine' as const),
      nth,
      hours,
      course: fc.constantFrom('improving' as const, 'stable' as const, 'worsening' as const, 'resolved' as const),
      motorDeficit: maybe(true, false),
      study: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('void event' as const), nth }) },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constant('decide' as const),
      decision: fc.constantFrom('oral' as const, 'continue-im' as const, 'stop' as const),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      does: fc.constant('result' as const),
      hours,
      what: fc.constantFrom(
        ['2132-9', 'pg/mL', 1] as const,
        ['13965-9', 'umol/L', 0.05] as const,
        ['13964-2', 'umol/L', 0.002] as const,
        ['2823-3', 'mmol/L', 0.02] as const,
        ['4544-3', '%', 0.2] as const,
        ['33914-3', 'mL/min', 0.4] as const,
      ),
      level: fc.integer({ min: 20, max: 300 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('amend result' as const), nth, level: fc.integer({ min: 1, max: 300 }) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('void result' as const), nth }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('score' as const), hours, pain: score, sensory: score, motor: score }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('void score' as const), nth }) },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constant('rule out' as const),
      item: fc.constantFrom('diabetes' as const, 'thyroid' as const, 'hiv' as const, 'vitamin-b6' as const),
      void: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant('self-injection' as const),
      course: nth,
      step: fc.constantFrom('apply' as const, 'train' as const, 'approve' as const, 'end' as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constant('edit' as const),
      renalDysfunction: maybe(true, false),
      folicAcidMgPerDay: maybe(0.05, 5),
      allergies: fc.constantFrom([], ['cobalt' as const]),
      died: fc.constantFrom(false, false, false, true),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant('start' as const),
      substance: fc.constantFrom('hydroxocobalamin' as const, 'cyanocobalamin' as const, 'methylcobalamin' as const),
      regimen: fc.constantFrom('maintenance' as const, 'loading-alternate-days' as const, 'loading-three-weekly' as const),
      neurological: fc.boolean(),
      anemia: fc.boolean(),
      daysAgo: fc.nat(60),
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('end loading' as const), course: nth }) },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constant('end course' as const),
      course: nth,
      reason: fc.constantFrom('moved-away' as const, 'levels-normal' as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constant('work-up' as const),
      course: nth,
      cause: fc.constantFrom('diet' as const, 'unknown' as const),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constant('act' as const),
      nth,
      how: fc.constantFrom('acknowledge' as const, 'snooze' as const, 'resolve' as const, 'dismiss' as const),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constant('sign' as const),
      parameters: fc.constantFrom(...VERSIONS),
      inDays: fc.constantFrom(0, 0, 1, 9, 40),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({ does: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 24 * 40 }), jobs: fc.boolean() }),
  },
);
export type Step = typeof STEP extends fc.Arbitrary<infer T> ? T : never;

/** Between one step and forty. */
export const HISTORY: fc.Arbitrary<Step[]> = fc.array(STEP, { minLength: 1, maxLength: 40, size: 'max' });
