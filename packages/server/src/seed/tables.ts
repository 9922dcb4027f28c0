/** The tables of a history in the order in which rows may refer to each other, and the columns that are written. */
import { snakeCase } from './text.js';

const own = (columns: string) => ['clinicId', ...columns.split(/\s+/)];

export const TABLES = {
  patient:
    own(`id recordNumber familyName givenName searchName birthDate sex phone interpreterLanguage deceasedOn renalDysfunction malabsorption riskGroups
    allergies anticoagulated recordedAt recordedBy derivedUnder derivedBy`),
  course:
    own(`id patientId productId doseMicrograms indication cause neurologicalInvolvement symptomsSince anemiaAtBaseline regimen maintenanceMonths
    monitoringPlan startedOn loadingEndedOn endedOn endReason recordedAt recordedBy phase firstDoseOn lastDoseOn dosesGiven nextEarliestOn nextDueOn nextLateOn`),
  injection:
    own(`id patientId courseId productId lotId status doseMicrograms volumeMl route site needleGauge needleLengthMm aspirated givenAt givenOn givenBy
    identityChecked baseline recordedAt recordedBy`),
  adverseEvent:
    own(`id caseId patientId injectionId site onsetAt reportedAt narrative assessment triage triageLevel severity ctcaeTerm ctcaeGrade serious causality
    outcome resolvedAt recordedAt recordedBy`),
  examination: own('id patientId eventId examinedAt course motorDeficit electrodiagnosticStudy pain recordedAt recordedBy'),
  routeDecision: own('id patientId decision reason decidedAt decidedBy'),
  hold: own('id patientId since causeEventIds liftedAt routeDecisionId'),
  siteRestriction: own('id patientId sites reason since causeEventId recordedAt'),
  labResult: own(
    `id patientId loinc analyte value unit harmonizedValue harmonizedUnit collectedAt collectedOn resultedAt status source recordedAt recordedBy`,
  ),
  contactAttempt: own('id patientId courseId attemptedAt phone outcome on declineReason recordedAt recordedBy'),
  milestone:
    own(`id patientId naturalKey ruleId subjectType subjectId opensAt dueAt dueOn overdueAt ownerRole priority state metAt metBy missing dismissible
    facts protocolVersionId createdAt`),
  alert: own(
    `id patientId milestoneId ruleId ownerRole priority state dueAt dueOn overdueAt raisedAt escalatedAt snoozedUntil outcome reason actedBy actedAt version`,
  ),
  alertTransition: own('id alertId at fromState toState action byMembershipId outcome reason snoozedUntil'),
} as const satisfies Record<string, readonly string[]>;

export type Table = keyof typeof TABLES;
export const TABLE_NAMES = Object.keys(TABLES) as Table[];
/** Columns of type jsonb: an array in one of them is JSON, everywhere else it is an array of PostgreSQL. */
export const JSON_COLUMNS: ReadonlySet<string> = new Set(['baseline', 'assessment', 'triage', 'facts']);

export const tableName = (table: Table): string => snakeCase(table);
export const columnNames = (table: Table): string[] => TABLES[table].map(snakeCase);
