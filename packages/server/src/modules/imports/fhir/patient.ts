import { type ClinicDate, dateInZone, type Instant, isClinicDate, type TimeZone } from '@vastus/clinical';
import { type Entry, identifiersOf, identityOf, sha256 } from './bundle.js';
import { dateProblem, when } from './dates.js';
import { codings, type Json, record, records, text } from './json.js';
import type { Demographics, PlannedPatient, SourceIdentity } from './plan.js';

const LONGEST = { recordNumber: 40, name: 100, phone: 40, email: 200, language: 40 };
const SEXES: readonly Demographics['sex'][] = ['female', 'male', 'other'];

/** The patient as the source describes one, or why the record cannot be used. */
export function readPatient(entry: Entry, zone: TimeZone, now: Instant): PlannedPatient | { reason: string } {
  const { resource } = entry;
  if (records(resource.link).some(({ type }) => type === 'replaced-by'))
    return { reason: 'the source replaced this record by another one' };
  if (resource.active === false) return { reason: 'the source no longer uses this record' };
  const number = recordNumberOf(entry);
  if (!number) return { reason: 'no record number and no id' };
  if (number.value.length > LONGEST.recordNumber) return { reason: `the record number is longer than ${LONGEST.recordNumber} characters` };
  const name = nameOf(resource);
  if (!name) return { reason: 'no name' };
  if (name.familyName.length > LONGEST.name || name.givenName.length > LONGEST.name)
    return { reason: `the name is longer than ${LONGEST.name} characters` };
  const birthDate = birthDateOf(resource, dateInZone(now, zone));
  if (typeof birthDate === 'object') return birthDate;
  const deceasedOn = deceasedOf(resource, zone);
  if (typeof deceasedOn === 'object' && deceasedOn !== null) return deceasedOn;
  if (deceasedOn !== null && deceasedOn !== 'undated' && deceasedOn < birthDate) return { reason: 'died before birth' };
  if (deceasedOn !== null && deceasedOn !== 'undated' && deceasedOn > dateInZone(now, zone))
    return { reason: 'the date of death is in the future' };

  const demographics: Demographics = {
    recordNumber: number.value,
    ...name,
    birthDate,
    sex: SEXES.find((sex) => sex === resource.gender) ?? 'unknown',
    phone: telecom(resource, 'phone', LONGEST.phone),
    email: telecom(resource, 'email', LONGEST.email),
    interpreterLanguage: languageOf(resource),
    deceasedOn,
  };
  const identity: SourceIdentity = { system: number.system, resourceType: 'Patient', value: number.value };
  return {
    entry: entry.index,
    identity,
    contentSha256: sha256(demographics),
    demographics,
    results: [],
    withdrawals: [],
    signs: [],
    proposals: [],
  };
}

function recordNumberOf(entry: Entry): { system: string; value: string } | undefined {
  const identifiers = identifiersOf(entry.resource);
  const chosen = identifiers.find(({ type }) => type === 'MR') ?? identifiers.find(({ type }) => type === undefined);
  if (chosen) return { system: chosen.system || 'record number', value: chosen.value };
  const id = text(entry.resource.id);
  return id ? { system: identityOf(entry, null).system, value: id } : undefined;
}

const NAME_ORDER = ['official', 'usual', undefined, 'temp', 'nickname', 'anonymous', 'old', 'maiden'];

function nameOf(resource: Json): { familyName: string; givenName: string } | undefined {
  const names = records(resource.name).sort((a, b) => NAME_ORDER.indexOf(text(a.use)) - NAME_ORDER.indexOf(text(b.use)));
  for (const name of names) {
    const given = (Array.isArray(name.given) ? name.given : []).map(text).filter(Boolean).join(' ');
    const family = text(name.family);
    if (family) return { familyName: family, givenName: given };
    const words = (text(name.text) ?? given).split(/\s+/).filter(Boolean);
    const last = words.pop();
    if (last) return { familyName: last, givenName: words.join(' ') };
  }
  return undefined;
}

function birthDateOf(resource: Json, today: ClinicDate): ClinicDate | { reason: string } {
  const given = text(resource.birthDate);
  if (given === undefined) return { reason: dateProblem('birth date', 'missing') };
  if (/^\d{4}(-\d{2})?$/.test(given)) return { reason: dateProblem('birth date', 'imprecise') };
  if (!isClinicDate(given) || given < '1850-01-01') return { reason: dateProblem('birth date', 'unreadable') };
  return given > today ? { reason: 'born in the future' } : given;
}

function deceasedOf(resource: Json, zone: TimeZone): ClinicDate | 'undated' | null | { reason: string } {
  if (resource.deceasedDateTime !== undefined) {
    const died = when(resource.deceasedDateTime, zone);
    if (typeof died === 'object') return died.on;
    return died === 'unreadable' ? { reason: dateProblem('date of death', 'unreadable') } : 'undated';
  }
  return resource.deceasedBoolean === true ? 'undated' : null;
}

const USE_ORDER = ['mobile', 'home', undefined, 'work', 'temp'];

function telecom(resource: Json, system: 'phone' | 'email', longest: number): string | null {
  const contacts = records(resource.telecom)
    .filter((contact) => contact.system === system && contact.use !== 'old' && (text(contact.value)?.length ?? longest + 1) <= longest)
    .sort((a, b) => USE_ORDER.indexOf(text(a.use)) - USE_ORDER.indexOf(text(b.use)));
  return text(contacts[0]?.value) ?? null;
}

/** The preferred language, unless it is English, which the staff read on every screen. */
function languageOf(resource: Json): string | null {
  const languages = records(resource.communication);
  const chosen = languages.find(({ preferred }) => preferred === true) ?? languages[0];
  const coding = codings(chosen?.language)[0];
  const code = coding?.code?.toLowerCase();
  const name = text(record(chosen?.language)?.text) ?? coding?.display ?? coding?.code;
  if (!name || code === 'en' || code?.startsWith('en-') || /^english\b/i.test(name)) return null;
  return name.slice(0, LONGEST.language);
}
