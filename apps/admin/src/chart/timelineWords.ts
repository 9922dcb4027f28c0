import type { Analyte } from '@vastus/clinical';
import type { TimelineEntry } from '@vastus/contract';
import { useTranslate } from 'react-admin';
import { useFormat } from '../format.js';
import { useWords } from '../i18n/useWords.js';
import { written } from '../lab-results/units.js';

interface Told {
  title: string;
  details: (string | false | null)[];
  /** Where the record itself is, when it has a page. */
  to?: string;
}

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null);
const codes = (value: unknown) => (Array.isArray(value) ? value.map(String) : []);

/** One thing that happened, in a sentence and the few facts beside it. */
export function useTimelineWords(): (entry: TimelineEntry) => Told {
  const translate = useTranslate();
  const words = useWords();
  const format = useFormat();
  const t = (key: string, options?: Record<string, unknown>) => translate(`timeline.${key}`, options);
  const score = (name: 'pain' | 'sensory' | 'motor', value: unknown) =>
    typeof value === 'number' && `${translate(`followUp.scores.${name}`)} ${value}/10`;

  return ({ kind, what, facts: f }) => {
    const reason = text(f['reason']);
    const site = text(f['site']) && words.word('site', String(f['site']));
    switch (kind) {
      case 'injection':
        return {
          title: `${f['productName']}, ${format.dose(Number(f['doseMicrograms']))}`,
          details: [
            site,
            text(f['lotNumber']) && `${translate('patients.chart.lot')} ${f['lotNumber']}`,
            f['againstStop'] === true && translate('patients.chart.againstStop'),
            f['overridden'] === true && translate('patients.chart.overridden'),
            f['selfReported'] === true && translate('patients.chart.selfReported'),
          ],
        };
      case 'not-given':
        return { title: t('notGiven', { product: f['productName'] }), details: [reason] };
      case 'result':
        return {
          title: `${words.word('analyte', String(f['analyte']) as Analyte)}: ${format.number(Number(f['value']))} ${written(String(f['unit']))}`,
          details: [],
        };
      case 'event':
        return {
          title: t('reported', { level: words.word('level', String(f['level'])) }),
          details: [site, t('onset', { at: format.instant(String(f['onsetAt'])) })],
          to: `/adverse-events/${f['eventId']}/show`,
        };
      case 'examination':
        return {
          title: t('examined', { course: words.word('eventCourse', what) }),
          details: [
            typeof f['motorDeficit'] === 'boolean' && translate(`adverseEvents.exam.${f['motorDeficit'] ? 'deficit' : 'noDeficit'}`),
            typeof f['pain'] === 'number' && translate('adverseEvents.exam.painOf', { pain: f['pain'] }),
            f['study'] === true && translate('adverseEvents.exam.studyDone'),
          ],
          to: `/adverse-events/${f['eventId']}/show`,
        };
      case 'decision':
        return { title: t('decided', { decision: words.word('routeDecision', what) }), details: [reason] };
      case 'hold':
        return { title: t(`hold.${what}`), details: [] };
      case 'restriction':
        return {
          title: t(`restriction.${what}`, {
            sites: codes(f['sites'])
              .map((code) => words.word('site', code))
              .join(', '),
          }),
          details: [reason && words.word('restrictionReason', reason)],
        };
      case 'course':
        return {
          title: t(`course.${what}`, { product: f['productName'] }),
          details: [
            text(f['regimen']) && words.word('regimen', String(f['regimen'])),
            text(f['endReason']) && words.word('endReason', String(f['endReason'])),
          ],
        };
      case 'alert':
        return {
          title: `${words.word('rule', String(f['ruleId']))}: ${translate(`alerts.step.${what}`, { _: what })}`,
          details: [text(f['outcome']) && words.word('outcome', String(f['outcome'])), reason],
        };
      case 'contact':
        return {
          title: t('called', { outcome: words.word('contact', what) }),
          details: [
            text(f['on']) && format.date(String(f['on'])),
            text(f['declineReason']) && words.word('decline', String(f['declineReason'])),
            text(f['note']),
          ],
        };
      case 'score':
        return {
          title: [score('pain', f['pain']), score('sensory', f['sensory']), score('motor', f['motor'])].filter(Boolean).join(', '),
          details: [],
        };
      case 'rule-out':
        return { title: words.word('care', String(f['item'])), details: [text(f['finding'])] };
      case 'pain-plan':
        return {
          title: words.word('care', String(f['drug'])),
          details: [f['dose'] !== null && `${format.number(Number(f['dose']), 3)} ${translate(`followUp.pain.unit.${f['unit']}`)}`],
        };
      case 'protocol':
        return { title: t('protocol', { number: f['number'] }), details: [], to: '/protocol' };
      case 'correction':
        return { title: t(what === 'voided' ? 'voidedOf' : 'amendedOf', { what: t(`kind.${f['of']}`) }), details: [reason] };
    }
  };
}
