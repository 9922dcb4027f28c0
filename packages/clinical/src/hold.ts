/** HOLD-IM and HOLD-LIMB: when injections stop, why, and who lifted the stop. */
import type { ClinicDate, Instant, SiteId } from './facts.js';

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
  causeEventId: string;
}
