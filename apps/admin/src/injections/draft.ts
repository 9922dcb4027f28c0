/** What the nurse is typing: the form's own state, and what the rules and the server are told of it. */
import {
  compareInstants,
  type Instant,
  type PatientFacts,
  type ProposedInjection,
  type ProtocolParameters,
  type Route,
  type SiteId,
} from '@vastus/clinical';
import type { Course, Injection, Lot, Product, ROUTES } from '@vastus/contract';
import type { Sent } from '../api/client.js';
import { readNumber, typedNumber } from '../numbers.js';

export interface BaselineDraft {
  pain: number | null;
  sensory: 'normal' | 'symmetric' | 'asymmetric' | null;
  limbs: ('left-arm' | 'right-arm' | 'left-leg' | 'right-leg')[];
  motor: 'normal' | 'weak' | null;
}

export interface InjectionDraft {
  courseId: string | null;
  lotId: string | null;
  /** As typed, so that half a number is not lost. */
  dose: string;
  /** `null` follows dose and strength. */
  volume: string | null;
  route: Route;
  /** `null` follows the advice, until somebody chooses. */
  site: SiteId | null;
  needleGauge: number | null;
  needleLengthMm: number | null;
  aspirated: 'yes' | 'no' | 'not-applicable' | null;
  skinFindings: SiteId[];
  /** `null` is now. */
  givenAt: Instant | null;
  identityChecked: boolean;
  baseline: BaselineDraft;
  note: string;
}

/** The needle that fits most adults; it is shown and can be changed. */
const NEEDLE = { needleGauge: 25, needleLengthMm: 25 };
const NO_BASELINE: BaselineDraft = { pain: null, sensory: null, limbs: [], motor: null };

export function emptyDraft(course: Course | null, lotId: string | null): InjectionDraft {
  return {
    courseId: course?.id ?? null,
    lotId,
    dose: course ? typedNumber(course.doseMicrograms) : '',
    volume: null,
    route: 'IM',
    site: null,
    ...NEEDLE,
    aspirated: null,
    skinFindings: [],
    givenAt: null,
    identityChecked: false,
    baseline: NO_BASELINE,
    note: '',
  };
}

/** An injection already recorded, to be corrected. */
export function draftOf(injection: Injection): InjectionDraft {
  const { courseId, lotId, route, site, needleGauge, needleLengthMm, aspirated, skinFindings, givenAt, identityChecked } = injection;
  return {
    courseId,
    lotId,
    route,
    site,
    needleGauge,
    needleLengthMm,
    aspirated,
    skinFindings,
    givenAt,
    identityChecked,
    dose: typedNumber(injection.doseMicrograms),
    volume: injection.volumeMl === null ? null : typedNumber(injection.volumeMl),
    baseline: injection.baseline ?? NO_BASELINE,
    note: injection.note ?? '',
  };
}

/** An amount as typed: above zero, `null` for anything else. */
export function numberOf(typed: string | null): number | null {
  const value = readNumber(typed);
  return value === null || value <= 0 ? null : value;
}

export function volumeOf(draft: InjectionDraft, product: Product | null): number | null {
  if (draft.volume !== null) return numberOf(draft.volume);
  const dose = numberOf(draft.dose);
  return dose === null || !product || product.strengthMicrogramsPerMl <= 0
    ? null
    : Math.round((dose / product.strengthMicrogramsPerMl) * 1000) / 1000;
}

/** Any answer counts: an asked question is better than none (MON-NEURO). */
export function baselineRecorded({ pain, sensory, motor }: BaselineDraft): boolean {
  return pain !== null || sensory !== null || motor !== null;
}

export interface Chosen {
  facts: PatientFacts;
  protocol: ProtocolParameters;
  product: Product;
  lot: Lot | null;
  site: SiteId | null;
  now: Instant;
  amendsInjectionId?: string;
}

/** What the rules are asked about. */
export function toProposed(draft: InjectionDraft, { product, lot, site, now, amendsInjectionId }: Chosen): ProposedInjection {
  return {
    courseId: draft.courseId ?? '',
    productId: product.id,
    substance: product.substance,
    route: draft.route,
    site,
    doseMicrograms: numberOf(draft.dose) ?? 0,
    volumeMl: volumeOf(draft, product),
    givenAt: draft.givenAt ?? now,
    lot: lot && { expiresOn: lot.expiresOn, status: lot.status },
    skinFindings: draft.skinFindings,
    baselineRecorded: baselineRecorded(draft.baseline),
    productRoutes: product.routes,
    amendsInjectionId: amendsInjectionId ?? null,
  };
}

/** The same question for the server. */
export function toCheck(
  draft: InjectionDraft,
  chosen: Pick<Chosen, 'product' | 'site' | 'now'>,
): Sent<typeof ROUTES.checkInjectionRoute>['body'] {
  return {
    courseId: draft.courseId ?? '',
    productId: chosen.product.id,
    lotId: draft.lotId,
    route: draft.route,
    site: chosen.site,
    doseMicrograms: numberOf(draft.dose) ?? undefined,
    volumeMl: volumeOf(draft, chosen.product),
    givenAt: draft.givenAt ?? chosen.now,
    skinFindings: draft.skinFindings,
    baselineRecorded: baselineRecorded(draft.baseline),
  };
}

/** The record as it is sent. Subcutaneous doses have no site of the ten. */
export function toRecord(draft: InjectionDraft, { product, site, now }: Pick<Chosen, 'product' | 'site' | 'now'>) {
  const { courseId, lotId, route, aspirated, skinFindings, identityChecked, needleGauge, needleLengthMm } = draft;
  return {
    courseId: courseId ?? '',
    productId: product.id,
    lotId,
    status: 'given' as const,
    route,
    aspirated,
    skinFindings,
    identityChecked,
    needleGauge,
    needleLengthMm,
    doseMicrograms: numberOf(draft.dose) ?? 0,
    volumeMl: volumeOf(draft, product),
    site: route === 'IM' ? site : null,
    givenAt: draft.givenAt ?? now,
    baseline: baselineRecorded(draft.baseline) ? draft.baseline : null,
    note: draft.note.trim() || null,
  };
}

export interface DraftErrors {
  [field: string]: 'required' | 'number' | 'future';
}

/** What must be there before anything is sent; the rules and the server see to the rest. */
export function missingIn(draft: InjectionDraft, site: SiteId | null, now: Instant): DraftErrors {
  const errors: DraftErrors = {};
  if (!draft.courseId) errors['courseId'] = 'required';
  if (!draft.lotId) errors['lotId'] = 'required';
  if (numberOf(draft.dose) === null) errors['doseMicrograms'] = 'number';
  if (draft.volume !== null && draft.volume.trim() !== '' && numberOf(draft.volume) === null) errors['volumeMl'] = 'number';
  if (draft.route === 'IM' && !site) errors['site'] = 'required';
  if (draft.givenAt && compareInstants(draft.givenAt, now) > 0) errors['givenAt'] = 'future';
  if (!draft.identityChecked) errors['identityChecked'] = 'required';
  return errors;
}
