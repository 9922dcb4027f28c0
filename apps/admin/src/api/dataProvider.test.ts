import { dataProvider } from './dataProvider.js';

const list = (page: number) =>
  dataProvider.getList('injections', {
    pagination: { page, perPage: 2 },
    filter: { patientId: 'p' },
    sort: { field: 'id', order: 'ASC' },
  }) as unknown as Promise<{ data: { id: string }[]; pageInfo: object }>;

/** Six records in pages of two; the cursor is the number of records before the page. */
function sixRecords() {
  const asked: URLSearchParams[] = [];
  globalThis.fetch = (async (url: string) => {
    const query = new URL(url, 'http://x').searchParams;
    asked.push(query);
    const from = Number(query.get('cursor') ?? 0);
    return new Response(
      JSON.stringify({ items: [{ id: String(from) }, { id: String(from + 1) }], nextCursor: from + 2 < 6 ? String(from + 2) : null }),
    );
  }) as typeof fetch;
  return asked;
}

describe('pages by number over an API that pages by cursor', () => {
  it('follows the cursors, and asks once per page', async () => {
    const asked = sixRecords();
    expect(await list(1)).toMatchObject({ data: [{ id: '0' }, { id: '1' }], pageInfo: { hasNextPage: true, hasPreviousPage: false } });
    expect((await list(2)).data[0]).toEqual({ id: '2' });
    expect(await list(3)).toMatchObject({ data: [{ id: '4' }, { id: '5' }], pageInfo: { hasNextPage: false } });
    expect(asked.map((query) => query.get('cursor'))).toEqual([null, '2', '4']);
    expect(asked[0]!.get('patientId')).toBe('p');
  });

  it('reaches a page in the middle by walking from the first', async () => {
    sixRecords();
    const late = await dataProvider.getList('lab-results', {
      pagination: { page: 3, perPage: 2 },
      filter: {},
      sort: { field: 'id', order: 'ASC' },
    });
    expect((late as { data: unknown[] }).data).toEqual([{ id: '4' }, { id: '5' }]);
  });

  it('whom somebody looks for travels in the body, page after page', async () => {
    const asked: [string, unknown][] = [];
    globalThis.fetch = (async (url: string, { body }: RequestInit) => {
      asked.push([url, JSON.parse(String(body))]);
      return new Response(JSON.stringify({ items: [{ id: '0' }], nextCursor: 'two' }));
    }) as typeof fetch;
    const people = (page: number) =>
      dataProvider.getList('patients', { pagination: { page, perPage: 2 }, filter: { q: 'ahlers' }, sort: { field: 'id', order: 'ASC' } });
    await people(1);
    await people(2);
    expect(asked).toEqual([
      ['/api/patients/search?limit=2', { q: 'ahlers' }],
      ['/api/patients/search?limit=2&cursor=two', { q: 'ahlers' }],
    ]);
  });

  it('a page past the end is empty', async () => {
    sixRecords();
    expect((await list(9)).data).toEqual([]);
  });
});

describe('what records do not allow', () => {
  it('nothing is deleted or edited in place', async () => {
    await expect(dataProvider.delete()).rejects.toThrow();
    await expect(dataProvider.update('injections', { id: '1', data: {}, previousData: { id: '1' } })).rejects.toThrow(/amended or voided/);
    await expect(dataProvider.getList('staff', {} as never)).rejects.toThrow(/no resource/);
  });
});
