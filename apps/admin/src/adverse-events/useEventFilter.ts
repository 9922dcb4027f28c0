import type { SiteId } from '@vastus/clinical';
import { CAUSALITIES, EVENT_LEVELS, OUTCOMES } from '@vastus/contract';
import { useUrlFilter } from '../ui/useUrlFilter.js';

const KEYS = ['patient', 'level', 'outcome', 'causality', 'serious', 'site', 'lot', 'product', 'from', 'to', 'complete'] as const;
export const SERIOUS = ['yes', 'no', 'unknown'] as const;
export const COMPLETE = ['well', 'poor'] as const;

/** What the list is narrowed by, in the address by ids and codes alone; the export takes the same. */
export function useEventFilter() {
  const { filter, set, any } = useUrlFilter(...KEYS);
  const query = {
    patientId: filter.patient,
    level: EVENT_LEVELS.find((level) => level === filter.level),
    outcome: OUTCOMES.find((outcome) => outcome === filter.outcome),
    causality: filter.causality === 'none' ? ('none' as const) : CAUSALITIES.find((causality) => causality === filter.causality),
    serious: SERIOUS.find((answer) => answer === filter.serious),
    site: filter.site as SiteId | undefined,
    lotId: filter.lot,
    productId: filter.product,
    from: filter.from,
    to: filter.to,
    completeness: COMPLETE.find((answer) => answer === filter.complete),
  };
  return { filter, set, any, query };
}
