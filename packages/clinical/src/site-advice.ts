/** Which site to use today: restriction, then standing, then rest (SITE-RANK, SITE-ROTATE). */
import type { ClinicDate, PatientFacts, SiteId } from './facts.js';
import type { ProtocolParameters } from './protocol.js';
import type { FindingCode } from './finding-codes.js';
import type { RuleId } from './rules.js';

export type SiteState = 'recommended' | 'available' | 'recent' | 'restricted' | 'avoid';

export interface SiteReason {
  ruleId: RuleId;
  code: FindingCode;
  facts: Record<string, unknown>;
}

export interface SiteAdvice {
  site: SiteId;
  /** 1 = best. */
  rank: number;
  state: SiteState;
  lastUsedOn: ClinicDate | null;
  daysSinceLastUse: number | null;
  reasons: SiteReason[];
}

export interface AdviceOptions {
  /** Volume about to be injected; above `deltoidMaxVolumeMl` the deltoids are advised against. */
  volumeMl?: number | null;
  /** Sites where infection, rash, scar or swelling was seen today (SITE-SKIN). */
  skinFindings?: readonly SiteId[];
}

/**
 * SITE-RANK, SITE-ROTATE, HOLD-LIMB, HOLD-IM, SITE-DG, SITE-SKIN: all ten sites, best first.
 * Exactly one is `recommended` whenever any site is permitted (neither restricted nor advised against); when every permitted site was
 * used recently, the best-rested one is. While an IM hold is active every site is `restricted`.
 */
export function adviseSites(
  _facts: PatientFacts, _protocol: ProtocolParameters, _today: ClinicDate, _options: AdviceOptions = {},
): SiteAdvice[] {
  throw new Error('not written yet');
}
