import {
  decideRoute,
  liftRestriction,
  listAudit,
  readChart,
  recordAdverseEvent,
  restrictSites,
  searchPatients,
  voidAdverseEvent,
} from '@vastus/contract';
import * as build from '../../testing/build.js';
import { startTestApi, type TestApi, type TestClinic } from '../../testing/index.js';

const NOW = '2026-11-20T09:00:00.000Z';
const GIVEN = '2026-11-20T08:00:00.000Z';
const REASON = 'severe malabsorption, a tablet is not absorbed';
let api: TestApi;
let clinic: TestClinic;

beforeAll(async () => {
  api = await startTestApi({ now: NOW });
});
afterAll(() => api.close());
beforeEach(async () => {
  await api.clock.set(NOW);
  clinic = await api.newClinic();
});

const chartOf = (patientId: string) => clinic.nurse.ok(readChart, { params: { patientId } });

/** A drop foot right after an injection into the left ventrogluteal site. */
async function injured(course?: Parameters<typeof build.course>[2]) {
  const made = await build.treated(clinic, GIVEN, { dose: { site: 'ventrogluteal-left' }, course });
  const { event, changes } = await clinic.nurse.ok(recordAdverseEvent, {
    params: { patientId: made.patient.id },
    body: {
      injectionId: made.injection.id,
      onsetAt: GIVEN,
      assessment: { onset: 'seconds-to-minutes', distribution: 'dermatomal', motor: 'foot-or-wrist-drop', radiatingPain: true },
    },
  });
  expect(changes.holdPlaced).toBe(true);
  return { ...made, event };
}

describe('restricted sites', () => {
  const body = { sites: ['deltoid-left', 'deltoid-left'], reason: 'lymph node dissection', since: '2026-11-01' } as const;

  test('a nurse closes a site, a physician opens it again', async () => {
    const { id: patientId } = await build.patient(clinic);
    const { restriction, changes } = await clinic.nurse.ok(restrictSites, {
      params: { patientId },
      body: { ...body, sites: [...body.sites] },
    });
    expect(restriction).toMatchObject({
      sites: ['deltoid-left'],
      reason: 'lymph node dissection',
      since: '2026-11-01',
      until: null,
      causeEventId: null,
    });
    expect(changes.sitesRestricted).toEqual(['deltoid-left']);
    expect((await chartOf(patientId)).restrictions).toEqual([restriction]);

    const lift = { params: { restrictionId: restriction.id }, body: { reason: 'entered for the wrong arm' } };
    const refused = await clinic.nurse.call(liftRestriction, lift);
    expect([refused.status, refused.body.permission]).toEqual([403, 'site-restriction.lift']);
    const lifted = await clinic.physician.ok(liftRestriction, lift);
    expect(lifted.changes.sitesReleased).toEqual(['deltoid-left']);
    expect((await chartOf(patientId)).restrictions).toEqual([]);
    const again = await clinic.physician.call(liftRestriction, lift);
    expect([again.status, again.body.code]).toEqual([409, 'state-changed']);
  });

  test('one that ended yesterday is not shown, one that begins tomorrow is', async () => {
    const { id: patientId } = await build.patient(clinic);
    const restrict = (since: string, until: string | null) =>
      clinic.nurse.ok(restrictSites, { params: { patientId }, body: { sites: ['deltoid-right'], reason: 'rash', since, until } });
    await restrict('2026-11-01', '2026-11-19');
    const planned = await restrict('2026-11-21', null);
    expect(planned.changes.sitesRestricted).toEqual([]);
    expect((await chartOf(patientId)).restrictions.map(({ since }) => since)).toEqual(['2026-11-21']);
  });

  test.each([
    [{ since: '1960-05-16' }, '/since'],
    [{ until: '2026-10-31' }, '/until'],
    [{ sites: ['left arm'] }, '/sites/0'],
    [{ sites: [] }, '/sites'],
    [{ reason: ' ' }, '/reason'],
  ])('%j is refused at %s and nothing is written', async (wrong, pointer) => {
    const { id: patientId } = await build.patient(clinic);
    const { status, body: answer } = await clinic.nurse.call(restrictSites, {
      params: { patientId },
      body: { ...body, ...wrong } as never,
    });
    expect([status, answer.issues?.map((issue) => issue.pointer)]).toEqual([422, [pointer]]);
    expect((await chartOf(patientId)).restrictions).toEqual([]);
  });

  test('HOLD-LIMB: a limb closed by an event is not opened by hand, only with the event', async () => {
    const { patient, event } = await injured();
    const { restrictions } = await chartOf(patient.id);
    expect(restrictions).toHaveLength(1);
    expect(restrictions[0]).toMatchObject({ causeEventId: event.id });
    const lift = await clinic.physician.call(liftRestriction, {
      params: { restrictionId: restrictions[0]?.id ?? '' },
      body: { reason: REASON },
    });
    expect([lift.status, lift.body.code, lift.body.findings?.[0]]).toEqual([
      409,
      'blocked-by-rule',
      expect.objectContaining({ ruleId: 'HOLD-LIMB' }),
    ]);
    expect((await chartOf(patient.id)).restrictions).toHaveLength(1);
    const gone = await clinic.physician.ok(voidAdverseEvent, {
      params: { eventId: event.id },
      body: { reason: 'recorded for the wrong patient' },
    });
    expect(gone.changes.sitesReleased.length).toBeGreaterThan(0);
    expect(await chartOf(patient.id)).toMatchObject({ restrictions: [], hold: null });
  });
});

