import fc from 'fast-check';
import { ALLERGENS, ROUTES, SITE_IDS, SUBSTANCES } from './facts.js';
import { FINDING_CODES } from './finding-codes.js';
import { checkInjection, isBlocked, type ProposedInjection } from './injection-check.js';
import {
  at,
  course,
  decide,
  dose,
  event,
  FOOT_DROP,
  patient,
  profile,
  proposal,
  REASSURING,
  result,
  UNANSWERED,
} from './patient.fixture.js';
import { DEFAULT_PROTOCOL } from './protocol.js';

const NOW = at('2026-03-05');
const check = (changes: Partial<ProposedInjection> = {}, facts: Parameters<typeof patient>[0] = {}, now = NOW) =>
  checkInjection(proposal(NOW, changes), patient({ injections: [dose('2026-01-05')], ...facts }), DEFAULT_PROTOCOL, now);
const codes = (...args: Parameters<typeof check>) => check(...args).map(({ severity, code }) => `${severity} ${code}`);

describe('recording an injection', () => {
  it('a dose on its day, in a rested site, from a good lot, says nothing', () => {
    expect(check()).toEqual([]);
  });

  it('a suspected nerve injury stops every IM dose until a physician decides to go on', () => {
    const events = [event(at('2026-02-20'))];
    expect(codes({}, { events })).toEqual(['block im-hold-active']);
    expect(codes({ site: null }, { events })).toEqual(['block im-hold-active']);
    expect(codes({}, { events, routeDecisions: [decide(at('2026-02-21'), 'oral')] })).toEqual(['block im-hold-active']);
    expect(codes({}, { events, routeDecisions: [decide(at('2026-02-21'), 'continue-im')] })).toEqual([]);
    expect(codes({ route: 'SC', site: null, productRoutes: ['IM', 'SC'] }, { events })).toEqual([]);
  });

  it('a benign numbness stops nothing, a numbness nobody assessed does', () => {
    expect(codes({}, { events: [event(at('2026-02-20'), { assessment: REASSURING })] })).toEqual([]);
    expect(codes({}, { events: [event(at('2026-02-20'), { assessment: UNANSWERED })] })).toEqual(['block im-hold-active']);
  });

  it('the injured limb stays closed after the hold', () => {
    const facts = { events: [event(at('2026-02-20'))], routeDecisions: [decide(at('2026-02-21'), 'continue-im')] };
    const [finding] = check({ site: 'vastus-lateralis-left' }, facts);
    expect(finding).toMatchObject({
      ruleId: 'HOLD-LIMB',
      severity: 'block',
      field: 'site',
      facts: { suggestedSite: 'ventrogluteal-right', causeEventIds: ['event'] },
    });
  });

  it('a dose given before the numbness was reported was not given against the hold', () => {
    const events = [event(at('2026-03-05', '09:10'), { site: 'ventrogluteal-right', injectionId: 'now' })];
    expect(
      codes(
        { amendsInjectionId: 'now' },
        { events, injections: [dose('2026-01-05'), dose('2026-03-05', { id: 'now', site: 'ventrogluteal-right' })] },
      ),
    ).toEqual([]);
  });

  it('refuses the dorsogluteal site, skin disease, and restrictions entered by hand', () => {
    expect(codes({ site: 'dorsogluteal-right' })).toEqual(['block dorsogluteal-site']);
    expect(codes({ skinFindings: ['ventrogluteal-right'] })).toEqual(['block skin-finding-at-site']);
    const restrictions = [
      { id: 'r', sites: ['ventrogluteal-right' as const], reason: 'implant', since: '2026-01-01', until: null, causeEventId: null },
    ];
    expect(codes({}, { restrictions })).toEqual(['block site-restricted']);
  });

  it('suggests another site when the last one is used again', () => {
    expect(check({ site: 'ventrogluteal-left' })).toEqual([
      expect.objectContaining({
        ruleId: 'SITE-ROTATE',
        severity: 'warn',
        code: 'same-site-as-previous',
        facts: expect.objectContaining({ suggestedSite: 'ventrogluteal-right', lastUsedOn: '2026-01-05' }),
      }),
    ]);
  });

  it('more than a millilitre is too much for the deltoid', () => {
    expect(check({ site: 'deltoid-left', volumeMl: 1.5 })).toEqual([
      expect.objectContaining({ ruleId: 'SITE-RANK', severity: 'warn', field: 'volumeMl' }),
    ]);
    expect(check({ site: 'deltoid-left', volumeMl: 1 })).toEqual([]);
  });

  it('half the interval is the earliest day; the same day is a duplicate', () => {
    expect(codes({ givenAt: at('2026-02-03') })).toEqual(['warn dose-too-early']);
    expect(codes({ givenAt: at('2026-02-04') })).toEqual([]);
    expect(codes({ givenAt: at('2026-01-05', '10:00') })).toEqual(['block course-dose-already-given-today']);
    expect(codes({ givenAt: at('2026-01-05', '08:00') })).toEqual(['block course-dose-already-given-today']);
  });

  it('a dose entered late may stand too close to the one after it', () => {
    expect(
      codes({ givenAt: at('2026-02-25') }, { injections: [dose('2025-12-01'), dose('2026-03-01', { site: 'deltoid-left' })] }),
    ).toEqual(['warn dose-too-close-to-next']);
  });

  it('correcting a dose does not make it early', () => {
    const injections = [dose('2026-01-05'), dose('2026-03-05', { id: 'wrong', site: 'ventrogluteal-right' })];
    expect(codes({ amendsInjectionId: 'wrong' }, { injections })).toEqual([]);
    expect(codes({}, { injections })).toEqual(['block course-dose-already-given-today', 'warn same-site-as-previous']);
  });

  it('the same vitamin under another course on the same day is a duplicate', () => {
    const other = dose('2026-03-05', {
      id: 'x',
      courseId: 'other',
      substance: 'cyanocobalamin',
      site: 'deltoid-left',
      givenAt: at('2026-03-05', '08:00'),
    });
    expect(codes({}, { injections: [dose('2026-01-05'), other] })).toEqual(['warn dose-already-given-today']);
  });

  it('a lot is good on its last day and not after', () => {
    expect(codes({ lot: { expiresOn: '2026-03-05', status: 'usable' } })).toEqual([]);
    expect(codes({ lot: { expiresOn: '2026-03-04', status: 'recalled' } })).toEqual(['block lot-expired', 'block lot-recalled']);
    expect(codes({ lot: { expiresOn: '2027-01-01', status: 'on-hold' } })).toEqual(['block lot-on-hold']);
    expect(codes({ lot: null, lotUnknown: true })).toEqual(['block lot-unknown']);
  });

  it('no cyanocobalamin with a failing kidney, by flag or by the latest eGFR', () => {
    const cyano = { substance: 'cyanocobalamin' as const };
    const courses = [course(cyano)];
    const blocked = 'block cyanocobalamin-with-renal-dysfunction';
    expect(codes(cyano, { courses, patient: profile({ renalDysfunction: true }) })).toEqual([blocked]);
    expect(codes(cyano, { courses, labResults: [result('egfr', '2026-02-01', 59), result('egfr', '2025-02-01', 90)] })).toEqual([blocked]);
    expect(codes(cyano, { courses, labResults: [result('egfr', '2025-02-01', 40), result('egfr', '2026-02-01', 60)] })).toEqual([]);
    expect(codes({}, { patient: profile({ renalDysfunction: true }) })).toEqual([]);
  });

  it('allergy: the substance, cobalt or cobalamin refuse, another cobalamin is pointed out', () => {
    for (const allergen of ['hydroxocobalamin', 'cobalt', 'cobalamin'] as const) {
      expect(codes({}, { patient: profile({ allergies: [allergen] }) })).toEqual(['block allergy-to-substance']);
    }
    expect(codes({}, { patient: profile({ allergies: ['cyanocobalamin'] }) })).toEqual(['warn allergy-to-related-substance']);
    expect(codes({}, { patient: profile({ allergies: ['retinol', 'other'] }) })).toEqual([]);
  });

  it('IM vitamin D needs a malabsorption that the source names', () => {
    const vitaminD = { substance: 'colecalciferol' as const };
    const courses = [course(vitaminD)];
    expect(codes(vitaminD, { courses })).toEqual(['block vitamin-d-without-malabsorption']);
    expect(codes(vitaminD, { courses, patient: profile({ malabsorption: ['other'] }) })).toEqual(['block vitamin-d-without-malabsorption']);
    expect(codes(vitaminD, { courses, patient: profile({ malabsorption: ['post-bariatric'] }) })).toEqual([]);
  });

  it('route, site and baseline', () => {
    expect(codes({ route: 'SC', site: null })).toEqual(['block route-not-allowed-for-product']);
    expect(codes({ site: null, baselineRecorded: false })).toEqual(['block site-missing', 'warn baseline-missing']);
    expect(codes({ substance: 'retinol' })).toEqual(['warn substance-differs-from-course', 'warn vitamin-a-oral-preferred']);
  });

  it('no dose into an ended course, for a deceased patient, or for a course of somebody else', () => {
    expect(codes({}, { courses: [course({ endedOn: '2026-03-01' })] })).toEqual(['block course-ended']);
    expect(codes({}, { patient: profile({ deceasedOn: '2026-03-04' }) })).toEqual(['block patient-deceased']);
    expect(codes({ courseId: 'nobody' })).toEqual(['block course-unknown']);
    expect(codes({ doseMicrograms: 10_000 })).toEqual(['warn dose-differs-from-course']);
  });

  it('is total, unique and blocks first', () => {
    const proposals = fc.record({
      courseId: fc.constantFrom('course', 'gone'),
      substance: fc.constantFrom(...SUBSTANCES),
      route: fc.constantFrom(...ROUTES),
      site: fc.option(fc.constantFrom(...SITE_IDS)),
      doseMicrograms: fc.constantFrom(500, 1000),
      volumeMl: fc.option(fc.double({ min: 0, max: 5, noNaN: true })),
      givenAt: fc.date({ min: new Date('2025-01-01'), max: new Date('2027-01-01'), noInvalidDate: true }).map((date) => date.toISOString()),
      lot: fc.option(
        fc.record({
          expiresOn: fc.constantFrom('2025-06-01', '2027-06-01'),
          status: fc.constantFrom('usable' as const, 'on-hold' as const, 'recalled' as const),
        }),
      ),
      skinFindings: fc.subarray([...SITE_IDS]),
      baselineRecorded: fc.boolean(),
      productRoutes: fc.subarray([...ROUTES]),
    });
    fc.assert(
      fc.property(proposals, fc.subarray([...ALLERGENS]), fc.boolean(), fc.boolean(), (changes, allergies, hurt, renalDysfunction) => {
        const injections = [dose('2026-01-05'), dose('2026-03-01', { site: 'deltoid-left' })];
        const facts = patient({
          injections,
          patient: profile({ allergies, renalDysfunction }),
          events: hurt ? [event(at('2026-02-01'), { assessment: FOOT_DROP })] : [],
        });
        const findings = checkInjection(proposal(NOW, changes), facts, DEFAULT_PROTOCOL, NOW);
        expect(new Set(findings.map(({ code }) => code)).size).toBe(findings.length);
        expect(findings.map(({ severity }) => severity)).toEqual(findings.map(({ severity }) => severity).sort());
        for (const { code, ruleId } of findings) expect(FINDING_CODES[code as keyof typeof FINDING_CODES]).toBe(ruleId);
        expect(isBlocked(findings)).toBe(findings.some(({ severity }) => severity === 'block'));
        expect(checkInjection(proposal(NOW, changes), { ...facts, injections: [...injections].reverse() }, DEFAULT_PROTOCOL, NOW)).toEqual(
          findings,
        );
      }),
    );
  });
});
