/** How much a report of an adverse event tells somebody who was not there, and what is missing in it. */
import type { Assessment, Cause, Instant } from './facts.js';

export interface ReportFacts {
  sex: 'female' | 'male' | 'other' | 'unknown';
  onsetAt: Instant;
  /** `null` = the event is linked to no injection, so nobody can say how long after it the event began. */
  injectedAt: Instant | null;
  doseMicrograms: number | null;
  lotId: string | null;
  /** Why the patient is treated: the indication of the course in words, or its cause. */
  indication: string | null;
  cause: Cause | null;
  narrative: string | null;
  /** Whether anybody has looked at the patient since the report, or a physician concluded how it ended. */
  outcomeKnown: boolean;
  assessment: Assessment;
  causality: string | null;
  serious: boolean | null;
  ctcaeGrade: number | null;
}

/**
 * The dimensions of the vigiGrade completeness score that can be missing here, with the share of the score each takes away.
 * Age, country, reporter and type of report are on every record of a clinic and never missing. Source: Bergvall, Norén & Lindquist,
 * *vigiGrade*, Drug Saf 2014;37:65–77.
 */
export const REPORT_PENALTIES = {
  'time-to-onset': 0.5,
  indication: 0.3,
  outcome: 0.3,
  sex: 0.3,
  dose: 0.1,
  narrative: 0.1,
} as const;
export type ReportDimension = keyof typeof REPORT_PENALTIES;

/** What a national report asks for beyond that (MedWatch 3500 B2, D6; CTCAE v5; WHO-UMC); named when missing, without a penalty. */
export const REPORT_QUESTIONS = ['causality', 'seriousness', 'ctcae-grade', 'lot', 'assessment'] as const;
export type ReportQuestion = (typeof REPORT_QUESTIONS)[number];

export interface ReportCompleteness {
  /** 1 = nothing is missing; each missing dimension multiplies it by 1 − its penalty. */
  score: number;
  /** vigiGrade: above 0.8 a report counts as well documented. */
  wellDocumented: boolean;
  /** Heaviest first. */
  missing: ReportDimension[];
  unanswered: ReportQuestion[];
}

const WELL_DOCUMENTED = 0.8;
/** A word or two are no description. */
const SHORTEST_NARRATIVE = 10;

/** The vigiGrade completeness score of one report and what is missing in it. Says nothing about whether the injection was the cause. */
export function reportCompleteness(report: ReportFacts): ReportCompleteness {
  const known: Record<ReportDimension, boolean> = {
    'time-to-onset': report.injectedAt !== null && report.onsetAt >= report.injectedAt,
    indication: Boolean(report.indication?.trim()) || (report.cause !== null && report.cause !== 'unknown'),
    outcome: report.outcomeKnown,
    sex: report.sex !== 'unknown',
    dose: report.doseMicrograms !== null,
    narrative: (report.narrative?.trim().length ?? 0) >= SHORTEST_NARRATIVE,
  };
  const answered: Record<ReportQuestion, boolean> = {
    causality: report.causality !== null,
    seriousness: report.serious !== null,
    'ctcae-grade': report.ctcaeGrade !== null,
    lot: report.lotId !== null,
    assessment: Object.values(report.assessment).every((answer) => answer !== null),
  };
  const missing = (Object.keys(REPORT_PENALTIES) as ReportDimension[]).filter((dimension) => !known[dimension]);
  // In whole percent of percent: a product of decimals would compare wrongly with 0.8.
  const score = Math.round(missing.reduce((left, dimension) => left * (1 - REPORT_PENALTIES[dimension]), 1) * 10_000) / 10_000;
  return {
    score,
    wellDocumented: score > WELL_DOCUMENTED,
    missing,
    unanswered: REPORT_QUESTIONS.filter((question) => !answered[question]),
  };
}
