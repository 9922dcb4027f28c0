import type { SiteAdvice, SiteId } from '@vastus/clinical';
import { useTranslate } from 'react-admin';
import { useFormat } from '../format.js';
import { useWords } from '../i18n/useWords.js';
import type { SiteMark } from './BodyMap.js';

const CLOSING = ['im-hold-active', 'limb-restricted', 'site-restricted', 'skin-finding-at-site'];
/** Skin at one spot does not close the limb around it. */
const CLOSING_LIMB = CLOSING.filter((code) => code !== 'skin-finding-at-site');

/** The advisor's answer as the map shows it. */
export function useSiteMarks(): (advice: readonly SiteAdvice[]) => SiteMark[] {
  const translate = useTranslate();
  const words = useWords();
  const format = useFormat();
  return (advice) =>
    advice.map(({ site, state, lastUsedOn, reasons }) => {
      const closing = reasons.find(({ code }) => CLOSING.includes(code));
      return {
        site,
        state,
        note: lastUsedOn === null ? translate('injections.map.neverUsed') : format.relative(lastUsedOn),
        why: closing && words.finding(closing),
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
