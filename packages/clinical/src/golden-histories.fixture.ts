// A fixed set of histories, drawn from a fixed sequence of numbers and from nothing else: no library that may draw otherwise tomorrow, no
// clock. Together they make every rule speak, met and unmet; the test of the revision says so.
import { addDays, addHours } from './calendar.js';
import {
  ANALYTES,
  type CourseFacts,
  DISTRIBUTIONS,
  EVENT_COURSES,
  MONITORING_PLANS,
  MOTORS,
  ONSETS,
  type PatientFacts,
  REGIMENS,
  ROUTE_DECISIONS,
  RULE_OUT_ITEMS,
  SITE_IDS,
} from './facts.js';
import { at, course, dose, event, examination, patient, profile, result } from './patient.fixture.js';
import type { ProtocolParameters } from './protocol.js';
import { PROTOCOL_DEFAULTS } from './protocol-parameters.js';

/** Numbers that look drawn and are the same for ever (mulberry32). */
class Draw {
  constructor(private state: number) {}

  private next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }
  upTo(most: number): number {
    return Math.floor(this.next() * (most + 1));
  }
  chance(share: number): boolean {
    return this.next() < share;
  }
  of<T>(values: readonly T[]): T {
    return values[this.upTo(values.length - 1)] as T;
  }
  maybe<T>(values: readonly T[]): T | null {
    return this.chance(0.2) ? null : this.of(values);
  }
  times<T>(most: number, make: (index: number) => T): T[] {
    return Array.from({ length: this.upTo(most) }, (_, index) => make(index));
  }
}

const ZONES = ['Europe/Berlin', 'America/New_York', 'Asia/Kolkata'] as const;
const START = '2023-01-02';
/** In the canonical unit, on either side of the limits that rules read. */
const VALUES: Partial<Record<(typeof ANALYTES)[number], readonly number[]>> = {
  b12: [90, 150, 300, 600],
  homocysteine: [6, 9, 9.5, 12, 20],
  mma: [0.1, 0.3, 0.6],
  potassium: [2.6, 3.3, 3.6, 4.2],
  hematocrit: [28, 34, 38, 44],
  egfr: [25, 50, 59, 65, 95],
};

export interface GoldenHistory {
  facts: PatientFacts;
  protocol: ProtocolParameters;
}

/** `change` is laid over the version in force of each: what another number of a parameter would give. */
export function goldenHistories(count: number, change: Partial<ProtocolParameters> = {}): GoldenHistory[] {
  return Array.from({ length: count }, (_, number) => oneHistory(new Draw(number + 1), change));
}

function oneHistory(draw: Draw, change: Partial<ProtocolParameters>): GoldenHistory {
  const day = (most = 900) => addDays(START, draw.upTo(most));
  const courses = Array.from({ length: 1 + draw.upTo(1) }, (_, index) => oneCourse(draw, index, day));
  const first = courses[0] as CourseFacts;
  const doses = draw.times(14, (index) => {
    const own = draw.of(courses);
    const on = addDays(own.startedOn, Math.floor(index * draw.of([2, 2, 3, 20, 60])));
    return dose(on, {
      id: `d${String(index).padStart(2, '0')}`,
      courseId: own.id,
      substance: own.substance,
      site: draw.of(SITE_IDS),
      status: draw.chance(0.1) ? 'not-given' : 'given',
      againstStop: draw.chance(0.1),
      stopRuleIds: ['SITE-DG'],
      selfReported: draw.chance(0.1),
    });
  });
  const events = draw.chance(0.5) ? draw.times(2, (index) => oneEvent(draw, index, day(500))) : [];
  const facts = patient({
    zone: draw.of(ZONES),
    patient: profile({
      deceasedOn: draw.chance(0.05) ? day() : null,
      renalDysfunction: draw.maybe([true, false, false]),
      renalDysfunctionSince: draw.chance(0.5) ? at(day(300)) : null,
      folicAcidMgPerDay: draw.maybe([0.05, 0.2, 5]),
    }),
    courses,
    injections: doses,
    events,
    examinations: events.flatMap(({ id, onsetAt }) =>
      draw.times(3, (index) =>
        examination(addHours(onsetAt, 1 + draw.upTo(24 * 90)), {
          id: `x${id}${index}`,
          eventId: id,
          course: draw.of([...EVENT_COURSES, 'resolved'] as const),
          motorDeficit: draw.maybe([true, false]),
          electrodiagnosticStudy: draw.chance(0.4),
        }),
      ),
    ),
    routeDecisions: events.flatMap(({ reportedAt }, index) =>
      draw.chance(0.6) ? [{ id: `r${index}`, decidedAt: addHours(reportedAt, draw.upTo(400)), decision: draw.of(ROUTE_DECISIONS) }] : [],
    ),
    labResults: draw.times(30, (index) => {
      const analyte = draw.of([...ANALYTES, 'b12', 'homocysteine', 'mma', 'potassium', 'hematocrit', 'reticulocytes'] as const);
      const after = draw.of([-30, 0, 1, 2, 5, 6, 7, 14, 21, 92, 92, 180, 275, 365, 730]);
      const taken = result(analyte, addDays(first.startedOn, after + draw.upTo(3)), draw.of(VALUES[analyte] ?? [1, 10, 100]));
      return { ...taken, id: `l${String(index).padStart(2, '0')}` };
    }),
    symptomScores: draw.times(6, (index) => ({
      id: `s${index}`,
      at: at(day()),
      pain: draw.maybe([0, 2, 3, 5, 8]),
      sensory: draw.maybe([0, 2, 4]),
      motor: draw.maybe([0, 1, 3]),
    })),
    ruleOuts: RULE_OUT_ITEMS.filter(() => draw.chance(0.8)).map((item, index) => ({ id: `t${index}`, item, tickedAt: at(day(200)) })),
  });
  const now: ProtocolParameters = { ...PROTOCOL_DEFAULTS, monitoringPlan: draw.of(['MON-3-6-12', 'MON-Q3'] as const), ...change };
  return { facts: { ...facts, protocolBefore: draw.chance(0.5) ? before(draw, now) : [] }, protocol: now };
}

