import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  editPatient,
  type ImportRun,
  listImports,
  listLabResults,
  listProposals,
  previewImport,
  RegisterPatient,
  readChart,
  readImport,
  runImport,
  searchPatients,
} from '@vastus/contract';
import type { z } from 'zod';
import { JobHandlers } from '../../platform/queue/job-handlers.js';
import { startTestApi, type TestApi, type TestClinic } from '../../testing/index.js';
import { ImportsService } from './imports.service.js';

const NOW = '2026-11-20T12:00:00.000Z';
const LOINC = 'http://loinc.org';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi({ now: NOW });
});
afterAll(() => api.close());

type Fields = Record<string, unknown>;
const patient = (id: string, more: Fields = {}) => ({
  resource: {
    resourceType: 'Patient',
    id,
    birthDate: '1980-05-05',
    gender: 'female',
    name: [{ family: `Doe ${id}`, given: ['Jane'] }],
    identifier: [{ type: { coding: [{ code: 'MR' }] }, system: 'https://a.example/mrn', value: `MR-${id}` }],
    ...more,
  },
});
const result = (id: string, of: string, more: Fields = {}) => ({
  fullUrl: `https://a.example/fhir/Observation/${id}`,
  resource: {
    resourceType: 'Observation',
    id,
    status: 'final',
    code: { coding: [{ system: LOINC, code: '2132-9' }] },
    subject: { reference: `Patient/${of}` },
    effectiveDateTime: '2026-10-01T08:00:00Z',
    valueQuantity: { value: 200, unit: 'pg/mL' },
    ...more,
  },
});
const order = (id: string, of: string) => ({
  fullUrl: `https://a.example/fhir/MedicationRequest/${id}`,
  resource: {
    resourceType: 'MedicationRequest',
    id,
    status: 'active',
    intent: 'order',
    subject: { reference: `Patient/${of}` },
    authoredOn: '2026-10-02',
    medicationCodeableConcept: {
      coding: [
        { system: 'http://www.nlm.nih.gov/research/umls/rxnorm', code: '2001499', display: 'Vitamin B 12 5 MG/ML Injectable Solution' },
      ],
    },
  },
});
const kidney = (id: string, of: string) => ({
  fullUrl: `https://a.example/fhir/Condition/${id}`,
  resource: {
    resourceType: 'Condition',
    id,
    subject: { reference: `Patient/${of}` },
    clinicalStatus: { coding: [{ code: 'active' }] },
    code: { coding: [{ system: 'http://snomed.info/sct', code: '431857002', display: 'Chronic kidney disease stage 4' }] },
  },
});

async function preview(clinic: TestClinic, ...entry: unknown[]): Promise<ImportRun> {
  return clinic.physician.ok(previewImport, {
    body: { fileName: 'a.json', bundle: { resourceType: 'Bundle', type: 'collection', entry: entry as Fields[] } },
  });
}

async function carryOut(clinic: TestClinic, run: ImportRun): Promise<ImportRun> {
  const params = { importRunId: run.id };
  await clinic.physician.ok(runImport, { params, body: {} });
  await api.runJob('run-import', { clinicId: clinic.id, importRunId: run.id });
  return clinic.physician.ok(readImport, { params });
}

const importing = async (clinic: TestClinic, ...entry: unknown[]) => carryOut(clinic, await preview(clinic, ...entry));
const resultsOf = async (clinic: TestClinic) => (await clinic.physician.ok(listLabResults, { query: {} })).items;
const profileOf = async (clinic: TestClinic, patientId: string) =>
  (await clinic.physician.ok(readChart, { params: { patientId } })).patient;
async function correct(clinic: TestClinic, patientId: string, fields: Fields): Promise<void> {
  const { id: _, version, recordedAt: __, ...known } = await profileOf(clinic, patientId);
  const body = Object.fromEntries(Object.keys(RegisterPatient.shape).map((field) => [field, known[field as keyof typeof known]]));
  await clinic.physician.ok(editPatient, {
    params: { patientId },
    body: { ...body, ...fields } as z.input<typeof RegisterPatient>,
    headers: { 'if-match': `"${version}"` },
  });
}
const contents = (clinic: TestClinic) =>
  clinic.transaction((tx) =>
    tx.one(`
    SELECT (SELECT count(*) FROM patient) AS patients, (SELECT count(*) FROM lab_result) AS results, (SELECT count(*) FROM course_proposal) AS proposals,
           (SELECT count(*) FROM external_identity) AS identities, (SELECT count(*) FROM milestone) AS milestones,
           (SELECT count(*) FROM audit_entry WHERE action = 'import.patient') AS audited`),
  );

