/** The drawing: one half of a standing figure as landmarks, mirrored; the ten sites as ellipses on it. Units are those of the view box. */
import type { SiteId } from '@vastus/clinical';

type Point = readonly [x: number, y: number];
export type View = 'front' | 'back';
export type SiteKind = 'ventrogluteal' | 'vastus-lateralis' | 'deltoid' | 'rectus-femoris' | 'dorsogluteal';

// The margin is for the longest name when it is chosen and printed bold.
export const VIEW_BOX = { left: -12, width: 728, height: 428 };
/** Where the mid-line of each figure stands. */
export const MIDLINE: Record<View, number> = { front: 198, back: 546 };
const FOOT = 412;

// From the crown over the ear, the shoulder and the hand back to the armpit.
const HEAD_AND_ARM: Point[] = [
  [0, 6],
  [11, 7.5],
  [19, 15],
  [22, 28],
  [21.5, 35],
  [23.5, 36.5],
  [22.5, 46],
  [19.6, 48.5],
  [16, 58],
  [12.4, 66],
  [12.4, 73],
  [15, 80.5],
  [25, 87],
  [41, 91.5],
  [54, 95.5],
  [65, 103],
  [72, 116],
  [76, 134],
  [79.5, 153],
  [85, 173],
  [91.5, 193],
  [98, 214],
  [103.5, 235],
  [107, 249],
  [112.5, 261],
  [117, 275],
  [117.5, 289],
  [113, 299.5],
  [107.5, 301],
  [103.6, 292],
  [101, 282],
  [98, 286],
  [94.4, 282],
  [95.2, 270],
  [96.2, 257],
  [90.5, 240],
  [82, 219],
  [75.5, 201],
  [69, 182],
  [62.5, 163],
  [56, 148],
  [50.5, 137],
];
// From the armpit down the flank and the outside of the leg.
const FLANK: Point[] = [
  [50.5, 137],
  [49.5, 153],
  [46.5, 171],
  [43, 187],
  [42, 199],
  [45, 215],
  [51, 233],
  [57.5, 252],
  [62, 272],
  [62.5, 294],
  [59.5, 317],
  [54, 339],
  [48.5, 355],
  [46.5, 367],
  [48, 381],
  [48.6, 396],
  [47, FOOT],
];
// Up the inside of the leg to the crotch.
const INSIDE: Point[] = [
  [16, FOOT],
  [15.5, 396],
  [18, 381],
  [20, 367],
  [18, 350],
  [14, 326],
  [9, 300],
  [4, 277],
  [0, 267],
];

const round = (value: number) => Math.round(value * 10) / 10;

/** A smooth curve through the points (Catmull–Rom written as cubic Béziers); it starts where the pen already is. */
function through(points: readonly Point[]): string {
  let path = '';
  for (let i = 0; i + 1 < points.length; i += 1) {
    const [from, to] = [points[i]!, points[i + 1]!];
    const [before, after] = [points[i - 1] ?? from, points[i + 2] ?? to];
    const control1 = [from[0] + (to[0] - before[0]) / 6, from[1] + (to[1] - before[1]) / 6];
    const control2 = [to[0] - (after[0] - from[0]) / 6, to[1] - (after[1] - from[1]) / 6];
    path += `C${[...control1, ...control2, ...to].map(round).join(' ')}`;
  }
  return path;
}

const mirrored = (points: readonly Point[]): Point[] => points.map(([x, y]) => [-x, y] as const).reverse();

export const OUTLINE =
  `M0 6${through(HEAD_AND_ARM)}${through(FLANK)}L${INSIDE[0]!.join(' ')}${through(INSIDE)}${through(mirrored(INSIDE))}L-47 ${FOOT}` +
  `${through(mirrored(FLANK))}${through(mirrored(HEAD_AND_ARM))}Z`;

/** Faint anatomical lines, for the right half of the picture; the other half is their mirror image. */
export const DETAILS: Record<View, string> = {
  front:
    'M6 92C18 94 34 93 46 98M5 139C16 148 36 147 47 137M0 103V139M46 222C38 240 20 256 6 266' +
    'M24 356C27 364 38 365 42 357M3 196C1.5 198 1 199 0 199',
  back: 'M0 74V214M13 110C26 110 33 122 31 144M0 217V268M3 269C16 279 40 279 55 264M22 366C29 371 37 371 43 365M18 60C10 66 4 67 0 67',
};

export interface SiteShape {
  view: View;
  x: number;
  y: number;
  rx: number;
  ry: number;
  /** Degrees, for the right half of the picture. */
  tilt: number;
  label: Point;
  /** From the ellipse to the label. */
  leader: readonly Point[];
}

export const SHAPES: Record<SiteKind, SiteShape> = {
  deltoid: {
    view: 'front',
    x: 66.5,
    y: 124,
    rx: 8.4,
    ry: 18,
    tilt: -13,
    label: [97, 108],
    leader: [
      [74, 117],
      [86, 104],
      [93, 104],
    ],
  },
  ventrogluteal: {
    view: 'front',
    x: 48.5,
    y: 236,
    rx: 8.8,
    ry: 15,
    tilt: -15,
    label: [108, 192],
    leader: [
      [55, 226],
      [92, 188],
      [104, 188],
    ],
  },
  'vastus-lateralis': {
    view: 'front',
    x: 53.8,
    y: 302,
    rx: 7.6,
    ry: 27,
    tilt: 5,
    label: [80, 334],
    leader: [
      [58, 318],
      [68, 330],
      [76, 330],
    ],
  },
  'rectus-femoris': {
    view: 'front',
    x: 25.6,
    y: 302,
    rx: 8.8,
    ry: 27,
    tilt: 5,
    label: [80, 376],
    leader: [
      [25, 329],
      [25, 372],
      [76, 372],
    ],
  },
  dorsogluteal: {
    view: 'back',
    x: 29,
    y: 240,
    rx: 13.5,
    ry: 14.5,
    tilt: 0,
    label: [68, 334],
    leader: [
      [36, 252],
      [58, 322],
      [64, 330],
    ],
  },
};

/** The part of the figure that is hatched when the region is closed, as a polygon clipped by the outline. */
const REGIONS = {
  arm: [
    [52, 84],
    [130, 84],
    [130, 320],
    [88, 320],
    [52, 142],
    [48, 118],
  ],
  hip: [
    [8, 210],
    [72, 210],
    [72, 270],
    [0, 270],
  ],
  thigh: [
    [0, 264],
    [74, 264],
    [74, 360],
    [0, 360],
  ],
} satisfies Record<string, Point[]>;

export type Region = keyof typeof REGIONS;

export const REGION_OF: Record<SiteKind, Region> = {
  deltoid: 'arm',
  ventrogluteal: 'hip',
  dorsogluteal: 'hip',
  'vastus-lateralis': 'thigh',
  'rectus-femoris': 'thigh',
};

export function regionPath(region: Region, direction: 1 | -1): string {
  return `M${REGIONS[region].map(([x, y]) => `${x! * direction} ${y}`).join('L')}Z`;
}

export function kindOf(site: SiteId): SiteKind {
  return site.replace(/-(left|right)$/, '') as SiteKind;
}

export const sideOf = (site: SiteId): 'left' | 'right' => (site.endsWith('left') ? 'left' : 'right');

/** +1 = drawn in the right half of the picture: the patient's left seen from the front, the right seen from behind. */
export function directionOf(side: 'left' | 'right', view: View): 1 | -1 {
  return (view === 'front') === (side === 'left') ? 1 : -1;
}
