/** Orders: B12 by injection becomes a proposed course, metformin a risk group; the rest is counted. */
import type { TimeZone } from '@vastus/clinical';
import { type Entry, identityOf, type References, sha256 } from './bundle.js';
import { when } from './dates.js';
import { codings, type Json, label, records, text, wordsOf } from './json.js';
import type { PlannedPatient, PlannedProposal } from './plan.js';
import { metforminSign, type ReadSign } from './sign.js';

const RXNORM = 'http://www.nlm.nih.gov/research/umls/rxnorm';
const ATC = /whocc\.no\/atc|2\.16\.840\.1\.113883\.6\.73$/;
/** RxNorm: the ingredient; ATC: metformin alone and in the combinations of A10BD. */
const METFORMIN = {
  rxnorm: ['6809'],
  atc: /^A10BA02$|^A10BD(02|03|05|07|08|10|11|13|14|15|16|17|18|20|22|23|25)$/,
  words: /\bmetformin\b/i,
};
/** RxNorm 2001499: Vitamin B 12 5 MG/ML Injectable Solution, which does not say which cobalamin: whoever accepts the proposal decides. */
const B12 = { rxnorm: ['2001499'], atc: /^B03BA0[135]$/, words: /\bvitamin b[ -]?12\b|cobalamin/i };
const INJECTED = /inject|ampoul|vial|syringe|intramuscular|subcutaneous|parenteral|\bi\.?m\.?\b|solution for/i;
const NOT_INJECTED = /\boral|tablet|capsule|chewable|lozenge|sublingual|nasal|spray|gel\b|drops|syrup|liquid/i;
const INJECTED_ROUTES = ['78421000', '34206005'];
const ORDER_INTENTS = ['order', 'original-order', 'reflex-order', 'filler-order', 'instance-order'];

export type ReadMedication = { proposal: PlannedProposal } | ReadSign;

export function readMedicationRequest(entry: Entry, patient: PlannedPatient, references: References, zone: TimeZone): ReadMedication {
  const { resource } = entry;
  const concept = medicationOf(resource, references);
  const isMetformin = names(METFORMIN, concept);
  if (!isMetformin && !names(B12, concept)) return { reason: 'a medication the rules do not read' };
  const intent = text(resource.intent) ?? 'order';
  if (!ORDER_INTENTS.includes(intent) || resource.doNotPerform === true)
    return { reason: `not an order (${resource.doNotPerform === true ? 'do not perform' : intent.slice(0, 40)})` };
  const status = text(resource.status) ?? 'missing';
  if (status !== 'active') return { reason: `not active (${status.slice(0, 40)})` };
  if (isMetformin) return metforminSign(entry, patient, concept);

  if (!isInjected(resource, concept)) return { reason: 'B12, but not by injection' };
  if (patient.demographics.deceasedOn !== null) return { reason: 'the patient has died' };
  const authored = when(resource.authoredOn, zone);
  const { code, display } = label(concept);
  const proposal = { display: display ?? 'Vitamin B12', code, authoredOn: typeof authored === 'object' ? authored.on : null };
  return { proposal: { entry: entry.index, identity: identityOf(entry, patient.identity), contentSha256: sha256(proposal), ...proposal } };
}

/** What a patient takes, as told: enough for a risk group, never an order. */
export function readMedicationStatement(entry: Entry, patient: PlannedPatient, references: References): ReadSign {
  const concept = medicationOf(entry.resource, references);
  if (!names(METFORMIN, concept)) return { reason: 'a medication the rules do not read' };
  const status = text(entry.resource.status) ?? 'missing';
  return status === 'active' ? metforminSign(entry, patient, concept) : { reason: `not active (${status.slice(0, 40)})` };
}

function medicationOf(resource: Json, references: References): unknown {
  if (resource.medicationCodeableConcept !== undefined) return resource.medicationCodeableConcept;
  const reference = text((resource.medicationReference as Json | undefined)?.reference);
  if (reference?.startsWith('#')) return records(resource.contained).find(({ id }) => id === reference.slice(1))?.code;
  return references.find(resource.medicationReference, 'Medication')?.resource.code;
}

function names({ rxnorm, atc, words }: typeof B12, concept: unknown): boolean {
  const coded = codings(concept).some(
    ({ system, code }) => code && ((system === RXNORM && rxnorm.includes(code)) || (system && ATC.test(system) && atc.test(code))),
  );
  return coded || words.test(wordsOf(concept));
}

/** Words of the product first, then the route of the dosage; an order that says neither is proposed, and a person decides. */
function isInjected(resource: Json, concept: unknown): boolean {
  const words = wordsOf(concept);
  if (INJECTED.test(words)) return true;
  const dosages = records(resource.dosageInstruction);
  const routes = dosages.flatMap(({ route }) => codings(route));
  if (routes.some(({ code }) => code && INJECTED_ROUTES.includes(code))) return true;
  const told = dosages.map((dosage) => `${text(dosage.text) ?? ''} ${wordsOf(dosage.route)}`).join(' ');
  if (INJECTED.test(told)) return true;
  return !NOT_INJECTED.test(`${words} ${told}`) && routes.length === 0;
}
