import type { SiteAdvice, SiteId } from '@vastus/clinical';
import { useTranslate } from 'react-admin';
import { useFormat } from '../format.js';
import { useWords } from '../i18n/useWords.js';
import type { SiteMark } from './BodyMap.js';

const CLOSING = ['im-hold-active', 'limb-restricted', 'site-restricted', 'skin-finding-at-site'];
/** Skin at one spot does not close the limb around it, and a hold will be lifted: what is hatched stays closed. */
const CLOSING_LIMB = ['limb-restricted', 'site-restricted'];

/** The sentence without the site it begins with: sites closed for the same reason are listed together. */
function reasonOf(sentence: string, site: string): string {
  const rest = sentence.startsWith(site) ? sentence.slice(site.length).replace(/^[:\s]+/, '') : sentence;
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}

/** The advisor's answer as the map shows it. */
export function useSiteMarks(): (advice: readonly SiteAdvice[]) => SiteMark[] {
  const translate = useTranslate();
  const words = useWords();
  const format = useFormat();
  return (advice) =>
    advice.map(({ site, state, lastUsedOn, reasons }) => {
      return {
        site,
        state,
        note: lastUsedOn === null ? translate('injections.map.neverUsed') : format.relative(lastUsedOn),
        why: reasons
          .filter(({ code }) => CLOSING.includes(code))
          .map(({ code, facts }) =>
            code === 'im-hold-active' ? words.finding({ code, facts }) : reasonOf(words.finding({ code, facts }), words.word('site', site)),
          ),
        limbClosed: reasons.some(({ code }) => CLOSING_LIMB.includes(code)),
      };
    });
}

/** For the chart: when each site was last used; `closed` by site says why it must not be. */
export function useHistoryMarks(): (advice: readonly SiteAdvice[]) => SiteMark[] {
  const translate = useTranslate();
  const format = useFormat();
  const marks = useSiteMarks();
  return (advice) => {
    const used = new Map<SiteId, string | null>(advice.map(({ site, lastUsedOn }) => [site, lastUsedOn]));
    return marks(advice).map((mark) => {
      const lastUsedOn = used.get(mark.site) ?? null;
      return { ...mark, note: lastUsedOn === null ? translate('injections.map.neverUsed') : format.date(lastUsedOn) };
    });
  };
}
