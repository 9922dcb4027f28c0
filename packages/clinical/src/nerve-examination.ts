/** AE-EXAM: what a focused examination looks at – muscles with their MRC grade, regions of skin with how they feel – and what it implies. */
import type { SiteId } from './facts.js';
import { type Nerve, SITES, suspectedNerves } from './sites.js';

export const SIDES = ['left', 'right'] as const;
export type Side = (typeof SIDES)[number];
export type Limb = 'arm' | 'leg';

export const MUSCLES = [
  'tibialis-anterior',
  'gastrocnemius',
  'extensor-hallucis-longus',
  'peroneus-longus',
  'biceps-femoris',
  'quadriceps',
  'iliopsoas',
  'extensor-carpi-radialis',
  'extensor-digitorum',
  'triceps',
  'deltoid',
] as const;
export type Muscle = (typeof MUSCLES)[number];

/** Regions of skin one can point at, from above downwards. */
export const SENSORY_REGIONS = [
  'shoulder-outer',
  'upper-arm-back',
  'forearm-back',
  'hand-back',
  'buttock',
  'thigh-front',
  'thigh-outer',
  'thigh-back',
  'shin-outer',
  'shin-inner',
  'calf',
  'foot-top',
  'foot-sole',
] as const;
export type SensoryRegion = (typeof SENSORY_REGIONS)[number];

export const MODALITIES = ['light-touch', 'pinprick', 'temperature', 'vibration'] as const;
export type Modality = (typeof MODALITIES)[number];

/** `increased`: touch that hurts or burns. What was not tested is absent from the map, and is not `normal`. */
export const SENSATIONS = ['normal', 'reduced', 'absent', 'increased'] as const;
export type Sensation = (typeof SENSATIONS)[number];

/** MRC 0 (no contraction) to 5 (normal) for one muscle of one side. */
export interface StrengthGrade {
  muscle: Muscle;
  side: Side;
  grade: number;
}
export interface SensationAt {
  region: SensoryRegion;
  side: Side;
  modality: Modality;
  sensation: Sensation;
}

interface Territory {
  limb: Limb;
  /** Most telling first; none for a purely sensory nerve. */
  muscles: readonly Muscle[];
  regions: readonly SensoryRegion[];
}

/**
 * What to examine for each nerve that an injection can hurt (AE-NERVE). Foot and wrist are the passage's own: foot dorsiflexion and
 * plantarflexion for the sciatic nerve, wrist and finger extension for the radial (S1). The other muscles and the regions of skin are
 * the nerve's anatomy.
 */
export const NERVE_TERRITORIES: Readonly<Record<Nerve, Territory>> = {
  sciatic: {
    limb: 'leg',
    muscles: ['tibialis-anterior', 'gastrocnemius', 'extensor-hallucis-longus', 'peroneus-longus', 'biceps-femoris'],
    regions: ['thigh-back', 'shin-outer', 'calf', 'foot-top', 'foot-sole'],
  },
  'lateral-femoral-cutaneous': { limb: 'leg', muscles: [], regions: ['thigh-outer'] },
  femoral: { limb: 'leg', muscles: ['quadriceps', 'iliopsoas'], regions: ['thigh-front', 'shin-inner'] },
  radial: {
    limb: 'arm',
    muscles: ['extensor-carpi-radialis', 'extensor-digitorum', 'triceps'],
    regions: ['upper-arm-back', 'forearm-back', 'hand-back'],
  },
  axillary: { limb: 'arm', muscles: ['deltoid'], regions: ['shoulder-outer'] },
};

/** The regions that can be mapped on a limb, the suspected nerve's or not: numbness does not keep to the book. */
export const LIMB_REGIONS: Readonly<Record<Limb, readonly SensoryRegion[]>> = {
  arm: ['shoulder-outer', 'upper-arm-back', 'forearm-back', 'hand-back'],
  leg: ['buttock', 'thigh-front', 'thigh-outer', 'thigh-back', 'shin-outer', 'shin-inner', 'calf', 'foot-top', 'foot-sole'],
};

export interface ExaminationPlan {
  nerves: Nerve[];
  /** `null` while the site is not known: then either limb may be the one. */
  limb: Limb | null;
  side: Side | null;
  muscles: Muscle[];
  /** The territory of the suspected nerves. */
  regions: SensoryRegion[];
}

/** AE-EXAM (S1): what to examine after an injection at the site. For an unknown site every nerve is possible, and none is suspected. */
export function examinationPlan(site: SiteId | null): ExaminationPlan {
  const nerves = suspectedNerves(site);
  const looked = nerves.length > 0 ? nerves : (Object.keys(NERVE_TERRITORIES) as Nerve[]);
  return {
    nerves,
    limb: nerves[0] ? NERVE_TERRITORIES[nerves[0]].limb : null,
    side: site === null ? null : SITES[site].side,
    muscles: looked.flatMap((nerve) => NERVE_TERRITORIES[nerve].muscles),
    regions: looked.flatMap((nerve) => NERVE_TERRITORIES[nerve].regions),
  };
}

/**
 * What the grades say about a motor deficit of the injured side (AE-EXAM): below 5 is one. Grades of 5 say nothing about the muscles that
 * were not tested, so they are no "no" – that answer is the examiner's. The other side is there to compare: weakness of both belongs to
 * the disease. While the side is not known, either counts.
 */
export function deficitOf(strength: readonly StrengthGrade[], site: SiteId | null): true | null {
  const { side } = examinationPlan(site);
  return strength.some((entry) => entry.grade < 5 && (side === null || entry.side === side)) ? true : null;
}
