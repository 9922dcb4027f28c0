/** The only door react-admin uses. Each resource is a few routes of the contract; what a resource cannot do is refused aloud. */
import { ROUTES, type RouteShape } from '@vastus/contract';
import type { DataProvider, GetListParams, RaRecord } from 'react-admin';
import { call, type Sent } from './client.js';

interface Page {
  items: RaRecord[];
  nextCursor: string | null;
}
interface ResourceRoutes {
  list: RouteShape;
  /** The list is answered as a whole. */
  unpaged?: true;
  /** Reads one record by id. */
  one?: (id: string, signal?: AbortSignal) => Promise<unknown>;
  create?: (fields: Record<string, unknown>) => Promise<unknown>;
  update?: (id: string, fields: Record<string, unknown>, previous: RaRecord) => Promise<unknown>;
}

const RESOURCES: Record<string, ResourceRoutes> = {
  patients: {
    list: ROUTES.searchPatients,
    one: (patientId, signal) => call(ROUTES.readPatient, { params: { patientId }, signal }),
    create: (body) => call(ROUTES.registerPatient, { body: body as never, idempotencyKey: crypto.randomUUID() }),
    update: async (patientId, body, previous) =>
      (await call(ROUTES.editPatient, { params: { patientId }, body: body as never, ifMatch: Number(previous['version']) })).patient,
  },
  injections: {
    list: ROUTES.listInjections,
    one: (injectionId, signal) => call(ROUTES.readInjection, { params: { injectionId }, signal }),
  },
  'adverse-events': {
    list: ROUTES.listAdverseEvents,
    one: (eventId, signal) => call(ROUTES.readAdverseEvent, { params: { eventId }, signal }),
  },
  'lab-results': { list: ROUTES.listLabResults },
  alerts: { list: ROUTES.listAlerts, one: (alertId, signal) => call(ROUTES.readAlert, { params: { alertId }, signal }) },
  'course-proposals': { list: ROUTES.listProposals },
  products: { list: ROUTES.listProducts, unpaged: true },
  lots: { list: ROUTES.listLots },
  imports: { list: ROUTES.listImports, one: (importRunId, signal) => call(ROUTES.readImport, { params: { importRunId }, signal }) },
  audit: { list: ROUTES.listAudit },
};

/**
 * react-admin asks for pages by number, the API answers by cursor: the cursor that leads to page n is kept per list.
 * A page whose way is unknown (a reload in the middle) is reached by walking from the first.
 */
const ways = new Map<string, (string | null)[]>();
const MOST_LISTS = 50;

async function readPage(resource: string, { pagination, filter, signal }: Partial<GetListParams>) {
  const { list, unpaged } = routesOf(resource);
  const limit = pagination?.perPage ?? 50;
  const wanted = pagination?.page ?? 1;
  // What a patient is searched by stays out of addresses.
  const asksInBody = list.method === 'POST';
  const name = JSON.stringify([resource, filter ?? {}, limit]);
  const read = (cursor: string | null) =>
    call(list, {
      query: { ...(asksInBody ? {} : filter), ...(unpaged ? {} : { limit, cursor: cursor ?? undefined }) },
      body: asksInBody ? (filter ?? {}) : undefined,
      signal,
    } as Sent<RouteShape>) as Promise<Page>;

  const way = wanted === 1 ? [null] : (ways.get(name) ?? [null]);
  for (let page = way.length; page < wanted; page += 1) {
    const { nextCursor } = await read(way[page - 1] ?? null);
    if (nextCursor === null) return { data: [], pageInfo: { hasNextPage: false, hasPreviousPage: true } };
    way.push(nextCursor);
  }
  const { items, nextCursor } = await read(way[wanted - 1] ?? null);
  way.length = wanted;
  if (nextCursor) way.push(nextCursor);
  if (ways.size >= MOST_LISTS) ways.clear();
  ways.set(name, way);
  return { data: items, pageInfo: { hasNextPage: Boolean(nextCursor), hasPreviousPage: wanted > 1 } };
}

function routesOf(resource: string): ResourceRoutes {
  const routes = RESOURCES[resource];
  if (!routes) throw new Error(`there is no resource ${resource}`);
  return routes;
}

const refuse = (what: string) => async (): Promise<never> => {
  throw new Error(`${what} is not something this clinic's records allow`);
};

async function readOne(resource: string, id: string, signal?: AbortSignal): Promise<RaRecord> {
  const { one } = routesOf(resource);
  if (!one) throw new Error(`${resource} cannot be read one by one`);
  return (await one(id, signal)) as RaRecord;
}

export const dataProvider = {
  supportAbortSignal: true,
  getList: (resource, params) => readPage(resource, params) as never,
  getOne: async (resource, { id, signal }) => ({ data: (await readOne(resource, String(id), signal)) as never }),
  getMany: async (resource, { ids, signal }) => ({
    data: (await Promise.all(ids.map((id) => readOne(resource, String(id), signal)))) as never,
  }),
  getManyReference: (resource, { target, id, ...params }) =>
    readPage(resource, { ...params, filter: { ...params.filter, [target]: id } }) as never,
  create: async (resource, { data }) => {
    const { create } = routesOf(resource);
    if (!create) throw new Error(`${resource} are recorded on their own page`);
    return { data: (await create(data as Record<string, unknown>)) as never };
  },
  update: async (resource, { id, data, previousData }) => {
    const { update } = routesOf(resource);
    if (!update) throw new Error(`${resource} are amended or voided, never edited`);
    return { data: (await update(String(id), data as Record<string, unknown>, previousData as RaRecord)) as never };
  },
  updateMany: refuse('Changing many records at once'),
  delete: refuse('Deleting'),
  deleteMany: refuse('Deleting'),
} satisfies DataProvider;
