import { type ExaminationPlan, type Instant, type Muscle, type SensationAt, type Side, type StrengthGrade } from '@vastus/clinical';
import type { Examination } from '@vastus/contract';

export interface ExaminationDraft {
  course: Examination['course'] | null;
  motorDeficit: boolean | null;
  strength: readonly StrengthGrade[];
  sensation: readonly SensationAt[];
  pain: number | null;
  electrodiagnosticStudy: boolean;
  sensory: string;
  note: string;
  /** `null` is now. */
  examinedAt: Instant | null;
}

/** Nothing is preset: an answer nobody gave is no answer. */
export const NOTHING_EXAMINED: ExaminationDraft = {
  course: null,
  motorDeficit: null,
  strength: [],
  sensation: [],
  pain: null,
  electrodiagnosticStudy: false,
  sensory: '',
  note: '',
  examinedAt: null,
};

export const gradeOf = (strength: readonly StrengthGrade[], muscle: Muscle, side: Side) =>
  strength.find((entry) => entry.muscle === muscle && entry.side === side)?.grade ?? null;

export function withGrade(strength: readonly StrengthGrade[], muscle: Muscle, side: Side, grade: number | null): StrengthGrade[] {
  const others = strength.filter((entry) => entry.muscle !== muscle || entry.side !== side);
  return grade === null ? others : [...others, { muscle, side, grade }];
}

export type Spot = Omit<SensationAt, 'sensation'>;
const sameSpot = (a: Spot, b: Spot) => a.region === b.region && a.side === b.side && a.modality === b.modality;
export const sensationAt = (map: readonly SensationAt[], spot: Spot) => map.find((entry) => sameSpot(entry, spot))?.sensation ?? null;

export function withSensation(map: readonly SensationAt[], spot: Spot, sensation: SensationAt['sensation'] | null): SensationAt[] {
  const others = map.filter((entry) => !sameSpot(entry, spot));
  return sensation === null ? others : [...others, { ...spot, sensation }];
}

/** The injured side first; both while it is not known. */
export const sidesOf = ({ side }: ExaminationPlan): Side[] =>
  side === 'left' ? ['left', 'right'] : side === 'right' ? ['right', 'left'] : ['right', 'left'];
