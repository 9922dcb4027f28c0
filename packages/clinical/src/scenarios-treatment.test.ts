// Products, courses, doses and checks, told as a clinician would tell it.
import { harmonize, UnknownUnitError } from './analytes.js';
import { addDays, addHours, dateInZone, startOfDay } from './calendar.js';
import { courseState, permanentDamageRisk } from './courses.js';
import { checkEndOfCourse, checkFolicAcid, checkStartOfCourse, folicAcidOverrideInForce } from './decision-checks.js';
import type { CourseFacts, PatientFacts } from './facts.js';
import { checkInjection, type ProposedInjection } from './injection-check.js';
import { interpretResult, onInjections } from './interpretation.js';
import { deriveObligations } from './obligations.js';
import { at, course, dose, patient, profile, proposal, result } from './patient.fixture.js';
import { DEFAULT_PROTOCOL } from './protocol.js';
import { explainAbsence } from './why-not.js';

const derive = (changes: Partial<PatientFacts>) => deriveObligations(patient(changes), DEFAULT_PROTOCOL);
const milestone = (changes: Partial<PatientFacts>, key: string) => derive(changes).milestones.find((entry) => entry.key === key);
const next = (changes: Partial<CourseFacts>, ...givenOn: string[]) =>
  courseState(
    course(changes),
    givenOn.map((on) => dose(on)),
    false,
    DEFAULT_PROTOCOL,
  );

describe('loading', () => {
  it('on alternate days has no count: it ends when a clinician says that nothing improves any more (RX-LOAD-NEURO)', () => {
    const fifty = Array.from({ length: 50 }, (_, index) => addDays('2026-01-05', 2 * index));
    const last = fifty.at(-1) ?? '';
    expect(next({ regimen: 'loading-alternate-days' }, ...fifty)).toMatchObject({ phase: 'loading', next: { dueOn: addDays(last, 2) } });
    expect(next({ regimen: 'loading-alternate-days', loadingEndedOn: last }, ...fifty).phase).toBe('maintenance');
  });

  it.each(['loading-three-weekly', 'loading-three-weekly-neurological'] as const)(
    '%s is Monday, Wednesday, Friday for two weeks (RX-LOAD-PLAIN, RX-LOAD-NEURO-ALT)',
    (regimen) => {
      const given = ['2026-01-05'];
      for (let count = 1; count < 6; count++) given.push(next({ regimen }, ...given).next?.dueOn ?? '');
      expect(given).toEqual(['2026-01-05', '2026-01-07', '2026-01-09', '2026-01-12', '2026-01-14', '2026-01-16']);
      expect(next({ regimen }, ...given)).toMatchObject({ phase: 'maintenance', next: { dueOn: '2026-03-16' } });
    },
  );

  it('methylcobalamin three times a week goes on until a clinician ends it (RX-METHYL)', () => {
    const regimen = 'methylcobalamin-three-weekly';
    const given = ['2026-01-05'];
    while (given.length < 12) given.push(next({ regimen }, ...given).next?.dueOn ?? '');
    expect(given.at(-1)).toBe('2026-01-30');
    expect(next({ regimen }, ...given).phase).toBe('loading');
  });

  it('a missed Wednesday does not bunch: given on Thursday, the next is Monday, and the weekdays come back', () => {
    const regimen = 'loading-three-weekly';
    expect(next({ regimen }, '2026-01-05', '2026-01-08').next?.dueOn).toBe('2026-01-12');
    expect(next({ regimen }, '2026-01-05', '2026-01-12').next?.dueOn).toBe('2026-01-14');
  });

  it('a course starts on suspicion: no result is asked for first (DX-START)', () => {
    expect(checkStartOfCourse('hydroxocobalamin', patient({ labResults: [] }), DEFAULT_PROTOCOL, at('2026-01-05'))).toEqual([]);
  });

  it('three months of symptoms and a day before treatment threaten permanent damage (DX-3MO)', () => {
    const risk = (startedOn: string) => permanentDamageRisk(course({ symptomsSince: '2025-11-30', startedOn }), DEFAULT_PROTOCOL);
    expect([risk('2026-02-28'), risk('2026-03-01')]).toEqual([false, true]);
  });
});

