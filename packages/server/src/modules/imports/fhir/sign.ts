/**
 * The few conditions, procedures, drugs and allergies that the rules have a word for. Codes are listed only where two independent
 * sources agree on them; where no such code is known (ileal resection, cobalamin allergy) the words decide, and negated or
 * second-hand words ("family history of …") decide nothing.
 */
import { type Allergen, addDays, dateInZone, type Instant, type TimeZone } from '@vastus/clinical';
import { type Entry, identityOf, sha256 } from './bundle.js';
import { when } from './dates.js';
import { codings, type Json, label, records, statusOf, text, wordsOf } from './json.js';
import type { PlannedPatient, PlannedSign, ProfileSigns } from './plan.js';

const SNOMED = 'http://snomed.info/sct';
const ICD10 = /icd-10|2\.16\.840\.1\.113883\.6\.(90|3)$/i;

interface KnownCondition {
  snomed: readonly string[];
  icd10?: RegExp;
  /** All of them are found. */
  words?: readonly RegExp[];
  signs: readonly ProfileSigns[];
  /** Ends by itself: only the active condition counts, and not for longer than this. */
  withinDays?: number;
}

const CONDITIONS: readonly KnownCondition[] = [
  {
    // Chronic kidney disease without a stage, stages 1, 2, 3, 3A, 3B, 4, 5, end-stage; diabetic renal disease.
    snomed: [
      '709044004',
      '431855005',
      '431856006',
      '433144002',
      '700378005',
      '700379002',
      '431857002',
      '433146000',
      '46177005',
      '127013003',
    ],
    icd10: /^N18(\.|$)|^E(08|09|10|11|13)\.2/,
    signs: [{ renalDysfunction: true }],
  },
  {
    snomed: ['34000006'],
    icd10: /^K50(\.|$)/,
    signs: [{ riskGroup: 'ileal-resection-or-crohns' }, { malabsorption: 'inflammatory-bowel-disease' }],
  },
  {
    snomed: [],
    words: [/\bile(al|um|ocec\w+|ocaec\w+|ocolic|ectomy)\b/i, /\b(resection|ileectomy)\b/i],
    signs: [{ riskGroup: 'ileal-resection-or-crohns' }, { malabsorption: 'other' }],
  },
  { snomed: ['442338001'], icd10: /^Z98\.84$/, words: [/\bgastric bypass\b|\broux-en-y\b/i], signs: [{ malabsorption: 'post-bariatric' }] },
  { snomed: ['84027009'], icd10: /^D51\.0$/, signs: [{ malabsorption: 'other' }] },
  { snomed: ['72892002', '77386006'], icd10: /^Z33\.1$|^Z34(\.|$)/, signs: [{ riskGroup: 'pregnancy-or-lactation' }], withinDays: 300 },
];
const ANEMIA = { snomed: ['271737000'], icd10: /^D(5[0-9]|6[0-4])(\.|$)/ };
const NEGATED = /\b(family history|no history|no known|denies|suspected|possible|rule(d)? out|risk of|screening|fear of)\b/i;

const matches = ({ snomed, icd10, words }: Pick<KnownCondition, 'snomed' | 'icd10' | 'words'>, concept: unknown): boolean =>
  codings(concept).some(
    ({ system, code }) => code && ((system === SNOMED && snomed.includes(code)) || (system && ICD10.test(system) && icd10?.test(code))),
  ) ||
  (words?.every((word) => word.test(wordsOf(concept))) ?? false);

export type ReadSign = { signs: PlannedSign[] } | { reason: string };

const sign = (entry: Entry, patient: PlannedPatient, signs: readonly ProfileSigns[], because: string): ReadSign => ({
  signs: signs.map((one, part) => {
    const identity = identityOf(entry, patient.identity);
    // One condition can say two things about a patient; each is remembered on its own.
    const value = part === 0 ? identity.value : `${identity.value}#${part}`;
    return { entry: entry.index, identity: { ...identity, value }, contentSha256: sha256(one), signs: one, because };
  }),
});

