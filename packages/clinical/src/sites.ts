/** The ten IM sites: where they are, how they rank (SITE-RANK), their codes, and what a limb is for HOLD-LIMB. */
import type { SiteId } from './facts.js';

export type SiteRegion = 'upper-arm' | 'thigh' | 'ventrogluteal' | 'dorsogluteal';
export type SiteStanding = 'preferred' | 'preferred-rapid' | 'acceptable' | 'acceptable-self' | 'avoid';
export type Nerve = 'sciatic' | 'radial' | 'axillary' | 'lateral-femoral-cutaneous' | 'femoral';

export interface SiteDescription {
  region: SiteRegion;
  side: 'left' | 'right';
  standing: SiteStanding;
  /** HL7 table 0163; `null` where no code keeps the side (BU is a buttock without one). */
  hl7: string | null;
  /** SNOMED CT body structure, only where verified; `null` = send text and no code. */
  snomed: string | null;
  /** Nerves suspected after an injection here, most likely first (AE-NERVE). */
  nerves: readonly Nerve[];
  /** `deltoid` sites take no more than `deltoidMaxVolumeMl` of the protocol. */
  volumeLimited: boolean;
}

const SCIATIC: readonly Nerve[] = ['sciatic'];
const ARM: readonly Nerve[] = ['radial', 'axillary'];
const THIGH: readonly Nerve[] = ['lateral-femoral-cutaneous', 'femoral'];

function describe(
  region: SiteRegion,
  side: 'left' | 'right',
  standing: SiteStanding,
  hl7: string | null,
  snomed: string | null,
  nerves: readonly Nerve[],
): SiteDescription {
  return { region, side, standing, hl7, snomed, nerves, volumeLimited: region === 'upper-arm' };
}

/**
 * SITE-RANK (S1, S0): the standing of every site, with its codes.
 * The SNOMED codes of the rectus femoris and the dorsogluteal sites name the thigh and the buttock, which is coarser than our key:
 * keep the key beside them. HL7 LG/RG (gluteus medius) is deliberately not used: many systems mean the dorsogluteal site by it.
 */
export const SITES: Readonly<Record<SiteId, SiteDescription>> = {
  'ventrogluteal-left': describe('ventrogluteal', 'left', 'preferred', 'LVG', null, SCIATIC),
  'ventrogluteal-right': describe('ventrogluteal', 'right', 'preferred', 'RVG', null, SCIATIC),
  'vastus-lateralis-left': describe('thigh', 'left', 'preferred-rapid', 'LVL', '1217007000', THIGH),
  'vastus-lateralis-right': describe('thigh', 'right', 'preferred-rapid', 'RVL', '1217006009', THIGH),
  'deltoid-left': describe('upper-arm', 'left', 'acceptable', 'LD', '16217701000119102', ARM),
  'deltoid-right': describe('upper-arm', 'right', 'acceptable', 'RD', '16217661000119109', ARM),
  'rectus-femoris-left': describe('thigh', 'left', 'acceptable-self', 'LT', '61396006', THIGH),
  'rectus-femoris-right': describe('thigh', 'right', 'acceptable-self', 'RT', '11207009', THIGH),
  'dorsogluteal-left': describe('dorsogluteal', 'left', 'avoid', null, '723979003', SCIATIC),
  'dorsogluteal-right': describe('dorsogluteal', 'right', 'avoid', null, '723980000', SCIATIC),
};

/**
 * HOLD-LIMB: the sites of the affected limb, side and region, the given site included.
 * Upper arm → the deltoid. Thigh → vastus lateralis and rectus femoris. Buttock → both gluteal sites *and* the thigh of that side:
 * the sciatic nerve runs on into the leg, and a second injection there would blur every later examination. The reverse does not
 * hold – the nerves of the front of the thigh do not pass through the buttock.
 */
export function limbSites(site: SiteId): SiteId[] {
  const { region, side } = SITES[site];
  switch (region) {
    case 'upper-arm':
      return [`deltoid-${side}`];
    case 'thigh':
      return [`vastus-lateralis-${side}`, `rectus-femoris-${side}`];
    case 'ventrogluteal':
    case 'dorsogluteal':
      return [`ventrogluteal-${side}`, `dorsogluteal-${side}`, `vastus-lateralis-${side}`, `rectus-femoris-${side}`];
  }
}

/** AE-NERVE (S1): the nerves to suspect after an injection at the site, most likely first; none when the site is unknown. */
export function suspectedNerves(site: SiteId | null): Nerve[] {
  return site === null ? [] : [...SITES[site].nerves];
}
