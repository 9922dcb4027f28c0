// The frame of a bundle: its entries, how they name each other, and whose they are.
import { createHash } from 'node:crypto';
import { isRecord, type Json, record, records, text } from './json.js';
import type { SourceIdentity } from './plan.js';

export interface Entry {
  index: number;
  fullUrl: string | undefined;
  resourceType: string;
  resource: Json;
}

export interface Frame {
  entriesTotal: number;
  entries: Entry[];
  /** Entries that hold nothing to read, with the reason. */
  broken: { index: number; resourceType: string; reason: string }[];
}

// Also what keeps `__proto__` and `constructor` from being taken for a type.
const TYPE = /^[A-Z][A-Za-z]{0,63}$/;

export function frameOf(bundle: unknown): Frame {
  const given = isRecord(bundle) && bundle.resourceType === 'Bundle' && Array.isArray(bundle.entry) ? bundle.entry : [];
  const frame: Frame = { entriesTotal: given.length, entries: [], broken: [] };
  given.forEach((entry: unknown, index) => {
    const resource = record(record(entry)?.resource);
    const given = text(resource?.resourceType);
    const resourceType = given && TYPE.test(given) ? given : undefined;
    const method = text(record(record(entry)?.request)?.method);
    if (!isRecord(entry)) frame.broken.push({ index, resourceType: 'unknown', reason: 'the entry is not an object' });
    else if (method === 'DELETE')
      frame.broken.push({ index, resourceType: resourceType ?? 'unknown', reason: 'asks to delete, which an import never does' });
    else if (!resource) frame.broken.push({ index, resourceType: 'unknown', reason: 'the entry holds no resource' });
    else if (!resourceType) frame.broken.push({ index, resourceType: 'unknown', reason: 'the resource does not say its type' });
    else frame.entries.push({ index, fullUrl: text(entry.fullUrl), resourceType, resource });
  });
  return frame;
}

const HISTORY = /\/_history\/[^/]+$/;
const ID = /^[A-Za-z0-9.-]{1,64}$/;
const CONDITIONAL = /^([A-Z][A-Za-z]+)\?(?:.*&)?identifier=([^&]*)/;

/** Finds the entry that a reference names: by full URL, by type and id, by identifier, or among the resources it contains. */
export class References {
  private readonly byUrl = new Map<string, Entry>();
  private readonly byTypeAndId = new Map<string, Entry>();
  private readonly byIdentifier = new Map<string, Entry>();

  constructor(entries: readonly Entry[]) {
    for (const entry of entries) {
      const { fullUrl, resourceType, resource } = entry;
      const id = text(resource.id);
      // The first of several entries with one name: the others are repetitions and reported as such.
      if (fullUrl) putFirst(this.byUrl, fullUrl, entry);
      if (id) putFirst(this.byTypeAndId, `${resourceType}/${id}`, entry);
      for (const { system, value } of identifiersOf(resource)) {
        putFirst(this.byIdentifier, `${resourceType}?${system}|${value}`, entry);
        putFirst(this.byIdentifier, `${resourceType}?|${value}`, entry);
      }
    }
  }

  find(reference: unknown, resourceType: string): Entry | undefined {
    const given = record(reference);
    const literal = text(given?.reference);
    if (literal !== undefined) {
      const byUrl = this.byUrl.get(literal.replace(HISTORY, ''));
      if (byUrl?.resourceType === resourceType) return byUrl;
      const conditional = CONDITIONAL.exec(literal);
      if (conditional?.[1] === resourceType) return this.withIdentifier(resourceType, decoded(conditional[2] ?? ''));
      const [type = '', id = ''] = literal.replace(HISTORY, '').split('/').slice(-2);
      if (TYPE.test(type) && ID.test(id) && type === resourceType) return this.byTypeAndId.get(`${type}/${id}`);
    }
    const identifier = record(given?.identifier);
    const value = text(identifier?.value);
    return value === undefined ? undefined : this.withIdentifier(resourceType, `${text(identifier?.system) ?? ''}|${value}`);
  }

  private withIdentifier(resourceType: string, token: string): Entry | undefined {
    return this.byIdentifier.get(`${resourceType}?${token.includes('|') ? token : `|${token}`}`);
  }
}

function putFirst<T>(map: Map<string, T>, key: string, value: T): void {
  if (!map.has(key)) map.set(key, value);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export function identifiersOf(resource: Json): { system: string; value: string; type: string | undefined }[] {
  return records(resource.identifier).flatMap((identifier) => {
    const value = text(identifier.value);
    const type = text(records(record(identifier.type)?.coding)[0]?.code);
    return value ? [{ system: text(identifier.system) ?? '', value, type }] : [];
  });
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const LONGEST = 400;

/**
 * How a record is recognised the next time: its own identifier, else its id – world-wide where that is a UUID or has a server,
 * otherwise within its patient –, else its content.
 */
export function identityOf({ resourceType, resource, fullUrl }: Entry, owner: SourceIdentity | null): SourceIdentity {
  const identifier = identifiersOf(resource).find(({ system }) => system !== '');
  const within = owner ? `within ${owner.system}|${owner.value}` : 'within the bundle';
  const make = (system: string, value: string): SourceIdentity => ({ system: bounded(system), resourceType, value: bounded(value) });
  if (identifier) return make(identifier.system, identifier.value);
  const id = text(resource.id);
  const server = fullUrl ? /^(https?:\/\/.+)\/[A-Z][A-Za-z]+\/[^/]+$/.exec(fullUrl)?.[1] : undefined;
  if (id) return make(server ?? (UUID.test(id) ? 'urn:uuid' : within), id);
  if (fullUrl) return make('fullUrl', fullUrl);
  return make(within, `sha256:${sha256(resource)}`);
}

const bounded = (value: string) => (value.length > LONGEST ? `sha256:${sha256(value)}` : value);

export const sha256 = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex');
