/** Texts of one catalogue found on a page that should speak another language, and keys that nobody turned into words. */
import type { Page } from 'playwright-core';
import { de } from '../../apps/admin/src/i18n/de/index.js';
import { en } from '../../apps/admin/src/i18n/en/index.js';

/** Every form of every text. */
function texts(tree: unknown): string[] {
  if (typeof tree === 'string') return tree.split('||||').map((form) => form.trim());
  return Object.values(tree as object).flatMap(texts);
}

const german = new Set(texts(de));
/** Longer words only: an L on the body map is no English. */
const english = [...new Set(texts(en))].filter((text) => !german.has(text) && /\p{L}{3,}/u.test(text.replace(/%\{\w+\}/g, '')));
const plain = new Set(english.filter((text) => !text.includes('%{')));
/** With places to fill in, where enough stands around them that nothing else reads like it. */
const patterns = english
  .filter((text) => text.includes('%{') && text.replace(/%\{\w+\}/g, '').replace(/[^\p{L}]/gu, '').length >= 6)
  .map(
    (text) =>
      new RegExp(
        `^${text
          .split(/%\{\w+\}/)
          .map(escaped)
          .join('.{1,80}?')}$`,
        'u',
      ),
  );

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** What a person reads or hears on the page: texts, labels, hints. What is marked as another language may be it. */
function spoken(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const foreign = (element: Element | null) => element?.closest('[lang]:not(html):not([lang=de])') !== null;
    const found = new Set<string>([document.title]);
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const around = node.parentElement;
      if (around && !foreign(around) && !around.closest('script, style, noscript')) found.add(node.textContent?.trim() ?? '');
    }
    for (const element of document.querySelectorAll('[aria-label], [placeholder], [title], [alt]'))
      if (!foreign(element))
        for (const name of ['aria-label', 'placeholder', 'title', 'alt']) found.add(element.getAttribute(name)?.trim() ?? '');
    return [...found].filter(Boolean);
  });
}

const KEY =
  /^(app|home|patients|courses|injections|issues|adverseEvents|labResults|alerts|lots|imports|audit|rules|ruleTexts|protocol|whyNot|followUp|selfInjection|clinical|ra)\.[\w.-]+$/;

/** English of the catalogue on a German page, and bare keys. */
export async function notGerman(page: Page): Promise<string[]> {
  return (await spoken(page)).filter((text) => KEY.test(text) || plain.has(text) || patterns.some((pattern) => pattern.test(text)));
}