describe('maintenance (RX-MAINT)', () => {
  it('follows the last dose given, not the first date planned', () => {
    expect(next({}, '2026-01-05').next?.dueOn).toBe('2026-03-05');
    expect(next({}, '2026-01-05', '2026-03-29').next?.dueOn).toBe('2026-05-29');
    expect(next({ maintenanceMonths: 3 }, '2026-01-05', '2026-03-29').next?.dueOn).toBe('2026-06-29');
  });

  it('a dose reported late is placed where it was given', () => {
    const late = dose('2026-03-05', { recordedAt: at('2026-04-20') });
    const { courses, milestones } = derive({ injections: [dose('2026-01-05'), late] });
    expect(courses['course']).toMatchObject({ lastDoseOn: '2026-03-05', next: { dueOn: '2026-05-05' } });
    expect(milestones.find(({ key }) => key === 'RX-OVERDUE/course/after:dose-2026-01-05/nurse')).toMatchObject({
      met: true,
      metAt: at('2026-03-05'),
    });
    const between = derive({ injections: [dose('2026-01-05'), dose('2026-05-01'), late] });
    expect(between.courses['course']).toMatchObject({ dosesGiven: 3, lastDoseOn: '2026-05-01' });
  });

  it('better is no reason to stop (RX-LIFELONG)', () => {
    for (const reason of ['levels-normalized', 'symptoms-improved'] as const) {
      expect(checkEndOfCourse(course(), reason, patient(), DEFAULT_PROTOCOL)[0]).toMatchObject({
        ruleId: 'RX-LIFELONG',
        severity: 'block',
      });
    }
  });
});

describe('the calendar of a clinic', () => {
  it.each([
    ['2025-08-31', '2026-02-28'],
    ['2027-08-31', '2028-02-29'],
    ['2026-12-31', '2027-06-30'],
  ])('a first dose on %s is checked six months later on %s', (first, dueOn) => {
    expect(milestone({ injections: [dose(first)] }, 'MON-3-6-12/course/6m')?.facts['dueOn']).toBe(dueOn);
  });

  it.each(['Europe/Berlin', 'America/Los_Angeles', 'Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Asia/Kolkata'])(
    'in %s a check is due when its day begins there, before and after the clocks change',
    (zone) => {
      const facts = { zone, injections: [dose('2025-12-29')] };
      expect(milestone(facts, 'MON-3-6-12/course/3m')?.dueAt).toBe(startOfDay('2026-03-29', zone));
      expect(dateInZone(milestone(facts, 'MON-3-6-12/course/6m')?.dueAt ?? '', zone)).toBe('2026-06-29');
    },
  );

  it('48 hours are 48 hours, also over the night on which an hour is missing', () => {
    const first = dose('2026-03-28', { givenAt: '2026-03-28T09:00:00.000Z' });
    const facts = { courses: [course({ regimen: 'loading-three-weekly', startedOn: '2026-03-28' })], injections: [first] };
    expect(milestone(facts, 'MON-K48/course')?.opensAt).toBe('2026-03-30T09:00:00.000Z');
  });
});

