/** The whole job on data nobody here wrote: import, accept, inject, a year of alerts, an injury, a stop. The browser walks the same way. */
import fs from 'node:fs';
import path from 'node:path';
import {
  acceptProposal,
  listAlerts,
  listProposals,
  previewImport,
  readChart,
  readImport,
  recordAdverseEvent,
  recordInjection,
  recordLabResult,
  runImport,
  searchPatients,
} from '@vastus/contract';
import { type Deviation, replayClinic } from './modules/obligations/replay.js';
import * as build from './testing/build.js';
import { startTestApi, type TestApi, type TestClinic } from './testing/index.js';

const FOLDER = path.join(__dirname, '../../../../shared/data/synthea-r4');
const walk = fs.existsSync(FOLDER) ? describe : describe.skip;
const START = '2026-03-10T09:00:00.000Z';
const month = (n: number) => `${2026 + Math.floor((2 + n) / 12)}-${String(((2 + n) % 12) + 1).padStart(2, '0')}-10`;

walk('a year with nine imported patients', () => {
  let api: TestApi;
  let clinic: TestClinic;

  beforeAll(async () => {
    api = await startTestApi({ now: START });
    clinic = api.clinic;
  });
  afterAll(() => api.close());

  const importFile = async (fileName: string) => {
    const bundle = JSON.parse(fs.readFileSync(path.join(FOLDER, fileName), 'utf8'));
    const run = await clinic.administrator.ok(previewImport, { body: { fileName, bundle } });
    const params = { importRunId: run.id };
    await clinic.administrator.ok(runImport, { params, body: {} });
    await api.runJob('run-import', { clinicId: clinic.id, importRunId: run.id });
    return { ...(await clinic.administrator.ok(readImport, { params })), preview: run.preview! };
  };
  const monitoring = async (patientId: string) =>
    (await clinic.physician.ok(listAlerts, { query: { patientId, limit: 200 } })).items
      .filter((a) => a.ruleId === 'MON-3-6-12')
      .map((a) => a.dueOn)
      .sort();
  const courses: { patientId: string; courseId: string }[] = [];

  test('nine bundles are imported; every entry is taken or named with its reason; a second time changes nothing', async () => {
    const files = fs.readdirSync(FOLDER).filter((f) => f.endsWith('.json'));
    expect(files).toHaveLength(9);
    for (const file of files) {
      const { state, report, preview, entriesTotal } = await importFile(file);
      expect(state).toBe('done');
      expect(report!.patients).toMatchObject([{ action: 'create' }]);
      expect(report!.byResource).toEqual(preview.byResource);
      const taken = Object.values(report!.byResource).reduce((sum, c) => sum + c.created + c.updated + c.unchanged, 0);
      const named = new Set(report!.notTaken.flatMap((n) => n.entries));
      expect(taken + named.size).toBeGreaterThanOrEqual(entriesTotal);
    }
    for (const file of files.slice(0, 3)) {
      const { report } = await importFile(file);
      const changed = Object.values(report!.byResource).reduce((sum, c) => sum + c.created + c.updated, 0);
      expect(changed).toBe(0);
    }
    const { items } = await clinic.nurse.ok(searchPatients, { body: { q: 'guzman' } });
    expect(items).toMatchObject([{ familyName: 'Guzmán', givenName: 'Ángela', birthDate: '1989-06-16' }]);
  }, 60_000);

  test('the proposed courses are accepted and the first doses recorded', async () => {
    const { items } = await clinic.physician.ok(listProposals, { query: {} });
    expect(items.length).toBeGreaterThanOrEqual(7);
    const { id: productId } = await build.product(clinic);
    const vial = await build.lot(clinic);
    for (const proposal of items) {
      const { course } = await clinic.physician.ok(acceptProposal, {
        params: { proposalId: proposal.id },
        body: { productId, cause: 'unknown', neurologicalInvolvement: false, regimen: 'maintenance', startedOn: '2026-03-10' },
      });
      const { injection } = await clinic.nurse.ok(recordInjection, {
        params: { patientId: proposal.patient.id },
        body: build.dose(course, vial, START),
      });
      expect(injection.againstStop).toBe(false);
      courses.push({ patientId: proposal.patient.id, courseId: course.id });
    }
    expect((await clinic.physician.ok(listProposals, { query: {} })).items).toEqual([]);
  });

  test('a year passes: the 3-, 6- and 12-month checks are on the physician’s list, one each', async () => {
    for (const n of [1, 3, 4, 6, 9, 12]) {
      await api.clock.set(`${month(n)}T09:00:00.000Z`);
      await Promise.all([api.runJob('raise-due-alerts', {}), api.runJob('escalate-overdue-alerts', {})]);
      await api.runJob('raise-due-alerts', {});
    }
    for (const { patientId } of courses) expect(await monitoring(patientId)).toEqual([month(3), month(6), month(12)]);
    const first = courses[0]!.patientId;
    const collectedAt = '2027-03-09T08:00:00.000Z';
    for (const [loinc, value, unit] of [
      ['2132-9', 480, 'pg/mL'],
      ['13965-9', 8.1, 'umol/L'],
      ['13964-2', 0.2, 'umol/L'],
    ] as const) {
      await clinic.nurse.ok(recordLabResult, { params: { patientId: first }, body: { loinc, value, unit, collectedAt } });
    }
    expect(await monitoring(first)).toEqual([month(3), month(6)]);
  });

  test('numbness with foot drop: the urgent alert, the hold and the clock; the next injection is stopped', async () => {
    const { patientId, courseId } = courses[1]!;
    const vial = await build.lot(clinic);
    const course = (await clinic.nurse.ok(readChart, { params: { patientId } })).courses.find((c) => c.id === courseId)!;
    const given = await clinic.nurse.ok(recordInjection, {
      params: { patientId },
      body: build.dose(course, vial, api.clock.now(), { site: 'ventrogluteal-left' }),
    });
    await api.clock.advance({ minutes: 2 });
    const { event, changes } = await clinic.nurse.ok(recordAdverseEvent, {
      params: { patientId },
      body: {
        injectionId: given.injection.id,
        onsetAt: given.injection.givenAt,
        assessment: {
          onset: 'seconds-to-minutes',
          distribution: 'dermatomal',
          motor: 'foot-or-wrist-drop',
          radiatingPain: true,
          lossOfConsciousness: false,
          course: 'stable',
          siteFindings: [],
        },
      },
    });
    expect(event.triage.level).toBe('urgent');
    expect(changes.holdPlaced).toBe(true);
    expect(event.clock).toHaveLength(7);
    const { items } = await clinic.physician.ok(listAlerts, { query: {} });
    expect(items[0]).toMatchObject({ ruleId: 'AE-URGENT', priority: 'urgent', patient: { id: patientId } });
    const stopped = await clinic.nurse.call(recordInjection, {
      params: { patientId },
      body: build.dose(course, vial, api.clock.now(), { site: 'deltoid-right' }),
    });
    expect(stopped).toMatchObject({
      status: 409,
      body: { code: 'blocked-by-rule', findings: expect.arrayContaining([expect.objectContaining({ ruleId: 'HOLD-IM' })]) },
    });
  });

  test('rebuilt from its facts, the year is what is stored', async () => {
    const found: Deviation[] = [];
    await replayClinic(api.database, clinic.id, api.clock.now(), ({ deviations }) => found.push(...deviations));
    expect(found).toEqual([]);
  });
});
