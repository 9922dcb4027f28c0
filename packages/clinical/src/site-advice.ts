/** Which site to use today: restriction, then standing, then rest (SITE-RANK, SITE-ROTATE). */
import { addDays, compareDates, compareInstants, daysBetween, startOfDay } from './calendar.js';
import { byGivenAt } from './courses.js';
import { followEvent } from './event-course.js';
import { type ClinicDate, type InjectionFacts, type Instant, type PatientFacts, SITE_IDS, type SiteId } from './facts.js';
import type { FindingCode } from './finding-codes.js';
import { type DerivedRestriction, type HoldEpisode, holdAt, holdEpisodes, limbRestrictions } from './hold.js';
import type { ProtocolParameters } from './protocol.js';
import type { RuleId } from './rule-types.js';
import { SITES, type SiteStanding } from './sites.js';

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
  /** An injection being corrected: it does not count as a use of its site. */
  amendsInjectionId?: string | null;
  /** The exact time where it is known; without it, what is in force at the end of the day counts. */
  at?: Instant;
}

const STANDING_ORDER: readonly SiteStanding[] = ['preferred', 'preferred-rapid', 'acceptable', 'acceptable-self', 'avoid'];
const STATE_ORDER: readonly SiteState[] = ['recommended', 'available', 'recent', 'avoid', 'restricted'];

/**
 * SITE-RANK, SITE-ROTATE, HOLD-LIMB, HOLD-IM, SITE-DG, SITE-SKIN: all ten sites, best first. Parameters `rotationDays`,
 * `deltoidMaxVolumeMl`. Exactly one is `recommended` whenever any site is permitted (neither restricted nor advised against); when every
 * permitted site was used recently, the best-rested one is. While an IM hold is active every site is `restricted`.
 * A site used exactly `rotationDays` ago still counts as recent.
 */
export function adviseSites(
  facts: PatientFacts,
  protocol: ProtocolParameters,
  today: ClinicDate,
  options: AdviceOptions = {},
): SiteAdvice[] {
  const at = options.at ?? startOfDay(addDays(today, 1), facts.zone);
  const events = facts.events.map((event) => followEvent(event, facts.examinations));
  const situation: Situation = {
    hold: holdAt(holdEpisodes(events, facts.routeDecisions), at),
    limbs: limbRestrictions(events, facts.zone).filter(({ sinceAt }) => compareInstants(sinceAt, at) <= 0),
    byHand: facts.restrictions.filter(({ since, until }) => since <= today && (until === null || until >= today)),
    uses: facts.injections
      .filter(
        (injection) =>
          injection.status === 'given' &&
          injection.route === 'IM' &&
          injection.site !== null &&
          injection.givenOn <= today &&
          injection.id !== (options.amendsInjectionId ?? null),
      )
      .sort(byGivenAt),
  };
  const advice = SITE_IDS.map((site) => adviseOn(site, situation, protocol, today, options)).sort(order);
  const best = advice.find(({ state }) => state === 'available' || state === 'recent');
  if (best) best.state = 'recommended';
  return advice.map((entry, index) => ({ ...entry, rank: index + 1 }));
}

interface Situation {
  hold: HoldEpisode | null;
  limbs: DerivedRestriction[];
  byHand: PatientFacts['restrictions'];
  /** Given IM injections up to today, oldest first. */
  uses: InjectionFacts[];
}

function adviseOn(site: SiteId, situation: Situation, protocol: ProtocolParameters, today: ClinicDate, options: AdviceOptions): SiteAdvice {
  const { hold, limbs, byHand, uses } = situation;
  const reasons: SiteReason[] = [];
  if (hold) reasons.push({ ruleId: 'HOLD-IM', code: 'im-hold-active', facts: { since: hold.since, causeEventIds: hold.causeEventIds } });

  const limb = limbs.filter(({ sites }) => sites.includes(site));
  if (limb[0]) {
    const causeEventIds = limb.map(({ causeEventId }) => causeEventId);
    reasons.push({ ruleId: 'HOLD-LIMB', code: 'limb-restricted', facts: { site, since: limb[0].since, causeEventIds } });
  }
  // A stored copy of what an event already restricts here says nothing new.
  const derived = new Set(limb.map(({ causeEventId }) => causeEventId));
  const hand = byHand
    .filter(({ sites, causeEventId }) => sites.includes(site) && (causeEventId === null || !derived.has(causeEventId)))
    .sort((x, y) => compareDates(x.since, y.since) || (x.id < y.id ? -1 : 1));
  if (hand[0]) {
    const { since, until, reason } = hand[0];
    reasons.push({
      ruleId: 'HOLD-LIMB',
      code: 'site-restricted',
      facts: { site, since, until, reason, restrictionIds: hand.map(({ id }) => id) },
    });
  }
  if (options.skinFindings?.includes(site)) reasons.push({ ruleId: 'SITE-SKIN', code: 'skin-finding-at-site', facts: { site } });
  const restricted = reasons.length > 0;

  const { standing, volumeLimited } = SITES[site];
  if (standing === 'avoid') reasons.push({ ruleId: 'SITE-DG', code: 'dorsogluteal-site', facts: { site } });
  const volumeMl = options.volumeMl ?? null;
  const tooMuch = volumeLimited && volumeMl !== null && volumeMl > protocol.deltoidMaxVolumeMl;
  if (tooMuch) {
    reasons.push({
      ruleId: 'SITE-RANK',
      code: 'deltoid-volume-exceeded',
      facts: { site, volumeMl, maxVolumeMl: protocol.deltoidMaxVolumeMl },
    });
  }

  const lastUse = uses.findLast((use) => use.site === site);
  const daysSinceLastUse = lastUse ? daysBetween(lastUse.givenOn, today) : null;
  const isPrevious = lastUse !== undefined && lastUse === uses.at(-1);
  const recent = isPrevious || (daysSinceLastUse !== null && daysSinceLastUse <= protocol.rotationDays);
  if (lastUse && recent) {
    const code = isPrevious ? 'same-site-as-previous' : 'site-used-recently';
    const { rotationDays } = protocol;
    reasons.push({ ruleId: 'SITE-ROTATE', code, facts: { site, lastUsedOn: lastUse.givenOn, daysSinceLastUse, rotationDays } });
  }

  const state = restricted ? 'restricted' : standing === 'avoid' || tooMuch ? 'avoid' : recent ? 'recent' : 'available';
  return { site, rank: 0, state, lastUsedOn: lastUse?.givenOn ?? null, daysSinceLastUse, reasons };
}

/** By state; rested sites by standing, then rest; recently used ones by rest first, because rest is what they lack. */
function order(a: SiteAdvice, b: SiteAdvice): number {
  const standing = STANDING_ORDER.indexOf(SITES[a.site].standing) - STANDING_ORDER.indexOf(SITES[b.site].standing);
  const rest = (b.daysSinceLastUse ?? Number.MAX_SAFE_INTEGER) - (a.daysSinceLastUse ?? Number.MAX_SAFE_INTEGER);
  const previous = Number(isPrevious(a)) - Number(isPrevious(b));
  return (
    STATE_ORDER.indexOf(a.state) - STATE_ORDER.indexOf(b.state) ||
    (a.state === 'recent' ? previous || rest || standing : standing || rest) ||
    SITE_IDS.indexOf(a.site) - SITE_IDS.indexOf(b.site)
  );
}

function isPrevious(advice: SiteAdvice): boolean {
  return advice.reasons.some(({ code }) => code === 'same-site-as-previous');
}
