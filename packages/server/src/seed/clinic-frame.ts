/** What every history of one clinic shares: its clock, calendar, people, products and lots. */
import { addDays, type ClinicDate, type Instant, type ProtocolParameters, startOfDay, type TimeZone } from '@vastus/clinical';
import type { Script } from './script.js';

export interface SeedLot {
  id: string;
  receivedOn: ClinicDate;
  expiresOn: ClinicDate;
}

export interface SeedProduct {
  id: string;
  substance: string;
  defaultDoseMicrograms: number;
  strengthMicrogramsPerMl: number;
  /** Usable ones, oldest first. */
  lots: SeedLot[];
}

export interface SeedMember {
  id: string;
  name: string;
}

/** Plain data, so that a worker thread can be handed one. */
export interface ClinicFrame {
  seed: string;
  clinicId: string;
  zone: TimeZone;
  today: ClinicDate;
  /** Nothing happens later than this. */
  now: Instant;
  protocol: ProtocolParameters;
  protocolVersionId: string;
  products: SeedProduct[];
  nurses: SeedMember[];
  physicians: SeedMember[];
  /** Only names that the dashboard's own font can draw. */
  inOurFont?: boolean;
}

export function productFor(frame: ClinicFrame, substance: Script['substance']): SeedProduct {
  const product = frame.products.find((candidate) => candidate.substance === substance);
  if (!product) throw new Error(`the formulary has no ${substance}`);
  return product;
}

/** The lot that would have been on the shelf: the newest one received by then that had not expired. */
export function lotOn({ lots }: SeedProduct, day: ClinicDate): SeedLot | undefined {
  for (let i = lots.length - 1; i >= 0; i--) if (lots[i]!.receivedOn <= day && lots[i]!.expiresOn > day) return lots[i];
  return undefined;
}

/** A moment of the clinic's day, given in minutes after midnight. */
export function at(frame: Pick<ClinicFrame, 'zone'>, day: ClinicDate, minutes: number): Instant {
  return new Date(Date.parse(startOfDay(day, frame.zone)) + minutes * 60_000).toISOString();
}

/** Of two dates or two instants; as text they sort like time. */
export const earlier = (a: string, b: string): string => (b < a ? b : a);
export const later = (a: string, b: string): string => (b > a ? b : a);
export const hoursAfter = (instant: Instant, hours: number): Instant => new Date(Date.parse(instant) + hours * 3_600_000).toISOString();
export const daysAgo = (frame: Pick<ClinicFrame, 'today'>, days: number): ClinicDate => addDays(frame.today, -days);
