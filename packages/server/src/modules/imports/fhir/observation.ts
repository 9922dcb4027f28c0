import {
  type Analyte,
  analyteOfLoinc,
  compareInstants,
  harmonize,
  type Instant,
  type TimeZone,
  UnitContradictsLoincError,
  UnknownUnitError,
} from '@vastus/clinical';
import { type Entry, identityOf, sha256 } from './bundle.js';
import { dateProblem, when } from './dates.js';
import { codings, label, record, records, text } from './json.js';
import type { PlannedPatient, PlannedResult, Withdrawal } from './plan.js';

const LOINC = 'http://loinc.org';
const TAKEN_STATUS: ReadonlyMap<string, PlannedResult['status']> = new Map([
  ['final', 'final'],
  ['amended', 'corrected'],
  ['corrected', 'corrected'],
]);
/** Largest value that is stored; a laboratory number beyond it is a slip of the unit or of the keyboard. */
const LARGEST = 1_000_000;

export type ReadObservation = { result: PlannedResult } | { withdrawal: Withdrawal } | { reason: string };

const loincsOf = (concept: unknown) => codings(concept).flatMap(({ system, code }) => (system === LOINC && code ? [code] : []));
const monitored = (concept: unknown) => loincsOf(concept).find((code) => analyteOfLoinc(code) !== null);

export function readObservation(entry: Entry, patient: PlannedPatient, zone: TimeZone, now: Instant): ReadObservation {
  const { resource } = entry;
  const loinc = monitored(resource.code);
  const analyte = loinc === undefined ? null : analyteOfLoinc(loinc);
  if (loinc === undefined || analyte === null) {
    const inComponents = records(resource.component).some((component) => monitored(component.code) !== undefined);
    if (inComponents) return { reason: 'several components in one observation' };
    return { reason: loincsOf(resource.code).length > 0 ? 'LOINC not monitored' : 'no LOINC code' };
  }
  const identity = identityOf(entry, patient.identity);
  const status = text(resource.status) ?? 'missing';
  if (status === 'entered-in-error' || status === 'cancelled') {
    return { withdrawal: { entry: entry.index, identity, contentSha256: sha256(status), ...label(resource.code) } };
  }
  const taken = TAKEN_STATUS.get(status);
  if (!taken) return { reason: `status ${status.slice(0, 40)} is not a result` };

  const measured = quantityOf(resource);
  if ('reason' in measured) return measured;
  const collected = when(resource.effectiveDateTime ?? resource.effectiveInstant ?? record(resource.effectivePeriod)?.start, zone);
  if (typeof collected === 'string') return { reason: dateProblem('collection date', collected) };
  if (compareInstants(collected.at, now) > 0) return { reason: 'collected in the future' };
  if (collected.on < patient.demographics.birthDate) return { reason: 'collected before birth' };

  const known = harmonized(analyte, measured, loinc);
  if ('reason' in known) return known;
  const issued = when(resource.issued, zone);
  const resultedAt =
    typeof issued === 'object' && compareInstants(issued.at, collected.at) >= 0 && compareInstants(issued.at, now) <= 0
      ? issued.at
      : collected.at;
  const content = { loinc, value: measured.value, unit: known.spelling, collectedAt: collected.at, status: taken };
  return {
    result: {
      entry: entry.index,
      identity,
      contentSha256: sha256(content),
      loinc,
      analyte,
      value: measured.value,
      unit: known.spelling,
      harmonizedValue: known.value,
      harmonizedUnit: known.unit,
      collectedAt: collected.at,
      collectedOn: collected.on,
      resultedAt,
      status: taken,
    },
  };
}

interface Quantity {
  value: number;
  /** The machine's and the human's spelling, in this order. */
  units: string[];
}

function quantityOf(resource: Record<string, unknown>): Quantity | { reason: string } {
  const quantity = record(resource.valueQuantity);
  if (!quantity) {
    if (records(resource.component).length > 0) return { reason: 'several components in one observation' };
    const other = Object.keys(resource).find((key) => /^value[A-Z]/.test(key) && resource[key] !== undefined);
    if (other) return { reason: `the value is not a quantity (${other.slice(0, 40)})` };
    return { reason: record(resource.dataAbsentReason) ? 'the source says why there is no value' : 'no value' };
  }
  const { value } = quantity;
  if (value === undefined || value === null) return { reason: 'no value' };
  if (typeof value !== 'number' || !Number.isFinite(value)) return { reason: 'the value is not a number' };
  if (quantity.comparator !== undefined) return { reason: `only a limit is known (${text(quantity.comparator)?.slice(0, 4) ?? '?'})` };
  if (value < 0 || value > LARGEST) return { reason: 'the value is out of every range' };
  const units = [text(quantity.code), text(quantity.unit)].filter((unit) => unit !== undefined).map((unit) => unit.slice(0, 30));
  return units.length === 0 ? { reason: 'no unit' } : { value, units };
}

type Harmonized = { value: number; unit: string; spelling: string };

function harmonized(analyte: Analyte, { value, units }: Quantity, loinc: string): Harmonized | { reason: string } {
  let reason = '';
  for (const spelling of units) {
    try {
      return { ...harmonize(analyte, value, spelling, loinc), spelling };
    } catch (error) {
      if (error instanceof UnitContradictsLoincError) return { reason: `the unit contradicts the LOINC code (${spelling})` };
      if (!(error instanceof UnknownUnitError)) throw error;
      reason ||= `unknown unit (${spelling})`;
    }
  }
  return { reason };
}