describe('the route after a hold', () => {
  test('continuing elsewhere lifts the hold and stays on record', async () => {
    const { patient } = await injured();
    expect((await clinic.nurse.ok(searchPatients, { body: {} })).items[0]).toMatchObject({ imHold: 'undecided' });
    const { decision, changes } = await clinic.physician.ok(decideRoute, {
      params: { patientId: patient.id },
      body: { decision: 'continue-im', reason: REASON } as never,
    });
    expect(changes).toMatchObject({ holdLifted: true });
    const chart = await chartOf(patient.id);
    expect(chart).toMatchObject({ hold: null, routeDecisions: [decision] });
    expect(decision).toMatchObject({ decision: 'continue-im', reason: REASON, decidedByName: clinic.members.physician.name });
    // The limb stays closed after the hold is lifted.
    expect(chart.restrictions).toHaveLength(1);
    expect((await clinic.nurse.ok(searchPatients, { body: {} })).items[0]).toMatchObject({ imHold: null });
  });

  test('going over to tablets leaves injections on hold', async () => {
    const { patient } = await injured();
    const { changes } = await clinic.physician.ok(decideRoute, {
      params: { patientId: patient.id },
      body: { decision: 'oral', reason: REASON } as never,
    });
    expect(changes.holdLifted).toBe(false);
    expect((await chartOf(patient.id)).hold).not.toBeNull();
    const held = async (q?: string) => (await clinic.nurse.ok(searchPatients, { body: { q, onHold: true } })).items;
    expect((await held()).map(({ id, imHold }) => [id, imHold])).toContainEqual([patient.id, 'oral']);
    // Among those on hold, too, one looks for a name.
    expect((await held(patient.recordNumber)).map(({ id }) => id)).toEqual([patient.id]);
    const { id: free } = await build.patient(clinic);
    expect((await held()).map(({ id }) => id)).not.toContain(free);
  });

  test('a new injury after the decision waits for a new one', async () => {
    const { patient, injection, event } = await injured();
    const decide = (decision: string) =>
      clinic.physician.ok(decideRoute, { params: { patientId: patient.id }, body: { decision, reason: REASON } as never });
    const row = async () => (await clinic.nurse.ok(searchPatients, { body: { q: patient.recordNumber } })).items[0]?.imHold;
    await decide('oral');
    await decide('stop');
    expect(await row()).toBe('stop');
    await decide('continue-im');
    expect(await row()).toBeNull();
    await api.clock.set('2026-11-20T09:10:00.000Z');
    const { assessment, onsetAt } = event;
    await clinic.nurse.ok(recordAdverseEvent, {
      params: { patientId: patient.id },
      body: { injectionId: injection.id, onsetAt, assessment } as never,
    });
    expect(await row()).toBe('undecided');
  });

  test('RX-ORAL-NEURO: tablets while loading with neuropathy need the physician’s reason', async () => {
    const { patient } = await injured({ neurologicalInvolvement: true, regimen: 'loading-alternate-days' });
    const decide = (overrideReason?: string) =>
      clinic.physician.call(decideRoute, {
        params: { patientId: patient.id },
        body: { decision: 'oral', reason: REASON, overrideReason } as never,
      });
    const blocked = await decide();
    expect([blocked.status, blocked.body.code]).toEqual([409, 'blocked-by-rule']);
    expect(blocked.body.findings).toEqual([expect.objectContaining({ ruleId: 'RX-ORAL-NEURO', severity: 'block' })]);
    expect((await chartOf(patient.id)).routeDecisions).toEqual([]);
    expect((await decide('too short')).body.issues?.[0]?.pointer).toBe('/overrideReason');
    expect((await decide('the patient refuses every needle from now on')).status).toBe(201);
    const { items } = await clinic.administrator.ok(listAudit, { query: { action: 'route.decide' } });
    expect(items[0]?.after).toMatchObject({
      overrideReason: 'the patient refuses every needle from now on',
      findings: [{ ruleId: 'RX-ORAL-NEURO' }],
    });
  });

  test('without a hold there is nothing to decide, and a nurse does not decide', async () => {
    const { id: patientId } = await build.patient(clinic);
    const body = { decision: 'stop', reason: REASON } as never;
    const none = await clinic.physician.call(decideRoute, { params: { patientId }, body });
    expect([none.status, none.body.code]).toEqual([409, 'state-changed']);
    const nurse = await clinic.nurse.call(decideRoute, { params: { patientId }, body });
    expect([nurse.status, nurse.body.permission]).toEqual([403, 'route.decide']);
  });
});

test('another clinic’s patient and restriction do not exist', async () => {
  const { id: patientId } = await build.patient(clinic);
  const { restriction } = await clinic.nurse.ok(restrictSites, {
    params: { patientId },
    body: { sites: ['deltoid-left'], reason: 'rash', since: '2026-11-01' },
  });
  const { physician } = await api.newClinic();
  const sites = { sites: ['deltoid-left' as const], reason: 'rash', since: '2026-11-01' };
  expect((await physician.call(restrictSites, { params: { patientId }, body: sites })).status).toBe(404);
  expect((await physician.call(liftRestriction, { params: { restrictionId: restriction.id }, body: { reason: REASON } })).status).toBe(404);
  expect((await physician.call(decideRoute, { params: { patientId }, body: { decision: 'stop', reason: REASON } as never })).status).toBe(
    404,
  );
  expect((await chartOf(patientId)).restrictions).toHaveLength(1);
});
