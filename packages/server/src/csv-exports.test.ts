// No cell of a table that leaves the clinic is a formula to the spreadsheet that opens it.
import { ROUTES, type RouteShape } from '@vastus/contract';
import { csv } from './platform/csv.js';
import { Client } from './testing/clients.js';
import { startTestApi, type TestApi } from './testing/index.js';
import { SCENE_NOW, Scene } from './testing/scene.js';
import { sentOf } from './testing/spoil.js';
import { callerOf, type RouteName, shapeOf, validRequest } from './testing/valid-requests.js';

const LEADS = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];
const PAYLOAD = `cmd|' /C calc'!A0","=1+1`;
const tables = Object.entries(ROUTES as Record<string, RouteShape>)
  .filter(([, { file }]) => file === 'text/csv')
  .map(([name]) => name as RouteName);

/** The cells of a CSV text, quotes taken away. */
function cellsOf(text: string): string[] {
  const cells: string[] = [];
  for (const [, quoted, plain] of text.replace(/^\ufeff/, '').matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(?:,|\r\n|$)/g))
    cells.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
  return cells;
}
const isFormula = (cell: string) => LEADS.some((lead) => cell.startsWith(lead));

async function textOf(rows: AsyncIterable<string[]>): Promise<string> {
  let text = '';
  for await (const chunk of csv(['Name', 'Note'], rows)) text += String(chunk);
  return text;
}

test.each(LEADS)('a cell that begins with %j is text', async (lead) => {
  async function* rows() {
    yield [`${lead}${PAYLOAD}`, `a\r\n${lead}1`];
  }
  const cells = cellsOf(await textOf(rows()));
  expect(cells.filter(isFormula)).toEqual([]);
  expect(cells.some((cell) => cell.includes(`${lead}${PAYLOAD}`))).toBe(true);
});

describe('whoever is called like a formula', () => {
  let api: TestApi;
  let scene: Scene;
  beforeAll(async () => {
    api = await startTestApi({ now: '2026-11-20T08:00:00.000Z' });
    scene = new Scene(api, api.clinic);
    await api.clock.set(SCENE_NOW);
  });
  afterAll(() => api?.close());

  test('there are tables to look at', () => expect(tables.length).toBeGreaterThanOrEqual(3));

  test.each(tables)('is only a name in %s', async (name) => {
    const shape = shapeOf(name);
    const request = await validRequest(name, scene);
    await scene.clinic.transaction(async (tx) => {
      await tx.query(`UPDATE patient SET family_name = '=' || $1, given_name = '@' || $1, phone = '+49 30 1', record_number = '-' || id`, [
        PAYLOAD,
      ]);
      await tx.query(`UPDATE lot SET lot_number = '=' || left(md5(id::text), 12), status_reason = '+' || $1`, [PAYLOAD]);
      await tx.query(`UPDATE product SET name = '=' || name`);
      await tx.query(`UPDATE adverse_event SET narrative = '=' || $1`, [PAYLOAD]);
    });
    await api.database.anywhere((q) => q.query(`UPDATE auth."user" SET name = '=' || $1`, [PAYLOAD]));
    const { query: _, ...everything } = request;
    const { method, url, headers } = sentOf(shape, everything);
    const client = new Client(api.app, await api.session(scene.clinic.members[callerOf(shape)].userId));
    const { status, body } = await client.send<string>(method, url, undefined, headers);
    const cells = cellsOf(body);
    expect([status, cells.length > 10]).toEqual([200, true]);
    expect(cells.filter(isFormula)).toEqual([]);
    expect(body).toContain(`'=`);
  });
});
