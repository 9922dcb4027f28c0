import fc from 'fast-check';
import { SITE_IDS } from './facts.js';
import { at, decide, dose, event, patient, REASSURING } from './patient.fixture.js';
import { DEFAULT_PROTOCOL } from './protocol.js';
import { adviseSites } from './site-advice.js';
import { limbSites, SITES, suspectedNerves } from './sites.js';

const TODAY = '2026-03-02';
const advise = (changes: Parameters<typeof patient>[0] = {}, options = {}) =>
  adviseSites(patient(changes), DEFAULT_PROTOCOL, TODAY, options);
const of = (advice: ReturnType<typeof adviseSites>, site: string) => advice.find((entry) => entry.site === site);

describe('sites', () => {
  it('a new patient is offered the ventrogluteal site, and never the dorsogluteal one', () => {
    const advice = advise();
    expect(advice[0]).toMatchObject({ site: 'ventrogluteal-left', rank: 1, state: 'recommended', lastUsedOn: null, reasons: [] });
    expect(advice.slice(8).map(({ site, state }) => [site, state])).toEqual([
      ['dorsogluteal-left', 'avoid'],
      ['dorsogluteal-right', 'avoid'],
    ]);
  });

  it('alternates sides from dose to dose', () => {
    const advice = advise({ injections: [dose('2026-01-02', { site: 'ventrogluteal-left' })] });
    expect(advice[0]?.site).toBe('ventrogluteal-right');
    expect(of(advice, 'ventrogluteal-left')).toMatchObject({
      state: 'recent',
      daysSinceLastUse: 59,
      reasons: [{ ruleId: 'SITE-ROTATE', code: 'same-site-as-previous' }],
    });
  });

  it('in loading walks round the permitted sites and comes back to the best rested', () => {
    const injections = SITE_IDS.slice(0, 8)
      .map((site, index) => dose(`2026-02-${String(14 + 2 * index).padStart(2, '0')}`, { site }))
      .slice(0, 8);
    const advice = advise({ injections });
    expect(advice[0]).toMatchObject({ site: 'ventrogluteal-left', state: 'recommended', daysSinceLastUse: 16 });
  });

  it('when everything was used lately, the best-rested site is still recommended', () => {
    const injections = SITE_IDS.slice(0, 8).map((site, index) => dose(`2026-02-${20 + index}`, { site }));
    const advice = advise({ injections });
    expect(advice.filter(({ state }) => state === 'recommended').map(({ site }) => site)).toEqual(['ventrogluteal-left']);
    expect(advice[7]).toMatchObject({ site: 'rectus-femoris-right', state: 'recent' });
  });

  it('a site is recent up to and including the fourteenth day', () => {
    const uses = [
      dose('2026-02-20', { site: 'deltoid-left' }),
      dose('2026-02-16', { site: 'ventrogluteal-left' }),
      dose('2026-02-15', { site: 'ventrogluteal-right' }),
    ];
    const advice = advise({ injections: uses });
    expect(of(advice, 'ventrogluteal-left')?.state).toBe('recent');
    expect(of(advice, 'ventrogluteal-right')?.state).toBe('recommended');
  });

  it('advises against the deltoid for more than a millilitre, and against a rash', () => {
    const advice = advise({}, { volumeMl: 2, skinFindings: ['ventrogluteal-left'] });
    expect(of(advice, 'deltoid-left')).toMatchObject({ state: 'avoid', reasons: [{ code: 'deltoid-volume-exceeded' }] });
    expect(of(advice, 'ventrogluteal-left')).toMatchObject({ state: 'restricted', reasons: [{ ruleId: 'SITE-SKIN' }] });
    expect(advice[0]?.site).toBe('ventrogluteal-right');
  });

  it('on hold no site is offered; after the hold the limb stays closed', () => {
    const held = { events: [event(at('2026-02-01'))] };
    expect(new Set(advise(held).map(({ state }) => state))).toEqual(new Set(['restricted']));
    const lifted = advise({ ...held, routeDecisions: [decide(at('2026-02-02'), 'continue-im')] });
    expect(lifted[0]?.site).toBe('ventrogluteal-right');
    expect(
      lifted
        .filter(({ state }) => state === 'restricted')
        .map(({ site }) => site)
        .sort(),
    ).toEqual(limbSites('ventrogluteal-left').sort());
  });

  it('a benign event restricts nothing', () => {
    expect(advise({ events: [event(at('2026-02-01'), { assessment: REASSURING })] })[0]?.state).toBe('recommended');
  });

  it('a restriction entered by hand ends with its last day', () => {
    const restriction = { id: 'r', sites: ['ventrogluteal-left' as const], reason: 'lipoma', since: '2026-01-01', causeEventId: null };
    expect(of(advise({ restrictions: [{ ...restriction, until: TODAY }] }), 'ventrogluteal-left')?.state).toBe('restricted');
    expect(of(advise({ restrictions: [{ ...restriction, until: '2026-03-01' }] }), 'ventrogluteal-left')?.state).toBe('recommended');
  });

  it('a restriction entered because of an event counts on the limbs the event itself leaves open', () => {
    const restrictions = [
      {
        id: 'r',
        sites: ['deltoid-left' as const, 'ventrogluteal-left' as const],
        reason: 'pain',
        since: '2026-02-02',
        until: null,
        causeEventId: 'event',
      },
    ];
    const advice = advise({ events: [event(at('2026-02-01'))], routeDecisions: [decide(at('2026-02-02'), 'continue-im')], restrictions });
    expect(of(advice, 'deltoid-left')?.reasons.map(({ code }) => code)).toEqual(['site-restricted']);
    expect(of(advice, 'ventrogluteal-left')?.reasons.map(({ code }) => code)).toEqual(['limb-restricted']);
  });

  it('exactly one recommendation whenever a site is permitted', () => {
    const uses = fc.array(fc.record({ site: fc.constantFrom(...SITE_IDS), day: fc.integer({ min: 1, max: 28 }) }), { maxLength: 12 });
    fc.assert(
      fc.property(uses, fc.subarray([...SITE_IDS]), fc.option(fc.constantFrom(0.5, 1, 2)), (used, skinFindings, volumeMl) => {
        const injections = used.map(({ site, day }, index) => dose(`2026-02-${String(day).padStart(2, '0')}`, { id: `d${index}`, site }));
        const advice = advise({ injections }, { skinFindings, volumeMl });
        expect(advice.map(({ rank }) => rank)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
        const permitted = SITE_IDS.filter(
          (site) => SITES[site].standing !== 'avoid' && !skinFindings.includes(site) && !(SITES[site].volumeLimited && (volumeMl ?? 0) > 1),
        );
        expect(advice.filter(({ state }) => state === 'recommended')).toHaveLength(permitted.length > 0 ? 1 : 0);
        expect(advise({ injections: [...injections].reverse() }, { skinFindings, volumeMl })).toEqual(advice);
      }),
    );
  });

  it('every limb contains its own site, on its own side', () => {
    for (const site of SITE_IDS) {
      expect(limbSites(site)).toContain(site);
      expect(limbSites(site).every((other) => SITES[other].side === SITES[site].side)).toBe(true);
    }
    expect(limbSites('vastus-lateralis-left')).toEqual(['vastus-lateralis-left', 'rectus-femoris-left']);
    expect(suspectedNerves('vastus-lateralis-right')[0]).toBe('lateral-femoral-cutaneous');
    expect(suspectedNerves(null)).toEqual([]);
  });
});
