/** What the rules say about an injection that is about to be recorded. */
import { compareInstants, dateInZone, daysBetween } from './calendar.js';
import { byGivenAt, givenDoses, nextDoseAfter, stageOf } from './courses.js';
import { followEvent } from './event-course.js';
import {
  type ClinicDate,
  COBALAMINS,
  type CourseFacts,
  type Instant,
  type PatientFacts,
  type Route,
  type SiteId,
  type Substance,
} from './facts.js';
import { finding } from './finding.js';
import type { FindingCode } from './finding-codes.js';
import type { Finding } from './findings.js';
import { holdAt, holdEpisodes } from './hold.js';
import type { ProtocolParameters } from './protocol.js';
import { latestEgfr } from './renal.js';
import { selfInjectionState } from './self-injection.js';
import { adviseSites } from './site-advice.js';

export interface ProposedInjection {
  courseId: string;
  productId: string;
  substance: Substance;
  route: Route;
  site: SiteId | null;
  doseMicrograms: number;
  volumeMl: number | null;
  givenAt: Instant;
  lot: { expiresOn: ClinicDate; status: 'usable' | 'on-hold' | 'recalled' } | null;
  /** The dose was given and nobody knows the lot any more: recordable as the truth (REC-TRUTH), and a use error. */
  lotUnknown?: boolean;
  /** Sites with infection, rash, scar or swelling seen today (SITE-SKIN). */
  skinFindings: SiteId[];
  /** Whether the neurological baseline of this visit is recorded (MON-NEURO). */
  baselineRecorded: boolean;
  /** The routes the product is licensed for. */
  productRoutes: Route[];
  /** Reported by the patient from home (SELF-LOG). */
  selfReported?: boolean;
  /** The injection this one replaces: it is left out of the facts, or every correction would be "too early". */
  amendsInjectionId?: string | null;
}

/** Malabsorption that RX-VITD names; "other" is not among them and needs a physician. */
const VITAMIN_D_MALABSORPTIONS: readonly string[] = ['post-bariatric', 'inflammatory-bowel-disease', 'pancreatic-insufficiency'];
const BLOCKING_SITE_CODES: readonly FindingCode[] = ['limb-restricted', 'site-restricted', 'skin-finding-at-site', 'dorsogluteal-site'];

/**
 * HOLD-IM, HOLD-LIMB, SITE-DG, SITE-SKIN, SITE-RANK, SITE-ROTATE, TECH-SC, RX-COURSE, RX-EARLY, RX-EXPIRED, RX-RENAL, RX-ALLERGY,
 * RX-VITD, RX-VITA, MON-NEURO, and SELF-STOP for a dose at home. Findings are unique by code, blocks first. Never throws for well-typed input.
 * Everything is judged as of `givenAt`, so that a dose recorded late is judged by its own day; only the kidney function is the latest
 * known at `now`, because a dose recorded today must not ignore a result that arrived since.
 */
export function checkInjection(proposed: ProposedInjection, facts: PatientFacts, protocol: ProtocolParameters, now: Instant): Finding[] {
  const givenOn = dateInZone(proposed.givenAt, facts.zone);
  const others = facts.injections.filter(({ id }) => id !== (proposed.amendsInjectionId ?? null));
  const known = { ...facts, injections: others };
  const held = checkHold(proposed, known);
  const findings = [
    ...held,
    ...checkSite(proposed, known, protocol, givenOn, held.length > 0),
    ...checkRoute(proposed),
    ...checkCourse(proposed, known, protocol, givenOn),
    ...checkLot(proposed, givenOn),
    ...checkSubstance(proposed, known, protocol, now),
    ...checkAtHome(proposed, known, protocol, givenOn),
    ...(proposed.baselineRecorded ? [] : [finding('warn', 'baseline-missing', 'baseline')]),
  ];
  const unique = findings.filter(({ code }, index) => findings.findIndex((other) => other.code === code) === index);
  return [...unique.filter(({ severity }) => severity === 'block'), ...unique.filter(({ severity }) => severity === 'warn')];
}

/** Whether any finding refuses the action. */
export function isBlocked(findings: readonly Finding[]): boolean {
  return findings.some((entry) => entry.severity === 'block');
}

/**
 * Whether a physician's reason can answer the stops among `findings` (RX-COURSE): to no reason is a dose given after death. The record of
 * the death is corrected, or what was given before somebody knew is recorded as it was (REC-TRUTH).
 */
export function mayOverride(findings: readonly Pick<Finding, 'code'>[]): boolean {
  return !findings.some(({ code }) => code === 'patient-deceased');
}

