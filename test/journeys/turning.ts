/** From page to page, and when a page may be looked at. */
import type { Page } from 'playwright-core';
import { findRecords, type Records } from './places.mjs';
import { send, type Ward } from './ward.js';

/** Records of the demo clinic with which the pages show something. */
export async function recordsOfTheDemo(ward: Ward): Promise<Records> {
  const physician = await ward.api('physician');
  const records = await findRecords((route: string, body?: object) => send(physician, body ? 'POST' : 'GET', route, body));
  await physician.close();
  return records;
}

/** Family names of the people whose records those are. */
export async function namesOfTheDemo(ward: Ward): Promise<string[]> {
  const physician = await ward.api('physician');
  const { items } = await send<{ items: { familyName: string }[] }>(physician, 'POST', '/patients/search?limit=200', {});
  await physician.close();
  return items.map(({ familyName }) => familyName);
}

/** As a link does it: loading the program again for each page would take most of the time. */
export async function turnTo(page: Page, place: string): Promise<void> {
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

export async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.waitForFunction(() => document.querySelectorAll('[role=progressbar]:not([aria-valuenow]), .MuiSkeleton-root').length === 0);
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await faded(page);
}

/** Colours that fade in are not yet what they will be. What pulses around a focused box never ends, and is no reason to wait. */
export const faded = (page: Page) =>
  page.waitForFunction(() =>
    document.getAnimations().every(({ playState, effect }) => playState !== 'running' || effect?.getTiming().iterations === Infinity),
  );

/** By how much a page is wider than its window, once it has had time to fit in. */
export async function tooWide(page: Page): Promise<number> {
  const excess = () => page.evaluate(() => Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) - innerWidth);
  for (let tries = 0; tries < 10 && (await excess()) > 0; tries++) await page.waitForTimeout(100);
  return excess();
}
