/** What the rules say about an injection that is about to be recorded. */
import type { ClinicDate, Instant, PatientFacts, Route, SiteId, Substance } from './facts.js';
import type { Finding } from './findings.js';
import type { ProtocolParameters } from './protocol.js';

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
  /** Sites with infection, rash, scar or swelling seen today (SITE-SKIN). */
  skinFindings: SiteId[];
  /** Whether the neurological baseline of this visit is recorded (MON-NEURO). */
  baselineRecorded: boolean;
  /** The routes the product is licensed for. */
  productRoutes: Route[];
  /** The injection this one replaces: it is left out of the facts, or every correction would be "too early". */
  amendsInjectionId?: string | null;
}

/**
 * HOLD-IM, HOLD-LIMB, SITE-DG, SITE-SKIN, SITE-RANK, SITE-ROTATE, TECH-SC, RX-COURSE, RX-EARLY, RX-EXPIRED, RX-RENAL, RX-ALLERGY,
 * RX-VITD, RX-VITA, MON-NEURO. Findings are unique by rule and code, blocks first. Never throws for well-typed input.
 */
export function checkInjection(_proposed: ProposedInjection, _facts: PatientFacts, _protocol: ProtocolParameters, _now: Instant): Finding[] {
  throw new Error('not written yet');
}

/** Whether any finding refuses the action. */
export function isBlocked(findings: readonly Finding[]): boolean {
  return findings.some((finding) => finding.severity === 'block');
}