test('a preview says what would happen and changes nothing; the job does just that', async () => {
  const clinic = await api.newClinic();
  const run = await preview(clinic, patient('1'), result('r', '1'), order('o', '1'), kidney('k', '1'), {
    resource: { resourceType: 'Claim' },
  });
  expect(run).toMatchObject({
    state: 'previewed',
    entriesTotal: 5,
    entriesDone: 0,
    report: null,
    createdByName: expect.stringContaining('physician'),
  });
  expect(run.preview).toMatchObject({
    byResource: {
      Patient: { created: 1 },
      Observation: { created: 1 },
      MedicationRequest: { created: 1 },
      Condition: { created: 1 },
      Claim: { skipped: 1 },
    },
    patients: [{ name: 'Jane Doe 1', recordNumber: 'MR-1', birthDate: '1980-05-05', action: 'create', patientId: null }],
    proposals: 1,
    labResults: 1,
    profileChanges: [{ recordNumber: 'MR-1', field: 'renalDysfunction', to: 'yes', because: 'Condition: Chronic kidney disease stage 4' }],
    notTaken: [{ resourceType: 'Claim', reason: 'not used by Vastus', entries: [4] }],
  });
  expect(await contents(clinic)).toMatchObject({ patients: 0, results: 0 });

  const done = await carryOut(clinic, run);
  expect(done).toMatchObject({ state: 'done', entriesDone: 5, finishedAt: expect.any(String) });
  expect(done.report).toEqual({ ...run.preview, patients: [{ ...run.preview!.patients[0], patientId: expect.any(String) }] });
  const [found] = (await clinic.nurse.ok(searchPatients, { body: { q: 'doe' } })).items;
  expect(found).toMatchObject({ recordNumber: 'MR-1', familyName: 'Doe 1' });
  expect((await clinic.physician.ok(listProposals, { query: {} })).items).toMatchObject([
    { code: '2001499', authoredOn: '2026-10-02', patient: { id: found!.id } },
  ]);
  expect(await resultsOf(clinic)).toMatchObject([
    { value: 200, unit: 'pg/mL', harmonizedUnit: 'pmol/L', source: 'imported', state: 'effective' },
  ]);
  expect((await clinic.physician.ok(listImports, { query: {} })).items).toHaveLength(1);
});

test('the same bundle twice changes nothing', async () => {
  const clinic = await api.newClinic();
  const entries = [
    patient('1'),
    result('r', '1'),
    order('o', '1'),
    kidney('k', '1'),
    result('dead', '1', { effectiveDateTime: '2030-01-01' }),
  ];
  await importing(clinic, ...entries);
  const before = await contents(clinic);
  const again = await importing(clinic, ...entries);
  expect(await contents(clinic)).toEqual(before);
  expect(again.report).toMatchObject({
    byResource: {
      Patient: { unchanged: 1 },
      Observation: { unchanged: 1, skipped: 1 },
      MedicationRequest: { unchanged: 1 },
      Condition: { unchanged: 1 },
    },
    patients: [{ action: 'unchanged' }],
    proposals: 0,
    labResults: 0,
    profileChanges: [],
  });
});

test('what staff corrected here stays until the source says something new', async () => {
  const clinic = await api.newClinic();
  const { report } = await importing(clinic, patient('1'), kidney('k', '1'));
  const id = report!.patients[0]!.patientId!;
  await correct(clinic, id, { renalDysfunction: false, familyName: 'Roe' });
  await importing(clinic, patient('1'), kidney('k', '1'));
  expect(await profileOf(clinic, id)).toMatchObject({ renalDysfunction: false, familyName: 'Roe' });
  const later = await importing(clinic, patient('1', { name: [{ family: 'Poe', given: ['Jane'] }] }), kidney('k2', '1'));
  expect(later.report!.patients[0]!.action).toBe('update');
  expect(await profileOf(clinic, id)).toMatchObject({ renalDysfunction: true, familyName: 'Poe' });
  expect((await clinic.nurse.ok(searchPatients, { body: { q: 'poe' } })).items).toHaveLength(1);
});