function checkHold({ route, givenAt }: ProposedInjection, facts: PatientFacts): Finding[] {
  if (route !== 'IM') return [];
  const events = facts.events.map((event) => followEvent(event, facts.examinations));
  const hold = holdAt(holdEpisodes(events, facts.routeDecisions), givenAt);
  return hold ? [finding('block', 'im-hold-active', null, { since: hold.since, causeEventIds: hold.causeEventIds })] : [];
}

function checkSite(
  proposed: ProposedInjection,
  facts: PatientFacts,
  protocol: ProtocolParameters,
  givenOn: ClinicDate,
  onHold: boolean,
): Finding[] {
  const { site, route, volumeMl, skinFindings, givenAt } = proposed;
  if (route !== 'IM') return [];
  // While IM is on hold every site is closed: the hold is the stop, and to ask for a site would lead nowhere.
  if (site === null) return onHold ? [] : [finding('block', 'site-missing', 'site')];
  const advice = adviseSites(facts, protocol, givenOn, { volumeMl, skinFindings, at: givenAt });
  const suggestedSite = advice.find(({ state }) => state === 'recommended')?.site ?? null;
  const reasons = advice.find((entry) => entry.site === site)?.reasons ?? [];
  return reasons
    .filter(({ code }) => code !== 'im-hold-active')
    .map(({ code, facts: seen }) =>
      finding(BLOCKING_SITE_CODES.includes(code) ? 'block' : 'warn', code, code === 'deltoid-volume-exceeded' ? 'volumeMl' : 'site', {
        ...seen,
        suggestedSite: suggestedSite === site ? null : suggestedSite,
      }),
    );
}

function checkRoute({ route, productRoutes }: ProposedInjection): Finding[] {
  return productRoutes.includes(route) ? [] : [finding('block', 'route-not-allowed-for-product', 'route', { route, productRoutes })];
}

function checkCourse(proposed: ProposedInjection, facts: PatientFacts, protocol: ProtocolParameters, givenOn: ClinicDate): Finding[] {
  const findings: Finding[] = [];
  const { deceasedOn } = facts.patient;
  if (deceasedOn !== null && deceasedOn <= givenOn) findings.push(finding('block', 'patient-deceased', null, { deceasedOn }));

  const course = facts.courses.find(({ id }) => id === proposed.courseId);
  if (!course) return [...findings, finding('block', 'course-unknown', 'courseId')];
  if (course.endedOn !== null && course.endedOn < givenOn) {
    findings.push(finding('block', 'course-ended', 'courseId', { endedOn: course.endedOn }));
  }
  if (course.substance !== proposed.substance) {
    const seen = { substance: proposed.substance, courseSubstance: course.substance };
    findings.push(finding('warn', 'substance-differs-from-course', 'productId', seen));
  }
  if (course.doseMicrograms !== proposed.doseMicrograms) {
    const seen = { doseMicrograms: proposed.doseMicrograms, courseDoseMicrograms: course.doseMicrograms };
    findings.push(finding('warn', 'dose-differs-from-course', 'doseMicrograms', seen));
  }
  return [...findings, ...checkInterval(proposed, course, facts, protocol, givenOn)];
}

/** RX-EARLY, against the dose before and the dose after: a dose entered late can stand too close to either. */
function checkInterval(
  proposed: ProposedInjection,
  course: CourseFacts,
  facts: PatientFacts,
  protocol: ProtocolParameters,
  givenOn: ClinicDate,
): Finding[] {
  const findings: Finding[] = [];
  const doses = givenDoses(course, facts.injections);
  const before = doses.filter(({ givenAt }) => compareInstants(givenAt, proposed.givenAt) <= 0);
  const last = before.at(-1);
  // Two tabs, two nurses, a late entry: no regimen has two doses of one course on a day.
  const sameDay = doses.find((given) => given.givenOn === givenOn);
  if (sameDay) {
    const seen = { injectionId: sameDay.id, givenOn, givenAt: sameDay.givenAt };
    findings.push(finding('block', 'course-dose-already-given-today', 'givenAt', seen));
  } else if (last) {
    const { earliestOn, dueOn } = nextDoseAfter(course, last, stageOf(course, before.length, givenOn), protocol);
    if (givenOn < earliestOn) {
      const seen = { lastDoseOn: last.givenOn, daysSinceLastDose: daysBetween(last.givenOn, givenOn), earliestOn, dueOn };
      findings.push(finding('warn', 'dose-too-early', 'givenAt', seen));
    }
  }
  const next = doses[before.length];
  if (next && !sameDay) {
    const own = { ...next, givenAt: proposed.givenAt, givenOn };
    const { earliestOn } = nextDoseAfter(course, own, stageOf(course, before.length + 1, next.givenOn), protocol);
    if (next.givenOn < earliestOn) {
      findings.push(finding('warn', 'dose-too-close-to-next', 'givenAt', { nextDoseOn: next.givenOn, earliestOn }));
    }
  }
  // The same vitamin under another course of the same patient is a duplicate as well.
  const twin = facts.injections
    .filter(
      (injection) =>
        injection.status === 'given' &&
        injection.courseId !== course.id &&
        injection.givenOn === givenOn &&
        sameVitamin(injection.substance, proposed.substance),
    )
    .sort(byGivenAt)[0];
  if (twin)
    findings.push(finding('warn', 'dose-already-given-today', 'givenAt', { injectionId: twin.id, substance: twin.substance, givenOn }));
  return findings;
}

