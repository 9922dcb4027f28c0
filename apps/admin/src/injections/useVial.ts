/** From a scan to a lot: the product by its number, the lot by the clinic's list, and a clear word where the hand has to stop. */
import { matchLot, readVial, type Vial } from '@vastus/clinical';
import { type Course, type Lot, type Product, ROUTES } from '@vastus/contract';
import { useRef, useState } from 'react';
import { call } from '../api/client.js';
import { useSend } from '../api/queries.js';
import { useSession } from '../session/useSession.js';

type Readable = Extract<Vial, { productId: string }>;

/** What the form says about the last scan. `stop`: this vial is not to be used, whatever else the form says. */
export type VialWord =
  | { tone: 'success' | 'warning' | 'info' | 'error'; stop?: boolean; key: string; facts?: Record<string, unknown> }
  | { tone: 'info'; key: 'receive'; facts: Record<string, unknown>; vial: Readable };

interface VialOptions {
  products: readonly Product[];
  courses: readonly Course[];
  courseId: string | null;
  /** The vial fits: its course and its lot. */
  onLot: (course: Course, lot: Lot | null) => void;
}

export function useVial({ products, courses, courseId, onLot }: VialOptions) {
  const { today } = useSession();
  const [word, setWord] = useState<VialWord | null>(null);
  const [lot, setLot] = useState<Lot | null>(null);
  const [busy, setBusy] = useState(false);
  const receiving = useSend(ROUTES.receiveLot);
  // Of two scans in a row the later one counts, however slow the answer about the first is.
  const turn = useRef(0);

  const nameOf = (productId: string) => products.find(({ id }) => id === productId)?.name ?? '';
  /** The chosen course where it fits, or else another running one of that product. */
  const courseFor = (productId: string) =>
    [...courses].sort((a) => (a.id === courseId ? -1 : 0)).find((course) => course.productId === productId && course.phase !== 'ended');

  async function scan(text: string): Promise<void> {
    const mine = ++turn.current;
    setLot(null);
    const vial = readVial(text, products, today);
    if (vial.kind === 'unreadable') return setWord({ tone: 'error', stop: true, key: `unreadable.${vial.issues[0]!.code}` });
    if (vial.kind === 'no-number') return setWord({ tone: 'error', stop: true, key: 'noNumber' });
    if (vial.kind === 'unknown-product') return setWord({ tone: 'error', stop: true, key: 'unknownProduct', facts: { gtin: vial.gtin } });
    if (vial.kind === 'expired')
      return setWord({ tone: 'error', stop: true, key: 'expired', facts: { product: nameOf(vial.productId), expiresOn: vial.expiresOn } });
    const course = courseFor(vial.productId);
    if (!course) return setWord({ tone: 'error', stop: true, key: 'otherProduct', facts: { product: nameOf(vial.productId) } });
    if (vial.lotNumber === null) {
      onLot(course, null);
      return setWord({ tone: 'info', key: 'noLot', facts: { product: nameOf(vial.productId) } });
    }
    setBusy(true);
    try {
      const { items } = await call(ROUTES.listLots, { query: { productId: vial.productId, lotNumber: vial.lotNumber, limit: 1 } });
      if (turn.current === mine) found(vial, course, items[0] ?? null);
    } catch {
      if (turn.current === mine) setWord({ tone: 'error', stop: true, key: 'notLookedUp', facts: { number: vial.lotNumber } });
    } finally {
      if (turn.current === mine) setBusy(false);
    }
  }

  function found(vial: Readable, course: Course, known: Lot | null): void {
    const match = matchLot(vial.expiresOn, known, today);
    const facts = { number: vial.lotNumber, expiresOn: vial.expiresOn ?? known?.expiresOn, product: nameOf(vial.productId) };
    if (match.kind === 'unknown') {
      setWord({ tone: 'info', key: 'receive', facts, vial });
      return;
    }
    setLot(known);
    onLot(course, known);
    if (match.kind === 'unusable') setWord({ tone: 'error', key: `unusable.${match.because}`, facts });
    else if (match.kind === 'other-date') setWord({ tone: 'warning', key: 'otherDate', facts: { ...facts, listed: known?.expiresOn } });
    else setWord({ tone: 'success', key: 'fits', facts });
  }

  /** The clinic does not know the lot yet: it is received as it is printed on the vial. */
  function receive({ productId, lotNumber, expiresOn }: Readable): void {
    const course = courseFor(productId);
    if (lotNumber === null || expiresOn === null || !course) return;
    receiving.mutate(
      { body: { productId, lotNumber, expiresOn } },
      {
        onSuccess: (received) => {
          setLot(received);
          onLot(course, received);
          setWord({ tone: 'success', key: 'received', facts: { number: lotNumber, expiresOn } });
        },
      },
    );
  }

  return {
    word,
    /** The lot of the vial, also where the list of usable ones does not have it. */
    lot,
    busy: busy || receiving.isPending,
    error: receiving.error,
    scan: (text: string) => void scan(text),
    receive,
    /** A lot chosen by hand answers the scan. */
    forget: () => {
      turn.current++;
      setWord(null);
      setBusy(false);
    },
  };
}
