/** What a scanned vial means in this clinic: which product, which lot, and whether the hand has to stop. */
import { compareDates } from './calendar.js';
import type { ClinicDate } from './facts.js';
import { type Gs1Issue, readGs1 } from './gs1.js';

export interface KnownProduct {
  id: string;
  gtins: readonly string[];
}
export interface KnownLot {
  id: string;
  lotNumber: string;
  expiresOn: ClinicDate;
  status: 'usable' | 'on-hold' | 'recalled';
}

/**
 * `unreadable`: the symbol itself is wrong, nothing may be taken from it. `unknown-product`: no product of the clinic has this number.
 * `expired`: by the date printed on the vial, whatever the list says. `product`: product known, no lot on the vial or not yet looked up.
 */
export type Vial =
  | { kind: 'unreadable'; issues: Gs1Issue[] }
  | { kind: 'no-number' }
  | { kind: 'unknown-product'; gtin: string }
  | {
      kind: 'expired' | 'product';
      productId: string;
      gtin: string;
      lotNumber: string | null;
      expiresOn: ClinicDate | null;
      serialNumber: string | null;
    };

/** Reads the symbol and finds the product; a product may have several numbers. RX-EXPIRED stops here already, before any form is filled. */
export function readVial(scanned: string, products: readonly KnownProduct[], today: ClinicDate): Vial {
  const { gtin, lotNumber, expiresOn, serialNumber, issues } = readGs1(scanned, today);
  if (issues.length > 0) return { kind: 'unreadable', issues };
  if (gtin === null) return { kind: 'no-number' };
  const product = products.find(({ gtins }) => gtins.includes(gtin));
  if (!product) return { kind: 'unknown-product', gtin };
  const expired = expiresOn !== null && compareDates(expiresOn, today) < 0;
  return { kind: expired ? 'expired' : 'product', productId: product.id, gtin, lotNumber, expiresOn, serialNumber };
}

/**
 * What the clinic's list says about the lot on the vial. `unusable` stops at once (RX-EXPIRED); `other-date`: vial and list disagree about the
 * expiry, one of them is wrong; `unknown`: it was never received.
 */
export type VialLot =
  | { kind: 'unknown' }
  | { kind: 'usable' | 'other-date'; lot: KnownLot }
  | { kind: 'unusable'; lot: KnownLot; because: 'expired' | 'recalled' | 'on-hold' };

/** Compares the vial with the lot the clinic knows by that number; `null` = it knows none. */
export function matchLot(expiresOn: ClinicDate | null, lot: KnownLot | null, today: ClinicDate): VialLot {
  if (!lot) return { kind: 'unknown' };
  if (lot.status !== 'usable') return { kind: 'unusable', lot, because: lot.status };
  if (compareDates(lot.expiresOn, today) < 0) return { kind: 'unusable', lot, because: 'expired' };
  return { kind: expiresOn !== null && expiresOn !== lot.expiresOn ? 'other-date' : 'usable', lot };
}
