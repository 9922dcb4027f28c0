/** What a bundle says, in Vastus' own words: the reading is done, nothing has been compared with the database yet. */
import type { Allergen, Analyte, ClinicDate, Instant, Malabsorption, RiskGroup } from '@vastus/clinical';

/** How a record of the source is recognised the next time it comes. */
export interface SourceIdentity {
  system: string;
  resourceType: string;
  value: string;
}

interface Sourced {
  /** Index into the bundle. */
  entry: number;
  identity: SourceIdentity;
  /** Of what Vastus takes from it: another meta.lastUpdated is no change. */
  contentSha256: string;
}

export interface Demographics {
  recordNumber: string;
  familyName: string;
  givenName: string;
  birthDate: ClinicDate;
  sex: 'female' | 'male' | 'other' | 'unknown';
  phone: string | null;
  email: string | null;
  interpreterLanguage: string | null;
  /** The day, or `undated` where the source says only that the patient has died. */
  deceasedOn: ClinicDate | 'undated' | null;
}

export interface PlannedResult extends Sourced {
  loinc: string;
  analyte: Analyte;
  value: number;
  unit: string;
  harmonizedValue: number;
  harmonizedUnit: string;
  collectedAt: Instant;
  collectedOn: ClinicDate;
  resultedAt: Instant;
  status: 'final' | 'corrected';
}

/** The source takes a result back: what it had closed here opens again. */
export interface Withdrawal extends Sourced {
  code: string | null;
  display: string | null;
}

export interface ProfileSigns {
  renalDysfunction?: true;
  malabsorption?: Malabsorption;
  riskGroup?: RiskGroup;
  allergy?: Allergen;
}

/** A condition, procedure, allergy or medication that the rules know a word for. */
export interface PlannedSign extends Sourced {
  signs: ProfileSigns;
  because: string;
}

export interface PlannedProposal extends Sourced {
  display: string;
  code: string | null;
  authoredOn: ClinicDate | null;
}

export interface PlannedPatient extends Sourced {
  demographics: Demographics;
  results: PlannedResult[];
  withdrawals: Withdrawal[];
  signs: PlannedSign[];
  proposals: PlannedProposal[];
}

export interface NotTaken {
  entry: number;
  resourceType: string;
  reason: string;
  code: string | null;
  display: string | null;
}

export interface BundlePlan {
  entriesTotal: number;
  /** Entries by resource type; the parts of the report add up to these. */
  entriesOf: Record<string, number>;
  patients: PlannedPatient[];
  notTaken: NotTaken[];
}