test('a corrected result is a new version; one taken back is entered in error', async () => {
  const clinic = await api.newClinic();
  await importing(clinic, patient('1'), result('r', '1'), result('s', '1'));
  const corrected = await importing(
    clinic,
    patient('1'),
    result('r', '1', { status: 'corrected', valueQuantity: { value: 320, unit: 'pg/mL' } }),
    result('s', '1', { status: 'entered-in-error' }),
  );
  expect(corrected.report!.byResource.Observation).toEqual({ created: 0, updated: 2, unchanged: 0, skipped: 0 });
  const results = await resultsOf(clinic);
  expect(results.map(({ state, value, status }) => [state, value, status]).sort()).toEqual([
    ['effective', 320, 'corrected'],
    ['superseded', 200, 'final'],
    ['voided', 200, 'final'],
  ]);
  expect(results.find(({ state }) => state === 'effective')!.replacesId).toBe(results.find(({ state }) => state === 'superseded')!.id);

  const again = await importing(
    clinic,
    patient('1'),
    result('r', '1', { status: 'corrected', valueQuantity: { value: 320, unit: 'pg/mL' } }),
    result('s', '1', { status: 'entered-in-error' }),
    result('never', '1', { status: 'entered-in-error' }),
  );
  expect(again.report!.byResource.Observation).toEqual({ created: 0, updated: 0, unchanged: 2, skipped: 1 });
  expect(again.report!.notTaken).toMatchObject([{ reason: 'entered in error at the source', entries: [3] }]);
});

test('a patient registered here is recognised by the record number, and never with another birth date', async () => {
  const clinic = await api.newClinic();
  const register = (number: string, birthDate: string) =>
    clinic.transaction((tx) =>
      tx.one<{ id: string }>(
        `
      INSERT INTO patient (clinic_id, id, record_number, family_name, given_name, search_name, birth_date, sex, recorded_at)
      VALUES ($1, uuidv7(), $2, 'Doe', 'Jane', 'jane doe jane doe', $3, 'female', now()) RETURNING id`,
        [clinic.id, number, birthDate],
      ),
    );
  const same = await register('MR-1', '1980-05-05');
  await register('MR-2', '1999-09-09');
  const { report } = await importing(clinic, patient('1'), patient('2'), result('r', '1'), result('s', '2'));
  expect(report!.patients).toMatchObject([
    { action: 'update', patientId: same.id },
    { action: 'unchanged', patientId: null },
  ]);
  expect(report!.notTaken).toMatchObject([
    { resourceType: 'Patient', reason: 'the record number belongs to a patient with another birth date', entries: [1] },
    { resourceType: 'Observation', reason: 'its patient was not taken', entries: [3] },
  ]);
  expect(await resultsOf(clinic)).toHaveLength(1);
});

test('somebody who has died gets no proposal', async () => {
  const clinic = await api.newClinic();
  const { report } = await importing(clinic, patient('1', { deceasedBoolean: true }), order('o', '1'), result('r', '1'));
  expect(report).toMatchObject({
    proposals: 0,
    labResults: 1,
    profileChanges: [{ field: 'deceasedOn', to: '2026-11-20' }],
    notTaken: [{ reason: 'the patient has died' }],
  });
});

test('killed in the middle and run again, the end is the same', async () => {
  const clinic = await api.newClinic();
  const entries = [1, 2, 3, 4].flatMap((n) => [patient(`${n}`), result(`r${n}`, `${n}`), order(`o${n}`, `${n}`)]);
  const run = await preview(clinic, ...entries);
  const params = { importRunId: run.id };
  await clinic.physician.ok(runImport, { params, body: {} });
  const imports = api.app.get(ImportsService, { strict: false });
  const whole = imports['takePatient'].bind(imports);
  let taken = 0;
  const killed = jest.spyOn(imports as never, 'takePatient').mockImplementation((async (...args: Parameters<typeof whole>) => {
    if (++taken === 3) throw new Error('killed');
    return whole(...args);
  }) as never);
  const job = { clinicId: clinic.id, importRunId: run.id };
  await expect(api.app.get(JobHandlers).run('run-import', job, { attempt: 1, of: 5 })).rejects.toThrow();
  killed.mockRestore();
  expect(await clinic.physician.ok(readImport, { params })).toMatchObject({ state: 'running', entriesDone: 6, report: { labResults: 2 } });

  await api.runJob('run-import', { clinicId: clinic.id, importRunId: run.id });
  const done = await clinic.physician.ok(readImport, { params });
  expect(done).toMatchObject({ state: 'done', entriesDone: 12, report: { labResults: 4, proposals: 4 } });
  expect(done.report!.patients.map(({ action }) => action)).toEqual(['create', 'create', 'create', 'create']);
  expect(await contents(clinic)).toMatchObject({ patients: 4, results: 4, proposals: 4 });
  expect(await api.runJob('run-import', { clinicId: clinic.id, importRunId: run.id })).toEqual({
    outcome: 'skipped',
    reason: 'the import is done',
  });
});

test('two workers on one import do it once', async () => {
  const clinic = await api.newClinic();
  const run = await preview(clinic, ...[1, 2, 3].flatMap((n) => [patient(`${n}`), result(`r${n}`, `${n}`)]));
  await clinic.physician.ok(runImport, { params: { importRunId: run.id }, body: {} });
  const job = { clinicId: clinic.id, importRunId: run.id };
  await Promise.all([api.runJob('run-import', job), api.runJob('run-import', job)]);
  expect(await clinic.physician.ok(readImport, { params: { importRunId: run.id } })).toMatchObject({
    state: 'done',
    entriesDone: 6,
    report: { labResults: 3 },
  });
  expect(await contents(clinic)).toMatchObject({ patients: 3, results: 3 });
});

