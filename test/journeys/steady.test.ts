/** Nothing jumps while a page is loading, and a list that was open before is there at once. */
import type { Page } from 'playwright-core';
import { PLACES } from './places.mjs';
import { recordsOfTheDemo, settled } from './turning.js';
import { address, type Role, theWard } from './ward.js';

const { ward, journey } = theWard();

/** How much of the window moved how far; up to 0.1 counts as good. */
const MOST_SHIFT = 0.05;

for (const role of ['nurse', 'physician', 'administrator'] satisfies Role[])
  journey(
    `nothing jumps on the pages of the ${role}`,
    async () => {
      const page = await ward.as(role);
      await settled(page);
      await page.addInitScript(addUpShifts);
      const found = await recordsOfTheDemo(ward);
      const wrong: string[] = [];
      for (const { name, roles, at } of PLACES) {
        if (roles[0] !== role) continue;
        await page.goto(address() + at(found));
        await settled(page);
        const { shift, moved } = await shiftsOf(page);
        if (shift > MOST_SHIFT) wrong.push(`${name}: ${shift.toFixed(3)}, ${moved.join(', ')}`);
      }
      expect(wrong).toEqual([]);
    },
    240_000,
  );

journey('a list that was open before shows its rows without waiting for an answer', async () => {
  const page = await ward.as('nurse', '/patients');
  await page.getByRole('row').nth(1).waitFor();
  const first = await page.getByRole('row').nth(1).textContent();
  await page.getByRole('link', { name: 'Results' }).click();
  await page.getByRole('heading', { level: 1, name: /results/i }).waitFor();

  // Whatever is asked now gets no answer: what is shown can only be what was there.
  await page.route(/\/api\/patients\?/, () => {});
  await page.getByRole('link', { name: 'Patients' }).click();
  await page.getByRole('heading', { level: 1, name: 'Patients' }).waitFor();
  await page.getByRole('row').nth(1).waitFor();
  expect(await page.getByRole('row').nth(1).textContent()).toBe(first);
});

interface Shift extends PerformanceEntry {
  value: number;
  hadRecentInput: boolean;
  sources: { node: Element | null }[];
}
interface Counting {
  shifts: { value: number; moved: string[] }[];
}

/** In the page, before anything of it is there. */
function addUpShifts(): void {
  const counting = window as unknown as Counting;
  counting.shifts = [];
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput, sources } of list.getEntries() as Shift[])
      if (!hadRecentInput)
        counting.shifts.push({
          value,
          moved: sources.map(({ node }) => `${node?.nodeName.toLowerCase()} “${node?.textContent?.trim().slice(0, 30)}”`),
        });
  }).observe({ type: 'layout-shift', buffered: true });
}

/** Once nothing more comes: all shifts and what moved in them. */
async function shiftsOf(page: Page): Promise<{ shift: number; moved: string[] }> {
  await page.waitForTimeout(400);
  const shifts = await page.evaluate(() => (window as unknown as Counting).shifts);
  return { shift: shifts.reduce((sum, { value }) => sum + value, 0), moved: shifts.flatMap(({ moved }) => moved) };
}
