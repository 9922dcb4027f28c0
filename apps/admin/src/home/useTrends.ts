import type { Answer, ROUTES } from '@vastus/contract';
import { useTranslate } from 'react-admin';

type Summary = Answer<typeof ROUTES.readSummary>;
type Series = readonly { count: number }[];

/** The sparklines of the homes: the same words for everybody who does not see the line. */
export function useTrends(summary: Summary | undefined) {
  const translate = useTranslate();
  const trend = (series: Series | undefined, over: 'days' | 'weeks') => {
    const values = series?.map(({ count }) => count);
    const label = values?.length
      ? translate(`home.trend.${over}`, { least: Math.min(...values), most: Math.max(...values), last: values.at(-1) })
      : '';
    return { values, label };
  };
  return {
    injections: trend(summary?.injectionsPerDay, 'days'),
    alerts: trend(summary?.alertsPerDay, 'days'),
    events: trend(summary?.eventsPerWeek, 'weeks'),
  };
}
