/** HOLD-IM and HOLD-LIMB: when injections stop, why, and who lifted the stop. */
import { compareInstants, dateInZone } from './calendar.js';
import type { EventCourse } from './event-course.js';
import type { ClinicDate, Instant, RouteDecisionFacts, SiteId, TimeZone } from './facts.js';
import { limbSites } from './sites.js';

export interface HoldState {
  active: boolean;
  /** Start of the latest hold; `null` when there never was one. */
  since: Instant | null;
  /** The events that caused the latest hold. */
  causeEventIds: string[];
  /** The `continue-im` decision that lifted it. `oral` and `stop` answer HOLD-DECIDE but leave IM injections on hold. */
  liftedBy: string | null;
}

/** A limb closed for IM injections by an event (HOLD-LIMB). It has no end. */
export interface DerivedRestriction {
  sites: SiteId[];
  since: ClinicDate;
  sinceAt: Instant;
  causeEventId: string;
}

/** One stretch of time without IM injections, from its first cause to the decision that lifts it. */
export interface HoldEpisode {
  /** Stable id: the event that began it, followed by the examination where that was the cause. */
  id: string;
  since: Instant;
  causeEventIds: string[];
  /** The first decision of any kind after it began (HOLD-DECIDE). */
  decision: RouteDecisionFacts | null;
  /** The first decision after it began that replaces the dose: `oral` or `continue-im` (HOLD-GAP). */
  replacement: RouteDecisionFacts | null;
  lifted: RouteDecisionFacts | null;
}

/**
 * HOLD-IM (S0). An event that is not benign begins a hold when it is reported; an examination that escalates an event begins one when
 * it is made, also after an earlier hold was lifted – that decision was taken on facts that have changed.
 */
export function holdEpisodes(events: readonly EventCourse[], decisions: readonly RouteDecisionFacts[]): HoldEpisode[] {
  const causes = events
    .flatMap(({ event, triage, escalations }) => [
      ...(triage.holdIm ? [{ at: event.reportedAt, eventId: event.id, id: event.id }] : []),
      ...escalations.map(({ at, examinationId }) => ({ at, eventId: event.id, id: `${event.id}/${examinationId}` })),
    ])
    .sort((a, b) => compareInstants(a.at, b.at) || (a.id < b.id ? -1 : 1));
  const ordered = [...decisions].sort((a, b) => compareInstants(a.decidedAt, b.decidedAt) || (a.id < b.id ? -1 : 1));

  const episodes: HoldEpisode[] = [];
  for (const cause of causes) {
    const running = episodes.at(-1);
    // A decision of the same instant was taken with the cause in view.
    if (running && (running.lifted === null || compareInstants(cause.at, running.lifted.decidedAt) <= 0)) {
      if (!running.causeEventIds.includes(cause.eventId)) running.causeEventIds.push(cause.eventId);
      continue;
    }
    const after = ordered.filter(({ decidedAt }) => compareInstants(decidedAt, cause.at) >= 0);
    episodes.push({
      id: cause.id,
      since: cause.at,
      causeEventIds: [cause.eventId],
      decision: after[0] ?? null,
      replacement: after.find(({ decision }) => decision !== 'stop') ?? null,
      lifted: after.find(({ decision }) => decision === 'continue-im') ?? null,
    });
  }
  return episodes;
}

/** The hold in force at an instant. A dose given before the hold began was not given against it. */
export function holdAt(episodes: readonly HoldEpisode[], at: Instant): HoldEpisode | null {
  return (
    episodes.find(
      ({ since, lifted }) => compareInstants(since, at) <= 0 && (lifted === null || compareInstants(lifted.decidedAt, at) > 0),
    ) ?? null
  );
}

export function holdState(episodes: readonly HoldEpisode[]): HoldState {
  const latest = episodes.at(-1);
  if (!latest) return { active: false, since: null, causeEventIds: [], liftedBy: null };
  return {
    active: latest.lifted === null,
    since: latest.since,
    causeEventIds: [...latest.causeEventIds],
    liftedBy: latest.lifted?.id ?? null,
  };
}

/** HOLD-LIMB (S0): from the report of a suspected injury, or from the examination that turned a benign event into one. */
export function limbRestrictions(events: readonly EventCourse[], zone: TimeZone): DerivedRestriction[] {
  const restrictions: DerivedRestriction[] = [];
  for (const { event, triage, escalations } of events) {
    const sinceAt = triage.restrictLimb ? event.reportedAt : escalations[0]?.at;
    if (event.site === null || sinceAt === undefined) continue;
    restrictions.push({ sites: limbSites(event.site), since: dateInZone(sinceAt, zone), sinceAt, causeEventId: event.id });
  }
  return restrictions.sort((a, b) => compareInstants(a.sinceAt, b.sinceAt) || (a.causeEventId < b.causeEventId ? -1 : 1));
}
