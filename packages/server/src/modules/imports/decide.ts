/**
 * What an import means for one patient: the plan of the bundle against what the clinic knows already. Pure, so that the preview
 * and the job decide alike; the job decides again inside its transaction, because the preview may be old.
 */
import type { Allergen, ClinicDate, Malabsorption, RiskGroup } from '@vastus/clinical';
import type { Demographics, NotTaken, PlannedPatient, PlannedProposal, PlannedResult, PlannedSign, SourceIdentity } from './fhir/plan.js';

export interface KnownPatient {
  id: string;
  recordNumber: string;
  familyName: string;
  givenName: string;
  birthDate: ClinicDate;
  sex: Demographics['sex'];
  phone: string | null;
  email: string | null;
  interpreterLanguage: string | null;
  deceasedOn: ClinicDate | null;
  renalDysfunction: boolean | null;
  malabsorption: Malabsorption[];
  riskGroups: RiskGroup[];
  allergies: Allergen[];
}

export interface KnownRecord {
  recordId: string;
  contentSha256: string;
}

/** What the clinic knows of the records that a bundle names. */
export interface Known {
  byIdentity: ReadonlyMap<string, KnownRecord>;
  patientsById: ReadonlyMap<string, KnownPatient>;
  patientsByNumber: ReadonlyMap<string, KnownPatient>;
  resultStates: ReadonlyMap<string, 'effective' | 'superseded' | 'voided'>;
}

export const identityKey = ({ system, resourceType, value }: SourceIdentity): string => JSON.stringify([system, resourceType, value]);

export type ProfileField = 'renalDysfunction' | 'malabsorption' | 'riskGroups' | 'allergies' | 'deceasedOn';
type DemographicField = Exclude<keyof Demographics, 'recordNumber'>;
export type DemographicChanges = Partial<Pick<KnownPatient, DemographicField>>;

export interface Decision {
  action: 'create' | 'update' | 'unchanged' | 'refuse';
  patient: KnownPatient | null;
  /** For a known patient: only what differs. For a new one: everything. */
  demographics: DemographicChanges;
  profile: Pick<KnownPatient, 'renalDysfunction' | 'malabsorption' | 'riskGroups' | 'allergies'>;
  profileChanges: { field: ProfileField; to: string; because: string }[];
  newResults: PlannedResult[];
  amendments: { planned: PlannedResult; replaces: string }[];
  withdrawals: { identity: SourceIdentity; contentSha256: string; recordId: string }[];
  proposals: PlannedProposal[];
  signs: PlannedSign[];
  /** The source's description of the patient is new or has changed. */
  identityChanged: boolean;
  notTaken: NotTaken[];
  /** Entries by resource type and what becomes of them. */
  counts: { resourceType: string; outcome: 'created' | 'updated' | 'unchanged' }[];
}

/** `today` dates a death that the source does not date; `mayWithdraw` is false where no person stands behind the import. */
export function decide(planned: PlannedPatient, known: Known, today: ClinicDate, mayWithdraw: boolean): Decision {
  const identity = known.byIdentity.get(identityKey(planned.identity));
  const byIdentity = identity && known.patientsById.get(identity.recordId);
  const patient = byIdentity ?? known.patientsByNumber.get(planned.demographics.recordNumber) ?? null;
  if (patient && !byIdentity && patient.birthDate !== planned.demographics.birthDate) {
    return refusal(planned, 'the record number belongs to a patient with another birth date');
  }
  const decision = blank(patient);
  decision.identityChanged = identity?.contentSha256 !== planned.contentSha256;
  decision.demographics = demographicChanges(planned.demographics, patient, decision.identityChanged, today);
  if (planned.demographics.deceasedOn === 'undated' && decision.demographics.deceasedOn) {
    decision.profileChanges.push({ field: 'deceasedOn', to: today, because: 'the source says that the patient has died, without the day' });
  }
  for (const sign of planned.signs) takeSign(decision, sign, known);
  for (const result of planned.results) takeResult(decision, result, known);
  for (const withdrawal of planned.withdrawals) {
    const stored = known.byIdentity.get(identityKey(withdrawal.identity));
    const state = stored && known.resultStates.get(stored.recordId);
    const leave = (reason: string) =>
      decision.notTaken.push({
        entry: withdrawal.entry,
        resourceType: 'Observation',
        reason,
        code: withdrawal.code,
        display: withdrawal.display,
      });
    if (!stored || state === undefined) leave('entered in error at the source');
    else if (state === 'voided') counted(decision, 'Observation', 'unchanged');
    else if (state === 'superseded') leave('taken back by the source, amended here since: void it by hand');
    else if (!mayWithdraw) leave('taken back by the source: void it by hand, an import without a signed-in person cannot');
    else {
      decision.withdrawals.push({ ...withdrawal, recordId: stored.recordId });
      counted(decision, 'Observation', 'updated');
    }
  }
  const deceased = (decision.demographics.deceasedOn ?? patient?.deceasedOn ?? null) !== null;
  for (const proposal of planned.proposals) takeProposal(decision, proposal, known, deceased);

  const changed = Object.keys(decision.demographics).length > 0 || decision.profileChanges.length > 0;
  decision.action = patient === null ? 'create' : changed ? 'update' : 'unchanged';
  counted(decision, 'Patient', patient === null ? 'created' : changed ? 'updated' : 'unchanged');
  return decision;
}

