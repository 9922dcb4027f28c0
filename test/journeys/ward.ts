/** What every journey needs: a browser, somebody signed in, records made beforehand through the same API, a picture when it fails. */
import fs from 'node:fs';
import path from 'node:path';
import { Client } from 'pg';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { DEMO_PASSWORD, demoEmail } from '../../infra/local/demo.mjs';
import { openChromium } from './chromium.mjs';

export type Role = 'nurse' | 'physician' | 'administrator';
export { DEMO_PASSWORD as PASSWORD, demoEmail as emailOf };
export const DESK = { width: 1440, height: 900 };
export const TABLET = { width: 820, height: 1180 };
/** Long enough for a busy machine, short enough to say that something is broken. */
export const PATIENCE_MS = 30_000;
const PICTURES = path.join(__dirname, '../../node_modules/.cache/journeys');
/** The probe of a signed-out browser: the only error a console may show. */
const EXPECTED_ERROR = /status of 401/;

export const address = () => process.env.JOURNEY_URL!;

/** One browser for a file of journeys. Its zone is far from the clinic's, so that no date can come from the machine by accident. */
export class Ward {
  private browser: Browser | undefined;
  private readonly pages: Page[] = [];
  readonly complaints: string[] = [];

  async open(args: string[] = []): Promise<void> {
    this.browser = await openChromium({ args });
  }

  async close(): Promise<void> {
    await this.browser?.close();
  }

