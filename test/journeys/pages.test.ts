/** Every page for every role: nothing in the console, one h1, no sideways scroll on a desk and a tablet, nothing axe objects to. */
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { address, DESK, type Role, send, TABLET, theWard } from './ward.js';

const { ward, journey } = theWard();

interface Place {
  at: string;
  roles: readonly Role[];
}
const ALL: readonly Role[] = ['nurse', 'physician', 'administrator'];
const CLINICAL: readonly Role[] = ['nurse', 'physician'];

/** With records of the demo clinic: somebody on hold with a running nerve clock, somebody whose dose is due. */
async function places(): Promise<Place[]> {
  const nurse = await ward.api('nurse');
  const { items: events } = await send<{ items: { id: string; patient: { id: string } }[] }>(nurse, 'GET', '/adverse-events?limit=1');
  const { items: due } = await send<{ items: { courseId: string; patient: { id: string } }[] }>(
    nurse,
    'GET',
    '/worklists/today?bucket=due&limit=1',
  );
  await nurse.close();
  const hurt = events[0]!.patient.id;
  const well = due[0]!.patient.id;
  return [
    { at: '/', roles: ALL },
    { at: '/alerts', roles: ALL },
    { at: '/alerts?show=ended', roles: ['physician'] },
    { at: '/patients', roles: ALL },
    { at: '/patients/create', roles: CLINICAL },
    { at: `/patients/${well}`, roles: CLINICAL },
    { at: `/patients/${hurt}/show`, roles: ALL },
    { at: `/patients/${well}/show`, roles: CLINICAL },
    { at: `/start-course?patient=${well}`, roles: CLINICAL },
    { at: '/injections', roles: ALL },
    { at: '/log-injection', roles: CLINICAL },
    { at: `/log-injection?patient=${well}&course=${due[0]!.courseId}`, roles: CLINICAL },
    { at: `/log-injection?patient=${hurt}`, roles: CLINICAL },
    { at: '/adverse-events', roles: ALL },
    { at: `/adverse-events/${events[0]!.id}/show`, roles: ALL },
    { at: `/report-event?patient=${well}`, roles: CLINICAL },
    { at: '/lab-results', roles: ALL },
    { at: `/enter-result?patient=${well}`, roles: CLINICAL },
    { at: '/lots', roles: ['nurse', 'administrator'] },
    { at: '/lots?show=all', roles: ['administrator'] },
    { at: '/imports', roles: ['physician', 'administrator'] },
    { at: '/audit', roles: ['administrator'] },
    { at: '/rules', roles: ALL },
    { at: '/rules/NI-SURG', roles: ['physician'] },
    { at: '/protocol', roles: ALL },
    { at: `/patients/${well}/self-injection`, roles: CLINICAL },
    { at: '/no-such-page', roles: ['nurse'] },
  ];
}

/** axe looks at a page once, with the eyes of the role that may do most there; the homes differ. */
const lookedAtBy = ({ at, roles }: Place): readonly Role[] =>
  at === '/' ? roles : roles.includes('physician') ? ['physician'] : roles.slice(0, 1);

/** As a link does it: loading the program again for each page would take most of the time. */
async function turnTo(page: Page, place: string): Promise<void> {
  await page.evaluate((there) => {
    document.querySelector('h1')?.setAttribute('data-left', '');
    history.pushState(null, '', there);
    dispatchEvent(new PopStateEvent('popstate'));
  }, place);
  // The same page with other records may keep its heading.
  await page
    .locator('h1:not([data-left])')
    .waitFor({ timeout: 1_500 })
    .catch(() => {});
  await settled(page);
}

async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.waitForFunction(() => document.querySelectorAll('[role=progressbar]:not([aria-valuenow]), .MuiSkeleton-root').length === 0);
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await faded(page);
}

/** The hint of the button must be gone before anybody looks. */
async function switchTo(page: Page, theme: 'light' | 'dark'): Promise<void> {
  await page.getByRole('button', { name: `Switch to ${theme}` }).click();
  await page.mouse.move(400, 4);
  await page.getByRole('tooltip').waitFor({ state: 'hidden' });
  await faded(page);
}

/** Colours that fade in are not yet what they will be. */
const faded = (page: Page) => page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== 'running'));

/** By how much a page is wider than its window, once it has had time to fit in. */
async function tooWide(page: Page): Promise<number> {
  const excess = () => page.evaluate(() => Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) - innerWidth);
  for (let tries = 0; tries < 10 && (await excess()) > 0; tries++) await page.waitForTimeout(100);
  return excess();
}
const headings = (page: Page) => page.getByRole('heading', { level: 1 }).allTextContents();

const SCRIPT: string = createRequire(require.resolve('@axe-core/playwright'))('axe-core').source;

/** What axe objects to. Its script stays in the page from one place to the next; bar and menu are looked at on the start page only. */
async function objections(page: Page, { rules, frame = true }: { rules?: string[]; frame?: boolean } = {}): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(SCRIPT);
  return page.evaluate(
    async ([only, withFrame]) => {
      const { axe } = window as unknown as { axe: { run: (context: object, options: object) => Promise<{ violations: Violation[] }> } };
      const { violations } = await axe.run(withFrame ? document : { exclude: ['header', 'nav'] }, {
        resultTypes: ['violations'],
        preload: false,
        ...(only && { runOnly: { type: 'rule', values: only } }),
      });
      return violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary.split('\n')[1]?.trim()}`),
      );
    },
    [rules, frame] as const,
  );
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
      for (const place of (await places()).filter(({ roles }) => roles.includes(role))) {
        await page.setViewportSize(DESK);
        await turnTo(page, place.at);
        const titles = await headings(page);
        if (titles.length !== 1) note(place.at, `has ${titles.length} h1: ${titles.join(' | ')}`);
        const overDesk = await tooWide(page);
        if (overDesk > 0) note(place.at, `scrolls sideways by ${overDesk} px on a desk`);
        const looked = lookedAtBy(place).includes(role);
        if (looked) for (const found of await objections(page, { frame: place.at === '/' })) note(place.at, found);
        await page.setViewportSize(TABLET);
        const overTablet = await tooWide(page);
        if (overTablet > 0) note(place.at, `scrolls sideways by ${overTablet} px on a tablet`);
        if (!looked) continue;
        await switchTo(page, 'dark');
        for (const found of await objections(page, { rules: ['color-contrast'], frame: place.at === '/' }))
          note(`${place.at} (dark)`, found);
        await switchTo(page, 'light');
      }
      expect(wrong).toEqual([]);
    },
    180_000,
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
