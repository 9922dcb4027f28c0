/** Reads a FHIR R4 bundle: everything in it is either planned for a patient or listed with the reason why not. Pure. */
import type { Instant, TimeZone } from '@vastus/clinical';
import { type Entry, frameOf, References } from './bundle.js';
import { type Json, label } from './json.js';
import { readMedicationRequest, readMedicationStatement } from './medication.js';
import { readObservation } from './observation.js';
import { readPatient } from './patient.js';
import type { BundlePlan, NotTaken, PlannedPatient, SourceIdentity } from './plan.js';
import { readAllergy, readCondition, readProcedure } from './sign.js';

type Reading = Partial<Pick<PlannedPatient, 'signs'>> & {
  result?: PlannedPatient['results'][number];
  withdrawal?: PlannedPatient['withdrawals'][number];
  proposal?: PlannedPatient['proposals'][number];
  reason?: string;
};

interface Context {
  references: References;
  zone: TimeZone;
  now: Instant;
}

/** Resources that belong to a patient and may matter; all others are counted. */
const READERS: Record<string, { owner: string; read(entry: Entry, patient: PlannedPatient, context: Context): Reading }> = {
  Observation: { owner: 'subject', read: (entry, patient, { zone, now }) => readObservation(entry, patient, zone, now) },
  Condition: { owner: 'subject', read: (entry, patient, { zone, now }) => readCondition(entry, patient, zone, now) },
  Procedure: { owner: 'subject', read: (entry, patient) => readProcedure(entry, patient) },
  AllergyIntolerance: { owner: 'patient', read: (entry, patient) => readAllergy(entry, patient) },
  MedicationRequest: {
    owner: 'subject',
    read: (entry, patient, { references, zone }) => readMedicationRequest(entry, patient, references, zone),
  },
  MedicationStatement: { owner: 'subject', read: (entry, patient, { references }) => readMedicationStatement(entry, patient, references) },
};

const key = ({ system, resourceType, value }: SourceIdentity) => `${system}\n${resourceType}\n${value}`;

export function readBundle(bundle: unknown, zone: TimeZone, now: Instant): BundlePlan {
  const { entriesTotal, entries, broken } = frameOf(bundle);
  const references = new References(entries);
  const plan: BundlePlan = { entriesTotal, entriesOf: {}, patients: [], notTaken: [] };
  const leave = (entry: { index: number; resourceType: string; resource?: Json }, reason: string) =>
    plan.notTaken.push(notTaken(entry, reason));
  for (const { resourceType } of [...entries, ...broken]) plan.entriesOf[resourceType] = (plan.entriesOf[resourceType] ?? 0) + 1;
  for (const entry of broken) leave(entry, entry.reason);

  const byEntry = readPatients(entries, zone, now, plan, leave);
  const seen = new Set<string>();
  for (const entry of entries) {
    if (entry.resourceType === 'Patient') continue;
    const reader = READERS[entry.resourceType];
    if (!reader) {
      leave(entry, entry.resourceType === 'Medication' ? 'read through the orders that name it' : 'not used by Vastus');
      continue;
    }
    const owner = references.find(entry.resource[reader.owner], 'Patient');
    const patient = owner && byEntry.get(owner.index);
    if (!patient) {
      leave(entry, owner ? 'its patient was not taken' : 'its patient is not in the bundle');
      continue;
    }
    const reading = reader.read(entry, patient, { references, zone, now });
    const taken = reading.result ?? reading.withdrawal ?? reading.proposal ?? reading.signs?.[0];
    if (!taken) leave(entry, reading.reason ?? 'not used by Vastus');
    else if (seen.has(key(taken.identity))) leave(entry, 'the same record is in the bundle already');
    else {
      seen.add(key(taken.identity));
      if (reading.result) patient.results.push(reading.result);
      if (reading.withdrawal) patient.withdrawals.push(reading.withdrawal);
      if (reading.proposal) patient.proposals.push(reading.proposal);
      if (reading.signs) patient.signs.push(...reading.signs);
    }
  }
  return plan;
}

function readPatients(
  entries: readonly Entry[],
  zone: TimeZone,
  now: Instant,
  plan: BundlePlan,
  leave: (entry: Entry, reason: string) => void,
) {
  const byEntry = new Map<number, PlannedPatient>();
  const byIdentity = new Map<string, PlannedPatient>();
  const byNumber = new Map<string, PlannedPatient>();
  for (const entry of entries) {
    if (entry.resourceType !== 'Patient') continue;
    const patient = readPatient(entry, zone, now);
    if ('reason' in patient) {
      leave(entry, patient.reason);
      continue;
    }
    const known = byIdentity.get(key(patient.identity)) ?? byNumber.get(patient.demographics.recordNumber);
    if (known && known.demographics.birthDate === patient.demographics.birthDate) {
      leave(entry, 'the same record is in the bundle already');
      byEntry.set(entry.index, known);
    } else if (known) {
      leave(entry, 'its record number belongs to another patient of the bundle');
    } else {
      byIdentity.set(key(patient.identity), patient);
      byNumber.set(patient.demographics.recordNumber, patient);
      byEntry.set(entry.index, patient);
      plan.patients.push(patient);
    }
  }
  return byEntry;
}

function notTaken({ index, resourceType, resource }: { index: number; resourceType: string; resource?: Json }, reason: string): NotTaken {
  const concept =
    resource && resourceType !== 'Patient' ? (resource.code ?? resource.medicationCodeableConcept ?? resource.vaccineCode) : undefined;
  return { entry: index, resourceType, reason, ...label(concept) };
}