  /** A browser of its own at the start page, signed out. */
  async arrive(viewport = DESK, locale = 'en-GB'): Promise<Page> {
    const context = await this.browser!.newContext({ viewport, locale, timezoneId: 'Pacific/Auckland', reducedMotion: 'reduce' });
    context.setDefaultTimeout(PATIENCE_MS);
    const page = await context.newPage();
    page.on('pageerror', (error) => this.complaints.push(`${page.url()}: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error' && !EXPECTED_ERROR.test(message.text())) this.complaints.push(`${page.url()}: ${message.text()}`);
    });
    this.pages.push(page);
    return page;
  }

  /** The same, already signed in: the form is a journey of its own. */
  async as(role: Role, place = '/', viewport = DESK): Promise<Page> {
    const page = await this.arrive(viewport);
    await send(page.context(), 'POST', '/session', { email: demoEmail(role), password: DEMO_PASSWORD });
    await page.goto(`${address()}${place}`);
    return page;
  }

  /** Who writes records before a journey begins. */
  async api(role: Role): Promise<BrowserContext> {
    const context = await this.browser!.newContext();
    await send(context, 'POST', '/session', { email: demoEmail(role), password: DEMO_PASSWORD });
    return context;
  }

  /** Pictures of what was open when a journey failed, then away with it. */
  async leave(failedIn: string | null): Promise<void> {
    for (const [number, page] of this.pages.splice(0).entries()) {
      if (failedIn && !page.isClosed()) {
        fs.mkdirSync(PICTURES, { recursive: true });
        const file = path.join(PICTURES, `${failedIn.replace(/[^a-z0-9]+/gi, '-').slice(0, 80)}-${number}.png`);
        await page.screenshot({ path: file, fullPage: true, timeout: PATIENCE_MS }).catch(() => {});
        console.error(`${failedIn}: ${page.url()} – picture in ${file}`);
      }
      await page.context().close();
    }
    this.complaints.length = 0;
  }
}

/** The browser of this file, and its journeys: each fails on an error in the console, too, and leaves pictures when it does. */
export function theWard(args?: () => string[]) {
  const ward = new Ward();
  beforeAll(() => ward.open(args?.()));
  afterAll(() => ward.close());
  const journey = (name: string, walk: () => Promise<void>, timeout?: number) =>
    test(
      name,
      async () => {
        let failedIn: string | null = name;
        try {
          await walk();
          expect(ward.complaints).toEqual([]);
          failedIn = null;
        } finally {
          await ward.leave(failedIn);
        }
      },
      timeout,
    );
  return { ward, journey };
}

/** A request as the dashboard sends it; anything but success ends the journey. */
export async function send<T = Record<string, never>>(
  context: BrowserContext,
  method: 'GET' | 'POST' | 'PUT',
  route: string,
  body?: unknown,
): Promise<T> {
  const response = await context.request.fetch(`${address()}/api${route}`, {
    method,
    headers: { origin: address(), ...(method === 'POST' && { 'idempotency-key': crypto.randomUUID() }) },
    ...(body !== undefined && { data: body }),
  });
  if (!response.ok()) throw new Error(`${method} ${route}: ${response.status()} ${await response.text()}`);
  return response.status() === 204 ? (undefined as T) : ((await response.json()) as T);
}

/** As if everybody had signed in a quarter of an hour ago. */
export async function aWhileLater(): Promise<void> {
  const owner = new Client({ connectionString: process.env['JOURNEY_OWNER_URL'] });
  await owner.connect();
  await owner.query(`UPDATE auth.session SET proven_at = proven_at - interval '15 minutes'`);
  await owner.end();
}

interface Made {
  patientId: string;
  courseId: string;
  /** As lists show it. */
  name: string;
  lotNumber: string;
}

let serial = 0;

/** A patient whose first maintenance dose is due today, and a lot to give it from. */
export async function patientDueToday(
  ward: Ward,
  { substance = 'hydroxocobalamin', doses = [] as { daysAgo: number; site: string }[] } = {},
): Promise<Made> {
  const nurse = await ward.api('nurse');
  const { today, now } = await send<{ today: string; now: string }>(nurse, 'GET', '/session');
  const { items } = await send<{ items: { id: string; substance: string }[] }>(nurse, 'GET', '/products');
  const productId = items.find((product) => product.substance === substance)!.id;
  const mark = `${today.replaceAll('-', '').slice(2)}${++serial}${Math.random().toString(36).slice(2, 6).toUpperCase()}`;
  const letters = Array.from({ length: 7 }, () => String.fromCharCode(97 + Math.floor(Math.random() * 26))).join('');
  const lot = await send<{ id: string }>(nurse, 'POST', '/lots', { productId, lotNumber: `J${mark}`, expiresOn: dayFrom(today, 900) });
  const familyName = `Walker${letters}`;
  const person = await send<{ id: string }>(nurse, 'POST', '/patients', {
    recordNumber: `J-${mark}`,
    familyName,
    givenName: 'Ida',
    birthDate: '1961-03-04',
    sex: 'female',
    phone: '+49 40 5550100',
  });
  const first = doses.length > 0 ? dayFrom(today, -Math.max(...doses.map(({ daysAgo }) => daysAgo))) : today;
  const { course } = await send<{ course: { id: string; doseMicrograms: number } }>(nurse, 'POST', `/patients/${person.id}/courses`, {
    productId,
    cause: 'diet',
    neurologicalInvolvement: false,
    regimen: 'maintenance',
    startedOn: first,
  });
  for (const { daysAgo, site } of doses) {
    await send(nurse, 'POST', `/patients/${person.id}/injections`, {
      courseId: course.id,
      productId,
      lotId: lot.id,
      doseMicrograms: course.doseMicrograms,
      volumeMl: 1,
      route: 'IM',
      site,
      identityChecked: true,
      givenAt: new Date(Date.parse(now) - daysAgo * 86_400_000 - 3_600_000).toISOString(),
      baseline: { pain: 0, sensory: 'normal', motor: 'normal' },
    });
  }
  await nurse.close();
  return { patientId: person.id, courseId: course.id, name: `${familyName}, Ida`, lotNumber: `J${mark}` };
}

export function dayFrom(day: string, days: number): string {
  return new Date(Date.parse(`${day}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** Counts what a hand does on a page from now on: every press of a button or key; what a scanner types in one go is one input. */
export async function countInputs(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const counted = window as unknown as { inputs: number };
    counted.inputs = 0;
    let last = Number.NEGATIVE_INFINITY;
    addEventListener('pointerdown', () => counted.inputs++, { capture: true });
    addEventListener(
      'keydown',
      ({ timeStamp }) => {
        if (timeStamp - last > 80) counted.inputs++;
        last = timeStamp;
      },
      { capture: true },
    );
  });
  return () => page.evaluate(() => (window as unknown as { inputs: number }).inputs);
}

/** Chooses from one of the drop-downs. */
export async function choose(page: Page, label: string | RegExp, option: string | RegExp): Promise<void> {
  await page.getByRole('combobox', { name: label }).click();
  await page.getByRole('option', { name: option }).first().click();
  await page.getByRole('listbox').waitFor({ state: 'hidden' });
}

/** One answer of a group of large buttons. Their inputs lie invisibly under the words. */
export const answer = (page: Page | Locator, question: string | RegExp, given: string | RegExp) =>
  page
    .getByRole('group', { name: question })
    .getByLabel(given, { exact: typeof given === 'string' })
    .click();

/** The usual baseline: no pain, nothing altered, strength normal. */
export async function normalBaseline(page: Page): Promise<void> {
  await answer(page, 'Pain, 0 to 10', '0');
  await answer(page, /^Sensation/, /^(No|Normal)$/);
  await answer(page, 'Strength', 'Normal');
}

/** The row of today's list where somebody's dose is due. */
export async function openDue(page: Page, name: string): Promise<Locator> {
  await page.getByRole('tab', { name: /^Due today/ }).click();
  return untilListed(page, page.getByRole('row').filter({ hasText: name }));
}

/** Lists show their beginning; what is further down is asked for. */
export async function untilListed(page: Page, row: Locator): Promise<Locator> {
  const more = page.getByRole('button', { name: 'Show more' });
  await row.or(more).first().waitFor();
  while ((await row.count()) === 0 && (await more.isVisible())) {
    // The last of the rows may arrive while the hand is on its way: then there is nothing left to press.
    await more.click({ timeout: 2_000 }).catch(() => {});
    await page.waitForTimeout(200);
  }
  return row;
}
