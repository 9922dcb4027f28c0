import { changeLotStatus, listAudit, listLots, listProducts, readLotOfTheDay, receiveLot, recordInjection } from '@vastus/contract';
import { insert } from '@vastus/db';
import * as build from '../../testing/build.js';
import { startTestApi, type TestApi, type TestClinic } from '../../testing/index.js';

const NOW = '2026-11-20T09:00:00.000Z';
let api: TestApi;
let clinic: TestClinic;

beforeAll(async () => {
  api = await startTestApi({ now: NOW });
});
afterAll(() => api.close());
beforeEach(async () => {
  clinic = await api.newClinic();
});

const lots = async (query: Record<string, unknown> = {}) => (await clinic.nurse.ok(listLots, { query: query as never })).items;

test('a new clinic has a formulary; a product lists all codes of its boxes', async () => {
  const { id: productId } = await build.product(clinic, 'hydroxocobalamin');
  await clinic.transaction(async (tx) => {
    for (const gtin of ['04012345678901', '04012345678918']) await insert(tx, 'product_gtin', { clinicId: clinic.id, gtin, productId });
  });
  const { items } = await clinic.nurse.ok(listProducts);
  expect(items.map(({ substance, defaultDoseMicrograms, atcCode }) => [substance, defaultDoseMicrograms, atcCode])).toEqual([
    ['colecalciferol', 7500, 'A11CC05'],
    ['cyanocobalamin', 1000, 'B03BA01'],
    ['hydroxocobalamin', 1000, 'B03BA03'],
    ['methylcobalamin', 500, 'B03BA05'],
    ['retinol', 15_000, null],
  ]);
  expect(items.find(({ id }) => id === productId)).toMatchObject({
    gtins: ['04012345678901', '04012345678918'],
    strengthMicrogramsPerMl: 1000,
    active: true,
  });
});

