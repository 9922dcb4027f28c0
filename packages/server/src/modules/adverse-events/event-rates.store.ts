/** Reactions per injections, counted in one statement over the days of the injections. */
import { type ClinicDate, eventRate, type SiteId } from '@vastus/clinical';
import type { EventRates } from '@vastus/contract';
import { statement, type Tx } from '@vastus/db';

// One pass over the doses of the period, one over the events after them, each into the smallest cells; the groups are sums of cells.
// Only what stands is counted: no dose and no event that was entered in error, no dose that was not given.
const CELLS = `
  WITH exposed AS (
    SELECT i.site, i.product_id, i.lot_id, date_trunc('month', i.given_on)::date AS month, count(*) AS injections
      FROM injection i
     WHERE i.clinic_id = $1 AND i.state = 'effective' AND i.status = 'given' AND i.given_on BETWEEN $2 AND $3
     GROUP BY 1, 2, 3, 4),
  happened AS (
    SELECT i.site, i.product_id, i.lot_id, date_trunc('month', i.given_on)::date AS month, count(*) AS events
      FROM adverse_event e JOIN injection i ON i.clinic_id = e.clinic_id AND i.id = e.injection_id
     WHERE e.clinic_id = $1 AND e.state = 'effective' AND (NOT $4 OR e.triage_level <> 'benign')
       AND i.state = 'effective' AND i.status = 'given' AND i.given_on BETWEEN $2 AND $3
     GROUP BY 1, 2, 3, 4),
  cells AS (
    SELECT x.site, x.product_id, x.lot_id, x.month, x.injections, coalesce(h.events, 0) AS events
      FROM exposed x LEFT JOIN happened h
        ON h.product_id = x.product_id AND h.month = x.month AND h.site IS NOT DISTINCT FROM x.site AND h.lot_id IS NOT DISTINCT FROM x.lot_id)`;
const GROUPS = statement(
  'event-rates',
  `${CELLS}
  SELECT CASE grouping(c.site, c.product_id, c.lot_id, c.month) WHEN 7 THEN 'site' WHEN 11 THEN 'product' WHEN 9 THEN 'lot' WHEN 14 THEN 'month' ELSE 'all' END AS by,
         c.site, c.product_id, d.name AS product_name, c.lot_id, l.lot_number, c.month, coalesce(sum(c.injections), 0)::bigint AS injections, coalesce(sum(c.events), 0)::bigint AS events
    FROM cells c
    LEFT JOIN product d ON d.clinic_id = $1 AND d.id = c.product_id
    LEFT JOIN lot l ON l.clinic_id = $1 AND l.id = c.lot_id
   GROUP BY GROUPING SETS ((), (c.site), (c.product_id, d.name), (c.product_id, d.name, c.lot_id, l.lot_number), (c.month))`,
);
const BESIDE = statement(
  'event-rates-beside',
  `SELECT (SELECT count(*) FROM adverse_event e WHERE e.clinic_id = $1 AND e.state = 'effective' AND e.injection_id IS NULL
              AND (NOT $4 OR e.triage_level <> 'benign') AND e.reported_at >= $5 AND e.reported_at < $6) AS unlinked_events,
          (SELECT count(*) FROM injection i WHERE i.clinic_id = $1 AND i.against_stop AND i.state = 'effective' AND i.given_on BETWEEN $2 AND $3) AS use_errors`,
);

interface Group {
  by: 'all' | 'site' | 'product' | 'lot' | 'month';
  site: SiteId | null;
  productId: string;
  productName: string;
  lotId: string | null;
  lotNumber: string | null;
  month: ClinicDate;
  injections: number;
  events: number;
}

export interface RatePeriod {
  from: ClinicDate;
  to: ClinicDate;
  /** The instants of the first day's start and the last day's end. */
  since: string;
  until: string;
  /** Leave benign events out. */
  harm: boolean;
}

const MOST_LOTS = 100;

export async function eventRates(tx: Tx, { from, to, since, until, harm }: RatePeriod): Promise<EventRates> {
  const groups = await tx.many<Group>(GROUPS, [tx.clinicId, from, to, harm]);
  const beside = await tx.one<Pick<EventRates, 'unlinkedEvents' | 'useErrors'>>(BESIDE, [tx.clinicId, from, to, harm, since, until]);
  const of = (by: Group['by']) =>
    groups
      .filter((group) => group.by === by)
      .sort((a, b) => b.events - a.events || b.injections - a.injections)
      .map((group) => ({ ...group, ...eventRate(group.events, group.injections) }));
  const lots = of('lot');
  const byMonth = new Map(of('month').map((group) => [group.month, group]));
  return {
    from,
    to,
    overall: of('all')[0] ?? eventRate(0, 0),
    bySite: of('site'),
    byProduct: of('product'),
    byLot: lots.slice(0, MOST_LOTS),
    lotsLeftOut: Math.max(0, lots.length - MOST_LOTS),
    byMonth: months(from, to).map((month) => byMonth.get(month) ?? { month, ...eventRate(0, 0) }),
    ...beside,
  };
}

/** The first day of every month that the period touches. */
function months(from: ClinicDate, to: ClinicDate): ClinicDate[] {
  const all: ClinicDate[] = [];
  let [year, month] = from.split('-').map(Number) as [number, number];
  for (;;) {
    const first = `${year}-${String(month).padStart(2, '0')}-01`;
    if (first > to) return all;
    all.push(first);
    [year, month] = month === 12 ? [year + 1, 1] : [year, month + 1];
  }
}