test('an import that the queue did not take is handed over by the sweep', async () => {
  const clinic = await api.newClinic();
  const run = await preview(clinic, patient('1'));
  api.setQueueReachable(false);
  const queued = await clinic.physician.ok(runImport, { params: { importRunId: run.id }, body: {} });
  api.setQueueReachable(true);
  expect(queued.state).toBe('queued');
  const job = { name: 'run-import', payload: { clinicId: clinic.id, importRunId: run.id } };
  expect(api.enqueued).not.toContainEqual(job);
  await api.runJob('resume-imports', {});
  expect(api.enqueued).not.toContainEqual(job);
  await api.clock.advance({ minutes: 5 });
  await api.runJob('resume-imports', {});
  expect(api.enqueued).toContainEqual(job);
  await api.runJob('run-import', job.payload);
  expect((await clinic.physician.ok(readImport, { params: { importRunId: run.id } })).state).toBe('done');
});

test('a run that failed for good says so and can be run again', async () => {
  const clinic = await api.newClinic();
  const run = await preview(clinic, patient('1'));
  await clinic.physician.ok(runImport, { params: { importRunId: run.id }, body: {} });
  await api.app.get(ImportsService, { strict: false }).fail(clinic.id, run.id);
  const failed = await clinic.physician.ok(readImport, { params: { importRunId: run.id } });
  expect(failed).toMatchObject({ state: 'failed', failure: expect.stringContaining('could not be carried out') });
  expect(await carryOut(clinic, run)).toMatchObject({ state: 'done', failure: null });
});

test('who may, and in what order', async () => {
  const clinic = await api.newClinic();
  const other = await api.newClinic();
  const run = await preview(clinic, patient('1'));
  const params = { importRunId: run.id };
  expect((await clinic.nurse.call(runImport, { params, body: {} })).status).toBe(403);
  expect((await clinic.nurse.call(listImports, { query: {} })).status).toBe(403);
  expect((await other.physician.call(readImport, { params })).status).toBe(404);
  expect((await other.physician.call(runImport, { params, body: {} })).status).toBe(404);
  expect((await other.physician.ok(listImports, { query: {} })).items).toEqual([]);
  await carryOut(clinic, run);
  expect(await clinic.physician.call(runImport, { params, body: {} })).toMatchObject({ status: 409, body: { code: 'state-changed' } });
});

test('pages of imports, latest first', async () => {
  const clinic = await api.newClinic();
  const runs = [await preview(clinic, patient('1')), await preview(clinic, patient('2')), await preview(clinic, patient('3'))];
  const first = await clinic.physician.ok(listImports, { query: { limit: 2 } });
  const second = await clinic.physician.ok(listImports, { query: { limit: 2, cursor: first.nextCursor! } });
  expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(runs.map(({ id }) => id).reverse());
  expect(second.nextCursor).toBeNull();
});

const folder = process.env.VASTUS_SYNTHEA_DIR ?? path.resolve(__dirname, '../../../../../../shared/data/synthea-r4');
const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.json')) : [];
(files.length === 0 ? test.skip : test)(
  'the nine Synthea bundles come in whole, and a second time not at all',
  async () => {
    const clinic = await api.newClinic();
    const all = async () => {
      const runs: ImportRun[] = [];
      for (const fileName of files) {
        const run = await clinic.administrator.ok(previewImport, {
          body: { fileName, bundle: JSON.parse(readFileSync(path.join(folder, fileName), 'utf8')) },
        });
        runs.push(await carryOut(clinic, run));
      }
      return runs;
    };
    const first = await all();
    expect(first.map(({ state }) => state)).toEqual(files.map(() => 'done'));
    const total = (field: 'labResults' | 'proposals', runs: ImportRun[]) => runs.reduce((sum, { report }) => sum + report![field], 0);
    expect([total('labResults', first), total('proposals', first)]).toEqual([191, 7]);
    for (const { report, entriesTotal } of first) {
      const counted = Object.values(report!.byResource).flatMap((counts) => Object.values(counts));
      expect(counted.reduce((a, b) => a + b, 0)).toBe(entriesTotal);
    }
    const before = await contents(clinic);
    const second = await all();
    expect([total('labResults', second), total('proposals', second)]).toEqual([0, 0]);
    expect(await contents(clinic)).toEqual(before);
  },
  60_000,
);