describe('a check is met by what was collected in its window (MON-SATISFY)', () => {
  const key = 'MON-3-6-12/course/3m';
  const given = { injections: [dose('2026-01-05')] };
  const b12 = result('b12', '2026-04-01', 400);
  const homocysteine = result('homocysteine', '2026-04-01', 8);
  const mma = result('mma', '2026-04-01', 0.2);

  it('B12 and homocysteine came and MMA did not: open, naming MMA', () => {
    expect(milestone({ ...given, labResults: [b12, homocysteine] }, key)).toMatchObject({ met: false, missing: ['mma'] });
  });

  it('a result that was corrected or withdrawn opens it again', () => {
    expect(milestone({ ...given, labResults: [b12, homocysteine, mma] }, key)?.met).toBe(true);
    expect(milestone({ ...given, labResults: [b12, homocysteine] }, key)?.met).toBe(false);
    const corrected = { ...mma, id: 'corrected', collectedOn: '2026-01-20', collectedAt: at('2026-01-20') };
    expect(milestone({ ...given, labResults: [b12, homocysteine, corrected] }, key)).toMatchObject({ met: false, missing: ['mma'] });
  });

  it('a result from before the window does not count, and the explanation says why', () => {
    const facts = patient({ ...given, labResults: [b12, homocysteine, result('mma', '2026-03-21', 0.2)] });
    const { verdict, reasons } = explainAbsence('MON-3-6-12', facts, DEFAULT_PROTOCOL, at('2026-04-10'));
    expect(verdict).toBe('applies');
    expect(reasons[1]).toMatchObject({
      code: 'result-before-window',
      facts: { analyte: 'mma', collectedOn: '2026-03-21', windowFrom: '2026-03-22' },
    });
  });

  it('it opens with its window to the minute', () => {
    const opensAt = startOfDay('2026-03-22', 'Europe/Berlin');
    const verdict = (hours: number) => explainAbsence('MON-3-6-12', patient(given), DEFAULT_PROTOCOL, addHours(opensAt, hours)).verdict;
    expect([verdict(-1 / 60), verdict(0), verdict(1 / 60)]).toEqual(['not-yet', 'applies', 'applies']);
  });
});

describe('units', () => {
  it.each([
    ['b12', 350, 'pg/mL', 258.3],
    ['b12', 350, 'ng/L', 258.3],
    ['b12', 258.3, 'pmol/L', 258.3],
    ['mma', 0.28, 'µmol/L', 0.28],
    ['mma', 0.28, 'nmol/mL', 0.28],
    ['mma', 280, 'nmol/L', 0.28],
    ['homocysteine', 12, 'µmol/L', 12],
    ['potassium', 3.4, 'mmol/L', 3.4],
    ['potassium', 3.4, 'mEq/L', 3.4],
  ] as const)('%s %d %s is one value, however the laboratory writes it', (analyte, value, unit, expected) => {
    expect(harmonize(analyte, value, unit).value).toBeCloseTo(expected, 8);
  });

  it('an unknown unit is refused, never guessed', () => {
    for (const [analyte, unit] of [
      ['b12', 'mg/L'],
      ['mma', ''],
      ['potassium', 'mg/dL'],
      ['homocysteine', 'mg/L'],
    ] as const) {
      expect(() => harmonize(analyte, 1, unit)).toThrow(UnknownUnitError);
    }
  });

  it('a high B12 while on injections is not abnormal', () => {
    const facts = patient({ injections: [dose('2026-01-05')] });
    const value = harmonize('b12', 1500, 'pg/mL').value;
    expect(interpretResult('b12', value, { onInjections: onInjections(facts, '2026-04-05') })).toBe('expected-high');
    expect(interpretResult('b12', value, { onInjections: onInjections(facts, '2025-12-05') })).toBe('high');
  });
});