const blank = (patient: KnownPatient | null): Decision => ({
  action: 'unchanged',
  patient,
  demographics: {},
  profile: {
    renalDysfunction: patient?.renalDysfunction ?? null,
    malabsorption: [...(patient?.malabsorption ?? [])],
    riskGroups: [...(patient?.riskGroups ?? [])],
    allergies: [...(patient?.allergies ?? [])],
  },
  profileChanges: [],
  newResults: [],
  amendments: [],
  withdrawals: [],
  proposals: [],
  signs: [],
  identityChanged: false,
  notTaken: [],
  counts: [],
});

const counted = (decision: Decision, resourceType: string, outcome: 'created' | 'updated' | 'unchanged') =>
  decision.counts.push({ resourceType, outcome });

/** A wrong patient is worse than none: nothing of this one is taken. */
function refusal(planned: PlannedPatient, reason: string): Decision {
  const decision = { ...blank(null), action: 'refuse' as const };
  const leave = (entry: number, resourceType: string, why: string) =>
    decision.notTaken.push({ entry, resourceType, reason: why, code: null, display: null });
  leave(planned.entry, 'Patient', reason);
  const entries = new Map<number, string>();
  for (const { entry, identity } of [...planned.results, ...planned.withdrawals, ...planned.signs, ...planned.proposals]) {
    entries.set(entry, identity.resourceType);
  }
  for (const [entry, resourceType] of entries) leave(entry, resourceType, 'its patient was not taken');
  return decision;
}

const OPTIONAL = ['phone', 'email', 'interpreterLanguage', 'deceasedOn'] as const;

/** What staff have written here stays until the source itself says something new; what the source does not say is never erased. */
function demographicChanges(source: Demographics, patient: KnownPatient | null, isNews: boolean, today: ClinicDate): DemographicChanges {
  if (patient && !isNews) return {};
  const { recordNumber: _, ...said } = {
    ...source,
    // The day of a death once recorded is not moved by a source that does not know it.
    deceasedOn: source.deceasedOn === 'undated' ? (patient?.deceasedOn ?? today) : source.deceasedOn,
  };
  if (!patient) return said;
  const changes: Record<string, unknown> = {};
  for (const field of ['familyName', 'givenName', 'birthDate', 'sex', ...OPTIONAL] as const) {
    const value = said[field];
    if (value !== null && value !== '' && value !== 'unknown' && value !== patient[field]) changes[field] = value;
  }
  return changes as DemographicChanges;
}

function takeSign(decision: Decision, sign: PlannedSign, known: Known): void {
  const stored = known.byIdentity.get(identityKey(sign.identity));
  const isFirstOfEntry = !sign.identity.value.includes('#');
  if (stored?.contentSha256 === sign.contentSha256) {
    // Known already, and perhaps corrected here since: the source said nothing new.
    if (isFirstOfEntry) counted(decision, sign.identity.resourceType, 'unchanged');
    return;
  }
  decision.signs.push(sign);
  if (isFirstOfEntry) counted(decision, sign.identity.resourceType, stored ? 'updated' : 'created');
  const { profile } = decision;
  const note = (field: ProfileField, to: string) => decision.profileChanges.push({ field, to, because: sign.because });
  const { renalDysfunction, malabsorption, riskGroup, allergy } = sign.signs;
  if (renalDysfunction && profile.renalDysfunction !== true) {
    profile.renalDysfunction = true;
    note('renalDysfunction', 'yes');
  }
  if (malabsorption && add(profile.malabsorption, malabsorption)) note('malabsorption', malabsorption);
  if (riskGroup && add(profile.riskGroups, riskGroup)) note('riskGroups', riskGroup);
  if (allergy && add(profile.allergies, allergy)) note('allergies', allergy);
}

function add<T>(list: T[], value: T): boolean {
  if (list.includes(value)) return false;
  list.push(value);
  return true;
}

function takeResult(decision: Decision, planned: PlannedResult, known: Known): void {
  const stored = known.byIdentity.get(identityKey(planned.identity));
  const state = stored && known.resultStates.get(stored.recordId);
  const leave = (reason: string) =>
    decision.notTaken.push({ entry: planned.entry, resourceType: 'Observation', reason, code: planned.loinc, display: null });
  if (!stored || state === undefined) {
    decision.newResults.push(planned);
    counted(decision, 'Observation', 'created');
  } else if (stored.contentSha256 === planned.contentSha256) {
    counted(decision, 'Observation', 'unchanged');
  } else if (state === 'voided') {
    leave('changed at the source, but entered in error here');
  } else if (state === 'superseded') {
    leave('changed at the source and amended here: compare them by hand');
  } else {
    decision.amendments.push({ planned, replaces: stored.recordId });
    counted(decision, 'Observation', 'updated');
  }
}

function takeProposal(decision: Decision, proposal: PlannedProposal, known: Known, deceased: boolean): void {
  const { resourceType } = proposal.identity;
  if (known.byIdentity.has(identityKey(proposal.identity))) {
    counted(decision, resourceType, 'unchanged');
  } else if (deceased) {
    const { entry, code, display } = proposal;
    decision.notTaken.push({ entry, resourceType, reason: 'the patient has died', code, display });
  } else {
    decision.proposals.push(proposal);
    counted(decision, resourceType, 'created');
  }
}
