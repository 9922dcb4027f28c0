import fc from 'fast-check';
import { ALERT_RULE_IDS } from './absence.js';
import { addDays } from './calendar.js';
import { ANALYTES, COURSE_PHASES, EVENT_COURSES, type PatientFacts, REGIMENS, ROUTE_DECISIONS, RULE_OUT_ITEMS, SITE_IDS } from './facts.js';
import { isShownFact, MILESTONE_FACTS } from './milestone.js';
import { deriveObligations } from './obligations.js';
import { at, course, dose, event, examination, FOOT_DROP, patient, profile, REASSURING, result, UNANSWERED } from './patient.fixture.js';
import { PROTOCOL_DEFAULTS } from './protocol-parameters.js';
import { RULES } from './rules.js';
import { explainAbsence } from './why-not.js';

describe('every history', () => {
  const days = fc.integer({ min: 0, max: 1500 }).map((day) => addDays('2026-01-05', day));
  const histories: fc.Arbitrary<PatientFacts> = fc
    .record({
      courses: fc.uniqueArray(
        fc.record({
          id: fc.constantFrom('a', 'b'),
          regimen: fc.constantFrom(...REGIMENS),
          endedOn: fc.option(days),
          unknown: fc.boolean(),
          quarterly: fc.boolean(),
          cyanocobalamin: fc.boolean(),
          anemic: fc.boolean(),
        }),
        { selector: ({ id }) => id, minLength: 1 },
      ),
      doses: fc.array(
        fc.record({
          on: days,
          courseId: fc.constantFrom('a', 'b'),
          site: fc.constantFrom(...SITE_IDS),
          skipped: fc.boolean(),
          against: fc.boolean(),
        }),
        { maxLength: 15 },
      ),
      events: fc.array(
        fc.record({
          on: days,
          late: fc.integer({ min: 0, max: 60 }),
          assessment: fc.constantFrom(FOOT_DROP, REASSURING, UNANSWERED),
          resolved: fc.boolean(),
        }),
        { maxLength: 3 },
      ),
      exams: fc.array(
        fc.record({
          on: days,
          of: fc.integer({ min: 0, max: 2 }),
          course: fc.constantFrom(...EVENT_COURSES, 'resolved' as const),
          deficit: fc.option(fc.boolean()),
          study: fc.boolean(),
        }),
        { maxLength: 6 },
      ),
      decisions: fc.array(fc.record({ on: days, decision: fc.constantFrom(...ROUTE_DECISIONS) }), { maxLength: 3 }),
      labs: fc.array(fc.record({ on: days, analyte: fc.constantFrom(...ANALYTES), value: fc.constantFrom(0.1, 3, 9, 11, 300) }), {
        maxLength: 25,
      }),
      scores: fc.array(fc.record({ on: days, pain: fc.option(fc.integer({ min: 0, max: 10 })) }), { maxLength: 8 }),
      ticks: fc.option(fc.array(fc.record({ on: days, item: fc.constantFrom(...RULE_OUT_ITEMS) }), { maxLength: 12 })),
      deceased: fc.option(days, { freq: 8 }),
    })
    .map(({ courses, doses, events, exams, decisions, labs, scores, ticks, deceased }) =>
      patient({
        patient: profile({ deceasedOn: deceased }),
        symptomScores: scores.map(({ on, pain }, index) => ({ id: `s${index}`, at: at(on), pain, sensory: null, motor: pain })),
        ...(ticks ? { ruleOuts: ticks.map(({ on, item }, index) => ({ id: `t${index}`, tickedAt: at(on), item })) } : {}),
        courses: courses.map(({ id, regimen, endedOn, unknown, quarterly, cyanocobalamin, anemic }) =>
          course({
            id,
            substance: cyanocobalamin ? 'cyanocobalamin' : 'hydroxocobalamin',
            anemiaAtBaseline: anemic,
            neurologicalInvolvement: anemic,
            regimen,
            endedOn,
            cause: unknown ? 'unknown' : 'diet',
            monitoringPlan: quarterly ? 'MON-Q3' : 'MON-3-6-12',
          }),
        ),
        injections: doses.map(({ on, courseId, site, skipped, against }, index) =>
          dose(on, { id: `d${index}`, courseId, site, status: skipped ? 'not-given' : 'given', againstStop: against }),
        ),
        events: events.map(({ on, late, assessment, resolved }, index) =>
          event(at(on), {
            id: `e${index}`,
            reportedAt: at(addDays(on, late)),
            assessment,
            resolvedAt: resolved ? at(addDays(on, late + 20)) : null,
          }),
        ),
        examinations: exams.map(({ on, of, course: said, deficit, study }, index) =>
          examination(at(on), { id: `x${index}`, eventId: `e${of}`, course: said, motorDeficit: deficit, electrodiagnosticStudy: study }),
        ),
        routeDecisions: decisions.map(({ on, decision }, index) => ({ id: `r${index}`, decidedAt: at(on), decision })),
        labResults: labs.map(({ on, analyte, value }, index) => ({ ...result(analyte, on, value), id: `l${index}` })),
      }),
    );

  it('gives the same answer twice, in whatever order the facts come', () => {
    fc.assert(
      fc.property(histories, (facts) => {
        const derived = deriveObligations(facts, PROTOCOL_DEFAULTS);
        expect(deriveObligations(facts, PROTOCOL_DEFAULTS)).toEqual(derived);
        const turned = Object.fromEntries(
          Object.entries(facts).map(([key, value]) => [key, Array.isArray(value) ? [...value].reverse() : value]),
        ) as unknown as PatientFacts;
        expect(deriveObligations(turned, PROTOCOL_DEFAULTS)).toEqual(derived);
      }),
    );
  });

  it('gives unique keys, known rules and sound times', () => {
    fc.assert(
      fc.property(histories, (facts) => {
        const { milestones, courses, hold } = deriveObligations(facts, PROTOCOL_DEFAULTS);
        expect(new Set(milestones.map(({ key }) => key)).size).toBe(milestones.length);
        for (const milestone of milestones) {
          expect(RULES).toHaveProperty([milestone.ruleId]);
          expect(milestone.key.startsWith(milestone.ruleId)).toBe(true);
          expect(milestone.metAt !== null).toBe(milestone.met);
          expect(milestone.metBy.length > 0).toBe(milestone.met);
          expect(milestone.met && milestone.missing.length > 0).toBe(false);
          for (const instant of [milestone.opensAt, milestone.dueAt, milestone.overdueAt ?? milestone.dueAt])
            expect(new Date(instant).toISOString()).toBe(instant);
          for (const name of Object.keys(milestone.facts)) expect(isShownFact(name) ? MILESTONE_FACTS : [name]).toContain(name);
          if (milestone.overdueAt !== null) expect(milestone.overdueAt >= milestone.dueAt).toBe(true);
        }
        for (const state of Object.values(courses)) expect(COURSE_PHASES).toContain(state.phase);
        for (const id of Object.keys(courses)) {
          expect(
            milestones.filter(({ ruleId, subjectId, met }) => ruleId === 'MON-ANNUAL' && subjectId === id && !met).length,
          ).toBeLessThanOrEqual(1);
        }
        expect(hold.active && hold.since === null).toBe(false);
      }),
    );
  });

  it('an alert is asked for exactly when the explanation says so', () => {
    fc.assert(
      fc.property(histories, days, (facts, day) => {
        const { milestones } = deriveObligations(facts, PROTOCOL_DEFAULTS);
        for (const ruleId of ALERT_RULE_IDS) {
          const open = milestones.some((milestone) => milestone.ruleId === ruleId && !milestone.met && milestone.opensAt <= at(day));
          const { verdict, reasons } = explainAbsence(ruleId, facts, PROTOCOL_DEFAULTS, at(day));
          expect([ruleId, verdict === 'applies', reasons.length > 0]).toEqual([ruleId, open, true]);
        }
      }),
      { numRuns: 60 },
    );
  });
});