/** A version that was in force for a while, with another plan or other limits. */
function before(draw: Draw, now: ProtocolParameters): NonNullable<PatientFacts['protocolBefore']> {
  const { reticulocyteIntervalDays: _, ...earlier } = now;
  const other: Partial<ProtocolParameters>[] = [
    { monitoringPlan: now.monitoringPlan === 'MON-Q3' ? 'MON-3-6-12' : 'MON-Q3' },
    { homocysteineTargetMicromolesPerL: 15, potassiumUrgentMillimolesPerL: 2.5, eGfrThreshold: 30, relapseWorseningPoints: 5 },
    { folicAcidLimitMgPerDay: 1, monitoringWindowAfterDays: 56 },
  ];
  return [{ parameters: { ...(draw.chance(0.5) ? earlier : now), ...draw.of(other) }, until: at(addDays(START, draw.upTo(600)), '10:30') }];
}

function oneCourse(draw: Draw, index: number, day: (most?: number) => string): CourseFacts {
  const neurologicalInvolvement = draw.chance(0.5);
  return course({
    id: `c${index}`,
    substance: draw.of(['hydroxocobalamin', 'cyanocobalamin', 'methylcobalamin', 'colecalciferol'] as const),
    cause: draw.of(['diet', 'unknown'] as const),
    neurologicalInvolvement,
    anemiaAtBaseline: draw.chance(0.5),
    regimen: draw.of(REGIMENS),
    maintenanceMonths: draw.of([1, 2, 3]),
    monitoringPlan: draw.of([...MONITORING_PLANS, 'MON-3-6-12', 'MON-Q3'] as const),
    followsPlan: draw.chance(0.6),
    startedOn: day(300),
    loadingEndedOn: draw.chance(0.4) ? day(500) : null,
    endedOn: draw.chance(0.15) ? day() : null,
  });
}

function oneEvent(draw: Draw, index: number, on: string) {
  const onsetAt = at(on, draw.of(['06:10', '13:40', '22:50']));
  return event(onsetAt, {
    id: `e${index}`,
    injectionId: null,
    site: draw.maybe(SITE_IDS),
    reportedAt: addHours(onsetAt, draw.of([0, 1, 30, 24 * 5, 24 * 16, 24 * 31, 24 * 45, 24 * 100])),
    assessment: {
      onset: draw.maybe(ONSETS),
      distribution: draw.maybe(DISTRIBUTIONS),
      motor: draw.maybe(MOTORS),
      radiatingPain: draw.maybe([true, false]),
      lossOfConsciousness: draw.maybe([true, false, false, false]),
      course: draw.maybe(EVENT_COURSES),
      siteFindings: draw.maybe([[], [], ['swelling'] as const].map((findings) => [...findings])),
    },
    resolvedAt: draw.chance(0.2) ? addHours(onsetAt, 24 * draw.upTo(60) + 3000) : null,
  });
}
