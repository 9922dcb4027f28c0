import { type Lot, ROUTES } from '@vastus/contract';
import { useState } from 'react';
import { useAnswer } from '../api/queries.js';

const NO_LOTS: readonly Lot[] = [];

/** The lots of a product that may be given today; preset is the one that is in use today, which the server knows from the doses of the day. */
export function useLots(productId: string | null) {
  const [showAll, setShowAll] = useState(false);
  const enabled = productId !== null;
  const lots = useAnswer(
    ROUTES.listLots,
    { query: { productId: productId ?? '', usable: showAll ? undefined : 'true', limit: 100 } },
    { enabled, placeholderData: (previous) => previous },
  );
  const ofTheDay = useAnswer(ROUTES.readLotOfTheDay, { query: { productId: productId ?? '' } }, { enabled });
  const items = lots.data?.items ?? NO_LOTS;
  const used = ofTheDay.data?.lot ? ofTheDay.data : null;
  const only = items.length === 1 && items[0]?.status === 'usable' ? items[0] : null;
  return {
    lots: items,
    loading: lots.isPending && enabled,
    error: lots.error,
    byDefault: used?.lot ?? only,
    /** When and by whom it was used last today; `null` where nobody did. */
    usedToday: used && { at: used.usedAt, byName: used.usedByName },
    showAll,
    setShowAll,
  };
}