/** SELF-STOP (S2): a dose at home needs an approval that is in force. Records that keep no approvals ask for none. */
function checkAtHome(
  { selfReported, courseId }: ProposedInjection,
  facts: PatientFacts,
  protocol: ProtocolParameters,
  givenOn: ClinicDate,
): Finding[] {
  if (selfReported !== true || facts.selfInjectionApprovals === undefined) return [];
  const approvals = facts.selfInjectionApprovals.filter((approval) => approval.courseId === courseId);
  const { state, approvalId, reasons } = selfInjectionState(approvals, facts, protocol, givenOn);
  if (state === 'approved') return [];
  const code = state === 'suspended' ? 'self-injection-suspended' : 'self-injection-not-approved';
  return [finding('block', code, 'selfReported', { state, approvalId, reasons })];
}

function checkLot({ lot, lotUnknown }: ProposedInjection, givenOn: ClinicDate): Finding[] {
  if (!lot) return lotUnknown ? [finding('block', 'lot-unknown', 'lotId')] : [];
  const findings: Finding[] = [];
  // The day printed on the vial is the last day of use.
  if (lot.expiresOn < givenOn) findings.push(finding('block', 'lot-expired', 'lotId', { expiresOn: lot.expiresOn, givenOn }));
  if (lot.status === 'recalled') findings.push(finding('block', 'lot-recalled', 'lotId'));
  if (lot.status === 'on-hold') findings.push(finding('block', 'lot-on-hold', 'lotId'));
  return findings;
}

/** RX-RENAL, RX-ALLERGY, RX-VITD, RX-VITA: what the patient's record says about the substance itself, whichever dose it is. */
export function checkSubstance(
  { substance, route }: Pick<ProposedInjection, 'substance' | 'route'>,
  facts: PatientFacts,
  protocol: ProtocolParameters,
  now: Instant,
): Finding[] {
  const findings: Finding[] = [];
  const { renalDysfunction, allergies, malabsorption } = facts.patient;
  if (substance === 'cyanocobalamin') {
    const egfr = latestEgfr(facts, now);
    const low = egfr !== null && egfr.value < protocol.eGfrThreshold;
    if (renalDysfunction === true || low) {
      findings.push(
        finding('block', 'cyanocobalamin-with-renal-dysfunction', 'productId', {
          renalDysfunction,
          eGfrMlPerMin: egfr?.value ?? null,
          eGfrCollectedOn: egfr?.collectedOn ?? null,
          eGfrThreshold: protocol.eGfrThreshold,
          alternatives: ['hydroxocobalamin', 'methylcobalamin'],
        }),
      );
    }
  }
  const cobalamin = COBALAMINS.includes(substance);
  const direct = allergies.filter(
    (allergen) => allergen === substance || (cobalamin && (allergen === 'cobalamin' || allergen === 'cobalt')),
  );
  const related = allergies.filter(
    (allergen) => cobalamin && allergen !== substance && (COBALAMINS as readonly string[]).includes(allergen),
  );
  if (direct.length > 0) findings.push(finding('block', 'allergy-to-substance', 'productId', { substance, allergies: direct }));
  else if (related.length > 0)
    findings.push(finding('warn', 'allergy-to-related-substance', 'productId', { substance, allergies: related }));
  if (route === 'IM' && substance === 'colecalciferol' && !malabsorption.some((kind) => VITAMIN_D_MALABSORPTIONS.includes(kind))) {
    findings.push(finding('block', 'vitamin-d-without-malabsorption', 'productId', { malabsorption }));
  }
  if (route === 'IM' && substance === 'retinol') findings.push(finding('warn', 'vitamin-a-oral-preferred', 'productId'));
  return findings;
}

function sameVitamin(a: Substance, b: Substance): boolean {
  return a === b || (COBALAMINS.includes(a) && COBALAMINS.includes(b));
}
