/** Every page for every role: nothing in the console, one h1, no sideways scroll on a desk and a tablet, nothing axe objects to. */
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { PLACES } from './places.mjs';
import { faded, namesOfTheDemo, recordsOfTheDemo, settled, tooWide, turnTo } from './turning.js';
import { address, DESK, type Role, TABLET, theWard } from './ward.js';

const { ward, journey } = theWard();

const ALL: readonly Role[] = ['nurse', 'physician', 'administrator'];

/** The hint of the button must be gone before anybody looks. Pages for those without an account have no bar, and no button. */
async function switchTo(page: Page, theme: 'light' | 'dark'): Promise<void> {
  const button = page.getByRole('button', { name: `Switch to ${theme}` });
  if ((await button.count()) === 0) {
    await page.evaluate((kept) => localStorage.setItem('vastus.theme', kept), theme);
    await page.reload();
    await settled(page);
    return;
  }
  await button.click();
  await page.mouse.move(400, 4);
  await page.getByRole('tooltip').waitFor({ state: 'hidden' });
  await faded(page);
}

const headings = (page: Page) => page.getByRole('heading', { level: 1 }).allTextContents();

const SCRIPT: string = createRequire(require.resolve('@axe-core/playwright'))('axe-core').source;

/** What axe objects to. Its script stays in the page from one place to the next; bar and menu are looked at on the start page only. */
async function objections(page: Page, { frame = true } = {}): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(SCRIPT);
  return page.evaluate(async (withFrame) => {
    const { axe } = window as unknown as { axe: { run: (context: object, options: object) => Promise<{ violations: Violation[] }> } };
    const { violations } = await axe.run(withFrame ? document : { exclude: ['header', 'nav'] }, {
      resultTypes: ['violations'],
      preload: false,
      rules: { 'target-size': { enabled: true } },
    });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary.split('\n')[1]?.trim()}`),
    );
  }, frame);
}

interface Violation {
  id: string;
  nodes: { target: string[]; failureSummary: string }[];
}

for (const role of ALL) {
  journey(
    `every page of the ${role}`,
    async () => {
      const page = await ward.as(role);
      await settled(page);
      const wrong: string[] = [];
      const note = (place: string, what: string) => wrong.push(`${place}: ${what}`);
      const found = await recordsOfTheDemo(ward);
      const names = await namesOfTheDemo(ward);
      expect(names.length).toBeGreaterThan(20);
      for (const { name, roles, at, pose } of PLACES.filter((place) => place.roles.includes(role))) {
        const place = at(found);
        await page.setViewportSize(DESK);
        await turnTo(page, place);
        await pose?.(page);
        const titles = await headings(page);
        if (titles.length !== 1) note(place, `has ${titles.length} h1: ${titles.join(' | ')}`);
        // A browser keeps the titles of pages in its history.
        const title = await page.title();
        if (names.some((name) => title.includes(name))) note(place, `names somebody in its title: ${title}`);
        const overDesk = await tooWide(page);
        if (overDesk > 0) note(place, `scrolls sideways by ${overDesk} px on a desk`);
        // axe looks once, with the eyes of the role that may do most there; bar and menu only on the start page.
        const looked = roles[0] === role;
        const frame = place === '/';
        if (looked) for (const objection of await objections(page, { frame })) note(name, objection);
        await page.setViewportSize(TABLET);
        const overTablet = await tooWide(page);
        if (overTablet > 0) note(place, `scrolls sideways by ${overTablet} px on a tablet`);
        if (!looked) continue;
        await switchTo(page, 'dark');
        for (const objection of await objections(page, { frame })) note(`${name} (dark)`, objection);
        await switchTo(page, 'light');
      }
      expect(wrong).toEqual([]);
    },
    400_000,
  );
}

journey('the page to sign in', async () => {
  const page = await ward.arrive();
  await page.goto(address());
  await page.getByRole('button', { name: 'Sign in' }).waitFor();
  expect(await objections(page)).toEqual([]);
  expect(await headings(page)).toHaveLength(1);
  await page.setViewportSize(TABLET);
  expect(await tooWide(page)).toBe(0);
  await page.evaluate(() => localStorage.setItem('vastus.theme', 'dark'));
  await page.reload();
  await settled(page);
  expect(await objections(page)).toEqual([]);
});
