/** The reasons for an absent alert, in sentences. */
import { dateInZone, startOfDay } from '@vastus/clinical';
import type { Chart, WhyNot } from '@vastus/contract';
import { useTranslate } from 'react-admin';
import { useFormat } from '../format.js';
import { useWords } from '../i18n/useWords.js';
import { useSession } from '../session/useSession.js';

type Reason = WhyNot['reasons'][number];

const IS_INSTANT = /^\d{4}-\d{2}-\d{2}T/;

export function useReasons(chart: Chart) {
  const { zone } = useSession();
  const translate = useTranslate();
  const format = useFormat();
  const words = useWords();
  const severalCourses = chart.courses.length > 1;

  /** Which records answered: a result by name and day, a dose by its day. */
  const named = (id: string): string | null => {
    const result = chart.labResults.find((known) => known.id === id);
    if (result) return `${words.word('analyte', result.analyte)} ${format.date(result.collectedOn)}`;
    const injection = chart.injections.find((known) => known.id === id);
    if (injection) return `${injection.productName} ${format.date(injection.givenOn)}`;
    const ruleOut = chart.ruleOuts.find((known) => known.id === id);
    return ruleOut ? words.word('care', ruleOut.item) : null;
  };
  /** What opens or is due at midnight opens or is due on that day. */
  const fact = (value: unknown): string =>
    typeof value === 'string' && IS_INSTANT.test(value) && startOfDay(dateInZone(value, zone), zone) === value
      ? format.date(dateInZone(value, zone))
      : words.fact(value);
  const ids = (value: unknown): string[] => (Array.isArray(value) ? value.filter((id): id is string => typeof id === 'string') : []);

  return ({ code, facts }: Reason): string => {
    const shown = Object.fromEntries(Object.entries(facts).map(([key, value]) => [key, fact(value)]));
    if (typeof facts['monitoringPlan'] === 'string') shown['monitoringPlan'] = words.word('plan', facts['monitoringPlan']);
    if (typeof facts['parameter'] === 'string') shown['parameter'] = translate(`protocol.parameter.${facts['parameter']}`);
    const course = severalCourses && chart.courses.find(({ id }) => id === facts['courseId']);
    const missing = ids(facts['missing']).map((what) => words.word('missing', what));
    const by = ids(facts['metBy']).flatMap((id) => named(id) ?? []);
    return [
      course && `${course.productName}:`,
      translate(`whyNot.reason.${code}`, { ...shown, _: code }),
      typeof facts['dueAt'] === 'string' && translate('whyNot.due', { date: fact(facts['dueAt']) }),
      missing.length > 0 && translate('whyNot.missing', { what: missing.join(', ') }),
      by.length > 0 && translate('whyNot.by', { what: by.join(', ') }),
    ]
      .filter(Boolean)
      .join(' ');
  };
}
