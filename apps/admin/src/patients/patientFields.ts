/** The record form: react-admin holds text, the contract wants dates, numbers, yes/no/not recorded. */
import type { Patient } from '@vastus/contract';
import { readNumber, typedNumber } from '../numbers.js';

const TEXTS = [
  'recordNumber',
  'familyName',
  'givenName',
  'birthDate',
  'sex',
  'phone',
  'email',
  'interpreterLanguage',
  'deceasedOn',
  'allergyNote',
  'neurotoxicDrugs',
  'note',
] as const;
const CHOICES = ['malabsorption', 'riskGroups', 'allergies'] as const;
const ANSWERS = ['renalDysfunction', 'anticoagulated'] as const;

/** Every field the form shows a message at. */
export const PATIENT_FIELDS: readonly string[] = [...TEXTS, ...CHOICES, ...ANSWERS, 'folicAcidMgPerDay'];

/** What the contract's body for registering and editing wants: exactly its fields, empty text as absence. */
export function toPatientBody(form: Record<string, unknown>): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const name of TEXTS) body[name] = form[name] || null;
  for (const name of CHOICES) body[name] = form[name] ?? [];
  for (const name of ANSWERS) body[name] = ANSWER[String(form[name])] ?? null;
  body['folicAcidMgPerDay'] = readNumber(form['folicAcidMgPerDay'] as string | null | undefined);
  body['overrideReason'] = form['overrideReason'] || null;
  return body;
}

/** A record as the form holds it. */
export function toPatientForm(patient: Patient): Record<string, unknown> {
  return {
    ...patient,
    renalDysfunction: said(patient.renalDysfunction),
    anticoagulated: said(patient.anticoagulated),
    folicAcidMgPerDay: patient.folicAcidMgPerDay === null ? '' : typedNumber(patient.folicAcidMgPerDay),
  };
}

const ANSWER: Readonly<Record<string, boolean | null>> = { yes: true, no: false };
const said = (answer: boolean | null) => (answer === null ? 'unknown' : answer ? 'yes' : 'no');
