import { previewImport, readImport, runImport } from '@vastus/contract';
import { startTestApi, type TestApi } from '../../testing/index.js';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi({ now: '2026-11-20T12:00:00.000Z' });
});
afterAll(() => api.close());

describe('malformed input is a 4xx that names it', () => {
  const preview = (...entry: unknown[]) =>
    api
      .as('physician')
      .ok(previewImport, { body: { fileName: 'a.json', bundle: { resourceType: 'Bundle', entry: entry as Record<string, unknown>[] } } });
  const carryOut = async (importRunId: string) => {
    await api.as('physician').ok(runImport, { params: { importRunId }, body: {} });
    await api.runJob('run-import', { clinicId: api.clinic.id, importRunId });
    return (await api.as('physician').ok(readImport, { params: { importRunId } })).state;
  };
  const send = (body: unknown) => api.as('physician').send('POST', '/api/imports', body);
  const bundle = (entry: unknown) => ({ fileName: 'x', bundle: { resourceType: 'Bundle', entry } });
  let nested: unknown = {};
  for (let depth = 0; depth < 100; depth++) nested = { nested };
  test.each([
    ['broken JSON', '{"fileName":', 400],
    ['no bundle', { fileName: 'x' }, 422],
    ['a patient instead of a bundle', { fileName: 'x', bundle: { resourceType: 'Patient' } }, 422],
    ['a list', { fileName: 'x', bundle: [] }, 422],
    ['entries that are no list', bundle('many'), 422],
    ['null entries', bundle([null]), 422],
    ['too many entries', bundle(Array.from({ length: 20_001 }, () => ({}))), 422],
    ['a NUL', bundle([{ resource: { resourceType: 'Patient', id: 'a\u0000b' } }]), 422],
    ['half a character', '{"fileName":"x","bundle":{"resourceType":"Bundle","entry":[{"a":"\\ud800"}]}}', 422],
    ['deep nesting', bundle([nested]), 422],
    ['no name for the file', { fileName: '', bundle: { resourceType: 'Bundle' } }, 422],
  ])('%s', async (_, body, status) => {
    expect((await send(body)).status).toBe(status);
  });

  test('an empty bundle, and one of nonsense, are reports', async () => {
    const nonsense = [
      {},
      { resource: 5 },
      { resource: { resourceType: 7 } },
      { resource: { resourceType: '__proto__' } },
      { resource: { resourceType: 'Patient', name: 'x', birthDate: {} } },
    ];
    expect(await preview()).toMatchObject({ entriesTotal: 0, preview: { patients: [], notTaken: [] } });
    const run = await preview(...nonsense);
    expect(run.preview!.notTaken.flatMap(({ entries }) => entries).sort()).toEqual([0, 1, 2, 3, 4]);
    expect(await carryOut(run.id)).toBe('done');
  });
});
