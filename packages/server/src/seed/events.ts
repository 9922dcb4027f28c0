/** A hurt nerve, or a sore arm: the event after one dose, how it was followed, and what was decided. */
import type { AdverseEventFacts, Assessment, ExaminationFacts, InjectionFacts, RouteDecisionFacts, SiteId } from '@vastus/clinical';
import { type ClinicFrame, earlier, hoursAfter } from './clinic-frame.js';
import type { Chance } from './random.js';
import type { EventScript } from './script.js';

export interface SeedEvent {
  event: AdverseEventFacts & { site: SiteId };
  narrative: string;
  examinations: (ExaminationFacts & { pain: number })[];
  decision: RouteDecisionFacts | null;
}

const ASSESSMENTS: Readonly<Record<EventScript['kind'], Assessment>> = {
  urgent: {
    onset: 'seconds-to-minutes',
    distribution: 'dermatomal',
    motor: 'foot-or-wrist-drop',
    radiatingPain: true,
    lossOfConsciousness: false,
    course: 'stable',
    siteFindings: [],
  },
  injury: {
    onset: 'seconds-to-minutes',
    distribution: 'dermatomal',
    motor: 'none',
    radiatingPain: true,
    lossOfConsciousness: false,
    course: 'stable',
    siteFindings: [],
  },
  inflammatory: {
    onset: 'hours',
    distribution: 'localized',
    motor: 'none',
    radiatingPain: false,
    lossOfConsciousness: false,
    course: 'stable',
    siteFindings: ['swelling', 'warmth'],
  },
  benign: {
    onset: 'hours',
    distribution: 'localized',
    motor: 'none',
    radiatingPain: false,
    lossOfConsciousness: false,
    course: 'improving',
    siteFindings: [],
  },
};
const NARRATIVES: Readonly<Record<EventScript['kind'], string>> = {
  urgent: 'Shooting pain down the limb while the needle was in place; could not lift the foot or hand afterwards.',
  injury: 'Electric pain at the injection, numb patch since.',
  inflammatory: 'Numbness around the site since the evening, site swollen and warm.',
  benign: 'Slight tingling at the site, better already.',
};
const VISITS_DAYS = [1, 3, 14, 28, 42, 62];

export function eventAfter(
  frame: ClinicFrame,
  script: EventScript,
  dose: InjectionFacts & { site: SiteId },
  chance: Chance,
  newId: () => string,
): SeedEvent {
  const assessment = ASSESSMENTS[script.kind];
  const onsetAt = earlier(hoursAfter(dose.givenAt, assessment.onset === 'hours' ? chance.whole(3, 9) : 1 / 60), frame.now);
  const reportedAt = earlier(hoursAfter(onsetAt, script.kind === 'urgent' ? 0.5 : chance.whole(1, 20)), frame.now);
  const event = { id: newId(), injectionId: dose.id, site: dose.site, onsetAt, reportedAt, assessment, resolvedAt: null as string | null };
  const examinations = follow(frame, script, event, newId);
  const latest = examinations.at(-1);
  if (latest?.course === 'resolved') event.resolvedAt = latest.examinedAt;
  const decidedAt = hoursAfter(reportedAt, chance.whole(2, 20));
  const decides = script.kind !== 'benign' && script.decision !== null && decidedAt <= frame.now;
  return {
    event,
    narrative: NARRATIVES[script.kind],
    examinations,
    decision: decides ? { id: newId(), decidedAt, decision: script.decision ?? 'oral' } : null,
  };
}

function follow(
  frame: ClinicFrame,
  { kind, resolvedAfterDays }: EventScript,
  { id, onsetAt, reportedAt }: AdverseEventFacts,
  newId: () => string,
) {
  const visits = kind === 'benign' ? [] : VISITS_DAYS.filter((day) => resolvedAfterDays === null || day < resolvedAfterDays);
  if (resolvedAfterDays !== null) visits.push(resolvedAfterDays);
  const examinations: SeedEvent['examinations'] = [];
  for (const day of visits) {
    const examinedAt = hoursAfter(onsetAt, day * 24 + 2);
    if (examinedAt > frame.now || examinedAt <= reportedAt) continue;
    const resolved = day === resolvedAfterDays;
    examinations.push({
      id: newId(),
      eventId: id,
      examinedAt,
      course: resolved ? 'resolved' : day < 10 ? 'stable' : 'improving',
      motorDeficit: kind === 'urgent' ? !resolved : false,
      electrodiagnosticStudy: day === 62,
      pain: resolved ? 0 : Math.max(1, 7 - Math.floor(day / 6)),
    });
  }
  return examinations;
}