describe('lots', () => {
  test('the soonest expiry comes first, page after page', async () => {
    for (const [lotNumber, expiresOn] of [
      ['B', '2028-01-31'],
      ['A', '2027-01-31'],
      ['C', '2028-01-31'],
    ] as const)
      await build.lot(clinic, { lotNumber, expiresOn });
    await build.lot(await api.newClinic(), { lotNumber: 'elsewhere' });
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await clinic.nurse.ok(listLots, { query: { limit: 1, cursor } });
      seen.push(...page.items.map(({ lotNumber }) => lotNumber));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen).toEqual(['A', 'B', 'C']);
  });

  test('usable ones of one product: not the expired, the recalled, the held, nor another product’s', async () => {
    const good = await build.lot(clinic, { lotNumber: 'GOOD' });
    const expired = await build.lot(clinic, { lotNumber: 'OLD' });
    const recalled = await build.lot(clinic, { lotNumber: 'RECALLED' });
    await build.lot(clinic, { lotNumber: 'CYANO', substance: 'cyanocobalamin' });
    await clinic.transaction((tx) =>
      tx.query(`UPDATE lot SET expires_on = '2026-11-19' WHERE clinic_id = $1 AND id = $2`, [tx.clinicId, expired.id]),
    );
    await clinic.administrator.ok(changeLotStatus, {
      params: { lotId: recalled.id },
      body: { status: 'recalled', reason: 'recall 2026-17 of the maker' },
      headers: { 'if-match': '"1"' },
    });
    expect((await lots({ productId: good.productId, usable: 'true' })).map(({ lotNumber }) => lotNumber)).toEqual(['GOOD']);
    const stopped = await lots({ productId: good.productId, stopped: 'true' });
    expect(stopped.map(({ lotNumber }) => lotNumber)).toEqual(['RECALLED']);
    expect(await lots()).toHaveLength(4);
  });

  test('one is found by the number on the vial', async () => {
    const lot = await build.lot(clinic, { lotNumber: 'VIAL-7' });
    await build.lot(clinic, { lotNumber: 'VIAL-70' });
    expect((await lots({ productId: lot.productId, lotNumber: 'VIAL-7' })).map(({ id }) => id)).toEqual([lot.id]);
    expect(await lots({ lotNumber: 'vial-7' })).toEqual([]);
  });

  test('the lot of the day is the one the asker used last, or else the clinic; not a recalled one, not yesterday’s', async () => {
    const ofTheDay = async (productId: string, as = clinic.nurse) =>
      (await as.ok(readLotOfTheDay, { query: { productId } })).lot?.id ?? null;
    const { productId } = (await build.treated(clinic, '2026-11-19T08:00:00.000Z')).lot;
    expect(await ofTheDay(productId)).toBeNull();
    const mine = await build.treated(clinic, '2026-11-20T07:00:00.000Z');
    expect(await ofTheDay(productId)).toBe(mine.lot.id);
    const { patient, course } = await build.treated(clinic, '2026-09-01T07:00:00.000Z');
    const other = await build.lot(clinic);
    await clinic.physician.ok(recordInjection, {
      params: { patientId: patient.id },
      body: build.dose(course, other, '2026-11-20T08:00:00.000Z', { site: 'deltoid-left' }),
    });
    expect([await ofTheDay(productId), await ofTheDay(productId, clinic.physician)]).toEqual([mine.lot.id, other.id]);
    await clinic.administrator.ok(changeLotStatus, {
      params: { lotId: mine.lot.id },
      body: { status: 'recalled', reason: 'recall 2026-17 of the maker' },
      headers: { 'if-match': '"1"' },
    });
    expect(await ofTheDay(productId)).toBe(other.id);
    expect(await ofTheDay(productId, (await api.newClinic()).nurse)).toBeNull();
  });

  test('a lot counts the doses given from it', async () => {
    const { lot } = await build.treated(clinic, '2026-11-20T08:00:00.000Z');
    const unused = await build.lot(clinic);
    const counts = Object.fromEntries((await lots()).map(({ id, injectionsGiven }) => [id, injectionsGiven]));
    expect(counts).toEqual({ [lot.id]: 1, [unused.id]: 0 });
  });

  test('one received today may expire today, and is known by its number once per product', async () => {
    const { id: productId } = await build.product(clinic);
    const body = { productId, lotNumber: ' L-1 ', expiresOn: '2026-11-20' };
    const lot = await clinic.administrator.ok(receiveLot, { body });
    expect(lot).toMatchObject({ lotNumber: 'L-1', status: 'usable', receivedOn: '2026-11-20', injectionsGiven: 0, version: 1 });
    const again = await clinic.nurse.call(receiveLot, { body });
    expect([again.status, again.body.code, again.body.issues?.[0]?.pointer]).toEqual([409, 'already-exists', '/lotNumber']);
    const { id: other } = await build.product(clinic, 'cyanocobalamin');
    expect((await clinic.nurse.call(receiveLot, { body: { ...body, productId: other } })).status).toBe(201);
  });

  test.each([
    [{ expiresOn: '2026-11-19' }, ['/expiresOn']],
    [{ expiresOn: '2026-02-30' }, ['/expiresOn']],
    [{ expiresOn: '9999-12-31' }, ['/expiresOn']],
    [{ receivedOn: '2026-11-21' }, ['/receivedOn']],
    [{ productId: '018f0000-0000-7000-8000-000000000000' }, ['/productId']],
    [{ lotNumber: 'x'.repeat(21) }, ['/lotNumber']],
    [{ lotNumber: '\u0000' }, ['/lotNumber']],
    [{ expiresOn: 20261231 }, ['/expiresOn']],
  ])('%j is refused at %j and nothing is written', async (fields, pointers) => {
    const { id: productId } = await build.product(clinic);
    const { status, body } = await clinic.nurse.call(receiveLot, {
      body: { productId, lotNumber: 'L-1', expiresOn: '2027-01-31', ...fields } as never,
    });
    expect([status, body.issues?.map(({ pointer }) => pointer)]).toEqual([422, pointers]);
    expect(await lots()).toEqual([]);
  });

  test('only an administrator recalls, and the trail keeps why', async () => {
    const { id: lotId } = await build.lot(clinic);
    const request = {
      params: { lotId },
      body: { status: 'recalled', reason: 'recall 2026-17 of the maker' },
      headers: { 'if-match': '"1"' },
    } as const;
    const nurse = await clinic.nurse.call(changeLotStatus, request);
    expect([nurse.status, nurse.body.permission]).toEqual([403, 'lot.change']);
    const physician = await clinic.physician.call(receiveLot, { body: { productId: lotId, lotNumber: 'x', expiresOn: '2027-01-31' } });
    expect(physician.body.permission).toBe('lot.receive');
    expect(await clinic.administrator.ok(changeLotStatus, request)).toMatchObject({
      status: 'recalled',
      statusReason: 'recall 2026-17 of the maker',
      version: 2,
    });
    const { items } = await clinic.administrator.ok(listAudit, { query: { action: 'lot.change' } });
    expect(items[0]).toMatchObject({ before: { status: 'usable', reason: null }, after: { status: 'recalled' }, patient: null });
    const { administrator } = await api.newClinic();
    expect((await administrator.call(changeLotStatus, request)).status).toBe(404);
  });
});
