/** What a case's report has to say, whatever the language. What people typed stays as they typed it. */
import type {
  Allergen,
  Analyte,
  Cause,
  Malabsorption,
  Modality,
  Muscle,
  PainDrug,
  Regimen,
  ReportDimension,
  ReportQuestion,
  RiskGroup,
  Role,
  Route,
  Sensation,
  SensoryRegion,
  SiteId,
  Substance,
} from '@vastus/clinical';
import type { AdverseEvent, EventReport, PrintedLanguage } from '@vastus/contract';

type Assessment = AdverseEvent['assessment'];
type Answer<Question extends keyof Assessment> = Exclude<Assessment[Question], null | boolean>;
export type ReportCode =
  | Allergen
  | Exclude<Cause, 'unknown'>
  | Malabsorption
  | Modality
  | Muscle
  | PainDrug
  | ReportDimension
  | ReportQuestion
  | RiskGroup
  | Role
  | Sensation
  | SensoryRegion
  | SiteId
  | Substance
  | Answer<'onset' | 'distribution' | 'motor' | 'course'>
  | Answer<'siteFindings'>[number]
  | AdverseEvent['outcome']
  | NonNullable<AdverseEvent['ctcaeTerm']>
  | NonNullable<NonNullable<AdverseEvent['filing']>['productKept']>;

export interface ReportWords {
  /** As dates and times are written. */
  locale: string;
  language: PrintedLanguage;
  /** A code of this product as a word; an unknown one as its own words. */
  code: (code: string) => string;
  sex: (code: string) => string;
  analyte: (analyte: Analyte) => string;
  criterion: Readonly<Record<AdverseEvent['seriousnessCriteria'][number], string>>;
  causality: Readonly<Record<NonNullable<AdverseEvent['causality']>, string>>;
  question: Readonly<Record<keyof Assessment, string>>;
  frequency: Readonly<Record<Exclude<Regimen, 'maintenance'>, string>>;
  everyMonths: (months: number) => string;
  route: Readonly<Record<Route, string>>;
  side: Readonly<Record<'left' | 'right', string>>;
  challenge: Readonly<Record<EventReport['D']['abatedAfterStop'], string | null>>;
  decimal: (value: number) => string;
  /** A word with a capital as it stands within a sentence. */
  within: (word: string) => string;
  say: Readonly<Record<Sentence, string>>;
  /** What stands left of each field on paper, and the letters of its sections. */
  label: Readonly<Record<Label, string>>;
  section: Readonly<Record<'A' | 'B' | 'C' | 'D' | 'E' | 'F' | 'G', string>>;
  fields: (zone: string) => string;
  years: (age: number) => string;
  period: (from: string, to: string | null) => string;
  grade: (grade: number) => string;
  foot: (caseId: string, version: number) => string;
  page: (number: number, of: number) => string;
}

type Sentence =
  | 'adverseEvent'
  | 'useError'
  | 'yes'
  | 'no'
  | 'unremarkable'
  | 'motorDeficit'
  | 'noMotorDeficit'
  | 'pain'
  | 'study'
  | 'cause'
  | 'neurological'
  | 'symptomsSince'
  | 'malabsorption'
  | 'riskGroup'
  | 'renal'
  | 'allergy'
  | 'needle'
  | 'patient'
  | 'professional'
  | 'folicAcid'
  | 'perDay'
  | 'anticoagulant'
  | 'manufacturer'
  | 'authority'
  | 'seriousUnknown'
  | 'notSerious'
  | 'notRecorded'
  | 'title'
  | 'subject';

type Label =
  | 'patientIdentifier'
  | 'age'
  | 'sex'
  | 'weight'
  | 'kind'
  | 'outcomesAttributed'
  | 'dateOfEvent'
  | 'dateOfReport'
  | 'description'
  | 'ctcae'
  | 'causality'
  | 'outcome'
  | 'examinations'
  | 'tests'
  | 'history'
  | 'available'
  | 'manufacturerInformed'
  | 'product'
  | 'manufacturer'
  | 'codes'
  | 'dose'
  | 'site'
  | 'givenAt'
  | 'datesOfUse'
  | 'diagnosis'
  | 'abated'
  | 'reappeared'
  | 'lot'
  | 'expires'
  | 'device'
  | 'operator'
  | 'products'
  | 'name'
  | 'occupation'
  | 'organization'
  | 'alsoReported'
  | 'reference';
