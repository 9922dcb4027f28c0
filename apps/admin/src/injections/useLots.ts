import { useQueryClient } from '@tanstack/react-query';
import { type Lot, ROUTES } from '@vastus/contract';
import { useCallback, useState } from 'react';
import { useAnswer } from '../api/queries.js';
import { useSession } from '../session/useSession.js';

const NO_LOTS: readonly Lot[] = [];

/** The lots of a product that may be given today, and the one last used today – remembered while the page is open, never stored. */
export function useLots(productId: string | null) {
  const queryClient = useQueryClient();
  const { today, clinic } = useSession();
  const [showAll, setShowAll] = useState(false);
  const lots = useAnswer(
    ROUTES.listLots,
    { query: { productId: productId ?? '', usable: showAll ? undefined : 'true', limit: 100 } },
    {
      enabled: productId !== null,
      placeholderData: (previous) => previous,
    },
  );
  const items = lots.data?.items ?? NO_LOTS;
  const key = useCallback((product: string) => ['lot-of-the-day', clinic.id, product, today], [clinic.id, today]);

  const remember = useCallback(
    (product: string, lotId: string) => {
      // Kept all day, although nothing on screen reads it between two patients.
      queryClient.setQueryDefaults(['lot-of-the-day'], { gcTime: Number.POSITIVE_INFINITY });
      queryClient.setQueryData(key(product), lotId);
    },
    [queryClient, key],
  );

  const remembered = productId === null ? undefined : queryClient.getQueryData<string>(key(productId));
  const usable = items.filter(({ status }) => status === 'usable');
  const byDefault = usable.find(({ id }) => id === remembered) ?? (items.length === 1 ? usable[0] : undefined);
  return {
    lots: items,
    loading: lots.isPending && productId !== null,
    error: lots.error,
    byDefault: byDefault?.id ?? null,
    remember,
    showAll,
    setShowAll,
  };
}