describe('stops before a dose', () => {
  const cyano = { substance: 'cyanocobalamin' as const };
  const said = (changes: Partial<ProposedInjection> = {}, facts: Partial<PatientFacts> = {}) =>
    checkInjection(
      proposal(at('2026-03-05'), changes),
      patient({ injections: [dose('2026-01-05')], ...facts }),
      DEFAULT_PROTOCOL,
      at('2026-03-05'),
    ).map(({ ruleId, severity }) => `${severity} ${ruleId}`);

  it('folic acid before the first B12 dose is refused and alarms; after it, neither (RX-FOLATE)', () => {
    const taking = { patient: profile({ folicAcidMgPerDay: 5 }) };
    expect(checkFolicAcid({ before: null, after: 0.11 }, patient(), DEFAULT_PROTOCOL)).toHaveLength(1);
    expect(checkFolicAcid({ before: null, after: 0.1 }, patient(), DEFAULT_PROTOCOL)).toEqual([]);
    expect(milestone(taking, 'RX-FOLATE/course')).toMatchObject({ priority: 'high', ownerRole: 'physician' });
    const treated = { ...taking, injections: [dose('2026-01-05')] };
    expect(checkFolicAcid({ before: null, after: 5 }, patient(treated), DEFAULT_PROTOCOL)).toEqual([]);
    expect(milestone(treated, 'RX-FOLATE/course')).toBeUndefined();
  });

  it.each([
    ['the first word about it is asked about', null, 5, 1],
    ['more than before is asked about', 1, 5, 1],
    ['a trace that becomes more than a trace is asked about', 0.1, 0.2, 1],
    ['the same is not asked about again', 5, 5, 0],
    ['less is not asked about, even where it is still too much', 5, 1, 0],
    ['stopping it is not asked about', 5, null, 0],
    ['back to what it was, after less, is asked about like anything more', 1, 5, 1],
  ])('folic acid ahead of B12: %s (RX-FOLATE)', (_, before, after, findings) => {
    expect(checkFolicAcid({ before, after }, patient(), DEFAULT_PROTOCOL)).toHaveLength(findings);
  });

  it.each([
    ['while the amount is what was decided on', 5, {}, true],
    ['while less is taken that is still above the limit', 1, {}, true],
    ['not for more than was decided on', 6, {}, false],
    ['not once folic acid is down to a trace', 0.1, {}, false],
    ['not once it is stopped', null, {}, false],
    ['not once B12 has been given', 5, { injections: [dose('2026-01-05')] }, false],
    ['still, where the dose of B12 was not given', 5, { injections: [dose('2026-01-05', { status: 'not-given' as const })] }, true],
  ])('a physician’s override of RX-FOLATE speaks %s', (_, folicAcidMgPerDay, given, stands) => {
    const facts = patient({ patient: profile({ folicAcidMgPerDay }), ...given });
    const [latest, earlier] = [{ folicAcidMgPerDay: 5 }, { folicAcidMgPerDay: 20 }];
    expect(folicAcidOverrideInForce([latest, earlier], facts, DEFAULT_PROTOCOL)).toBe(stands ? latest : null);
    expect(folicAcidOverrideInForce([], facts, DEFAULT_PROTOCOL)).toBeNull();
  });

  it('no cyanocobalamin with failing kidneys: by flag, by eGFR, and by a result that arrives mid-course (RX-RENAL)', () => {
    const courses = [course(cyano)];
    expect(said(cyano, { courses, patient: profile({ renalDysfunction: true }) })).toEqual(['block RX-RENAL']);
    expect(said(cyano, { courses, labResults: [result('egfr', '2026-02-01', 59.9)] })).toEqual(['block RX-RENAL']);
    expect(said(cyano, { courses, labResults: [result('egfr', '2026-02-01', 60)] })).toEqual([]);
    const midway = { courses, injections: [dose('2026-01-05', cyano)], labResults: [result('egfr', '2026-02-01', 45)] };
    expect(milestone(midway, 'RX-RENAL/course')).toMatchObject({ ownerRole: 'physician', priority: 'high' });
    expect(explainAbsence('RX-RENAL', patient(midway), DEFAULT_PROTOCOL, at('2026-02-02')).verdict).toBe('applies');
  });

  it.each([
    ['SITE-DG', 'block', { site: 'dorsogluteal-left' }, {}],
    ['TECH-SC', 'block', { route: 'SC', site: null }, {}],
    ['RX-EARLY', 'warn', { givenAt: at('2026-01-06') }, {}],
    ['RX-VITD', 'block', { substance: 'colecalciferol' }, { courses: [course({ substance: 'colecalciferol' })] }],
    ['RX-VITA', 'warn', { substance: 'retinol' }, { courses: [course({ substance: 'retinol' })] }],
    ['RX-ALLERGY', 'block', {}, { patient: profile({ allergies: ['cobalamin'] }) }],
    ['RX-EXPIRED', 'block', { lot: { expiresOn: '2026-03-04', status: 'usable' } }, {}],
    ['MON-NEURO', 'warn', { baselineRecorded: false }, {}],
  ] as const)('%s speaks with a %s', (ruleId, severity, changes, facts) => {
    expect(said(changes as Partial<ProposedInjection>, facts as Partial<PatientFacts>)).toEqual([`${severity} ${ruleId}`]);
  });

  it('aspiration and needle are recorded and never demanded (TECH-ASPIRATE, TECH-NEEDLE)', () => {
    expect(said()).toEqual([]);
  });
});
