import { useSearchParams } from 'react-router-dom';

/** Filters in the address: a list can be linked, and Back undoes a filter. Only ids and codes belong there, never names. */
export function useUrlFilter<K extends string>(...keys: K[]) {
  const [search, setSearch] = useSearchParams();
  const filter = Object.fromEntries(keys.map((key) => [key, search.get(key) || undefined])) as Record<K, string | undefined>;
  const set = (part: Partial<Record<K, string | null | undefined>>) =>
    setSearch(
      (before) => {
        const after = new URLSearchParams(before);
        for (const [key, value] of Object.entries(part) as [K, string | null | undefined][]) {
          if (value) after.set(key, value);
          else after.delete(key);
        }
        return after;
      },
      { replace: true },
    );
  return { filter, set, any: keys.some((key) => filter[key] !== undefined) };
}
