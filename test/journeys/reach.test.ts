/** Every page for people who zoom, use a finger or the keyboard alone, or whose system chooses the colours (WCAG 1.4.4, 1.4.10, 2.4.7, 2.4.11, 2.5.8). */
import type { Page } from 'playwright-core';
import { PLACES } from './places.mjs';
import { recordsOfTheDemo, settled, tooWide, turnTo } from './turning.js';
import { DESK, type Role, TABLET, theWard } from './ward.js';

const { ward, journey } = theWard();

/** A desk at 200 % and at 400 %: as many pixels as are left to the page. */
const ZOOMED = { '200 %': { width: DESK.width / 2, height: DESK.height / 2 }, '400 %': { width: 320, height: 512 } };
/** So many stops of each page; what repeats further down is the same piece. */
const STOPS = 40;

for (const role of ['nurse', 'physician', 'administrator'] satisfies Role[])
  journey(
    `the pages of the ${role}, zoomed, by keyboard, in the colours of the system`,
    async () => {
      const page = await ward.as(role);
      await settled(page);
      const wrong: string[] = [];
      const found = await recordsOfTheDemo(ward);
      for (const { name, roles, at, pose } of PLACES) {
        if (roles[0] !== role) continue;
        await page.setViewportSize(DESK);
        await turnTo(page, at(found));
        await pose?.(page);
        for (const what of await hiddenFocus(page, name === `${role}-home` || name === `${role}-today`)) wrong.push(`${name}: ${what}`);
        await page.setViewportSize(TABLET);
        for (const what of await page.evaluate(tooSmall)) wrong.push(`${name}: ${what}`);
        for (const [zoom, size] of Object.entries(ZOOMED)) {
          await page.setViewportSize(size);
          const excess = await tooWide(page);
          if (excess > 0) wrong.push(`${name}: scrolls sideways by ${excess} px at ${zoom}`);
        }
      }
      expect(wrong).toEqual([]);
    },
    400_000,
  );

/** In the page: what a finger presses and is less than 24 px high or wide; of what has a label, the label is pressed, too. */
function tooSmall(): string[] {
  const pressed = 'a[href], button, input:not([type=hidden]), select, summary, [role=button], [role=tab], [role=combobox]';
  return [...document.querySelectorAll<HTMLElement>(`main :is(${pressed})`)].flatMap((element) => {
    const boxes = [element, ...(element.closest('label') ? [element.closest('label')!] : [])].map((one) => one.getBoundingClientRect());
    const width = Math.max(...boxes.map((box) => box.width));
    const height = Math.max(...boxes.map((box) => box.height));
    // What takes no room is drawn by something beside it.
    if (width === 0 || height === 0 || element.getAttribute('aria-hidden') === 'true' || (width >= 24 && height >= 24)) return [];
    const named = element.getAttribute('aria-label') ?? element.textContent ?? '';
    return [`${element.tagName.toLowerCase()} “${named.trim().slice(0, 40)}” is ${Math.round(width)} × ${Math.round(height)} px`];
  });
}

/** Where the keyboard stops and nothing shows it, in the product's colours and in the system's; or what it stops at lies under something. */
async function hiddenFocus(page: Page, withFrame: boolean): Promise<string[]> {
  const wrong: string[] = [];
  for (const forcedColors of ['none', 'active'] as const) {
    await page.emulateMedia({ forcedColors });
    await page.evaluate((frame) => {
      (document.activeElement as HTMLElement | null)?.blur();
      const start = frame ? document.body : document.querySelector<HTMLElement>('main');
      start?.setAttribute('tabindex', '-1');
      start?.focus();
    }, withFrame);
    for (let stop = 0; stop < STOPS; stop++) {
      await page.keyboard.press('Tab');
      const seen = await page.evaluate(lookAtFocus);
      if (seen === 'end') break;
      if (seen) wrong.push(`${seen}${forcedColors === 'active' ? ' (colours of the system)' : ''}`);
    }
  }
  await page.emulateMedia({ forcedColors: 'none' });
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.getByRole('tooltip').waitFor({ state: 'hidden' });
  return [...new Set(wrong)];
}

/** In the page: what the focused element and what is around it look like with the focus and without. */
async function lookAtFocus(): Promise<string | null> {
  const element = document.activeElement as HTMLElement | null;
  if (!element || element === document.body || element.tagName === 'MAIN') return 'end';
  const around = new Set<Element>([element, ...element.children]);
  for (let up = element.parentElement, steps = 0; up && steps < 3; up = up.parentElement, steps++)
    for (const near of [up, ...up.children]) around.add(near);
  const look = () =>
    [...around]
      .map((one) => {
        const { outline, boxShadow, border, backgroundColor, color, stroke, strokeWidth, opacity, textDecoration } = getComputedStyle(one);
        return [outline, boxShadow, border, backgroundColor, color, stroke, strokeWidth, opacity, textDecoration].join();
      })
      .join('\n');
  const painted = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  const named = `${element.tagName.toLowerCase()} “${(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 40) || element.outerHTML.slice(0, 80)}”`;
  await painted();
  const box = element.getBoundingClientRect();
  let shows = false;
  for (let tries = 0; tries < 5 && !shows; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 100 * tries)); // a busy machine renders later
    const focused = look();
    element.blur();
    await painted();
    shows = look() !== focused;
    element.focus({ preventScroll: true });
  }
  if (!shows) return `${named} does not show the focus`;
  const { top, bottom, left, right } = box;
  if (bottom < 0 || top > innerHeight || right < 0 || left > innerWidth) return `${named} is focused out of sight`;
  return null;
}