export function readCondition(entry: Entry, patient: PlannedPatient, zone: TimeZone, now: Instant): ReadSign {
  const { resource } = entry;
  const known = CONDITIONS.find((condition) => matches(condition, resource.code));
  if (!known) {
    return { reason: matches(ANEMIA, resource.code) ? 'anemia: say so when the course is started' : 'a condition the rules do not read' };
  }
  if (NEGATED.test(wordsOf(resource.code))) return { reason: 'names a condition that the patient does not have' };
  const verification = statusOf(resource.verificationStatus);
  if (verification !== undefined && verification !== 'confirmed') return { reason: `not confirmed (${verification.slice(0, 40)})` };
  const clinical = statusOf(resource.clinicalStatus) ?? (hasEnded(resource) ? 'resolved' : 'active');
  const going = ['active', 'recurrence', 'relapse', ...(known.withinDays === undefined ? ['remission'] : [])];
  if (!going.includes(clinical)) return { reason: `not active (${clinical.slice(0, 40)})` };
  if (known.withinDays !== undefined) {
    const began = when(resource.onsetDateTime ?? resource.recordedDate, zone);
    if (typeof began === 'object' && addDays(began.on, known.withinDays) < dateInZone(now, zone))
      return { reason: 'began too long ago to be active still' };
  }
  return sign(entry, patient, known.signs, named('Condition', resource.code));
}

/** An operation lasts: what was done once is true from then on. */
export function readProcedure(entry: Entry, patient: PlannedPatient): ReadSign {
  const { resource } = entry;
  const known = CONDITIONS.find((condition) => condition.withinDays === undefined && matches(condition, resource.code));
  if (!known) return { reason: 'not used by Vastus' };
  if (NEGATED.test(wordsOf(resource.code))) return { reason: 'names a procedure that was not done' };
  const status = text(resource.status) ?? 'completed';
  if (status !== 'completed') return { reason: `not completed (${status.slice(0, 40)})` };
  return sign(entry, patient, known.signs, named('Procedure', resource.code));
}

const ALLERGENS: readonly [RegExp, Allergen][] = [
  [/\bcyanocobalamin/i, 'cyanocobalamin'],
  [/\bhydroxocobalamin|\bhydroxycobalamin/i, 'hydroxocobalamin'],
  [/\bmethylcobalamin|\bmecobalamin/i, 'methylcobalamin'],
  [/cobalamin|\bvitamin b[ -]?12\b/i, 'cobalamin'],
  [/\bcobalt\b/i, 'cobalt'],
  [/\bch?olecalciferol|\bvitamin d3?\b/i, 'colecalciferol'],
  [/\bretin(ol|yl)|\bvitamin a\b/i, 'retinol'],
];

export function readAllergy(entry: Entry, patient: PlannedPatient): ReadSign {
  const { resource } = entry;
  const substances = records(resource.reaction).map(({ substance }) => wordsOf(substance));
  const words = [wordsOf(resource.code), ...substances].join(' | ');
  const allergen = ALLERGENS.find(([pattern]) => pattern.test(words))?.[1];
  if (!allergen || NEGATED.test(words)) return { reason: 'not relevant to the products given here' };
  const verification = statusOf(resource.verificationStatus);
  if (verification === 'refuted' || verification === 'entered-in-error') return { reason: `taken back by the source (${verification})` };
  const clinical = statusOf(resource.clinicalStatus) ?? 'active';
  // An unconfirmed allergy counts: it stops a dose until somebody has looked.
  if (clinical !== 'active') return { reason: `not active (${clinical.slice(0, 40)})` };
  return sign(entry, patient, [{ allergy: allergen }], named('Allergy', resource.code));
}

export const metforminSign = (entry: Entry, patient: PlannedPatient, concept: unknown): ReadSign =>
  sign(entry, patient, [{ riskGroup: 'long-term-metformin' }], named('Medication', concept));

const hasEnded = (resource: Json) => Object.keys(resource).some((key) => /^abatement[A-Z]/.test(key) && resource[key] !== false);
const named = (what: string, concept: unknown) => `${what}: ${label(concept).display ?? label(concept).code ?? 'unnamed'}`;
