/**
 * The whole job in a browser, on data nobody here wrote: import, accept, inject, a year of alerts, an injury, a stop.
 * The API walks the same way in packages/server/src/a-year.test.ts. It runs last: it moves the clock by a year.
 */
import fs from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { bundleFile, madeUpBundle } from './made-up-bundle.js';
import { address, answer, choose, countInputs, dayFrom, emailOf, normalBaseline, openDue, PASSWORD, send, theWard } from './ward.js';

const { ward, journey } = theWard();
const FOLDER = path.join(__dirname, '../../../shared/data/synthea-r4');
const MOST_INPUTS = 8;
/** The scheduler wakes once a minute, by the machine's clock, which no test moves. */
const NEXT_TICK_MS = 75_000;

function bundles(): { files: Parameters<ReturnType<Page['locator']>['setInputFiles']>[0]; names: string[] } {
  if (fs.existsSync(FOLDER)) {
    const names = fs.readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
    return { names, files: names.map((name) => path.join(FOLDER, name)) };
  }
  console.warn(`SKIPPED: the nine bundles, because there is no ${FOLDER}; the walk goes with two made-up ones.`);
  const names = ['made-up-1.json', 'made-up-2.json'];
  return { names, files: names.map((name, n) => bundleFile(name, madeUpBundle(`walk${n}`))) };
}

interface Row {
  id: string;
  ruleId: string;
  dueOn: string;
  priority: string;
  patient: { id: string; familyName: string; givenName: string };
}

journey(
  'a clinic’s year: import, accept, inject, the checks of a year, an injury, a stop',
  async () => {
    const lotNumber = `W${Date.now().toString(36).toUpperCase()}`;

    const administrator = await signInByForm();
    await receiveLot(administrator, lotNumber);
    const { files, names } = bundles();
    await administrator.getByRole('link', { name: 'Import' }).click();
    await administrator.locator('input[type=file]').setInputFiles(files);
    for (const name of names) await administrator.getByRole('region', { name, exact: true }).getByText('will be registered').waitFor();
    await administrator.getByRole('button', { name: `Carry out all ${names.length} files` }).click();
    for (const name of names) {
      const report = administrator.getByRole('region', { name, exact: true });
      await report.getByText('Everything in this report has been carried out.').waitFor({ timeout: 30_000 });
      await report.getByText(/^Why \d+ entr(y is|ies are) left out/).waitFor();
    }

    const physician = await ward.as('physician', '/imports');
    const people = await acceptAll(physician);
    expect(people.length).toBeGreaterThanOrEqual(names.length === 9 ? 7 : 2);

    const nurse = await ward.as('nurse');
    const inputs = await injectAll(nurse, people, lotNumber);
    console.info(`Inputs for each dose, from the list: ${inputs.join(', ')}.`);
    expect(Math.max(...inputs)).toBeLessThanOrEqual(MOST_INPUTS);
    const firstDose = await today(physician);

    await send(nurse.context(), 'POST', '/test-clock/advance', { days: 366 });

    const hurt = people[1]!;
    await injure(nurse, hurt, lotNumber);
    await urgentOnTop(physician, hurt);
    await holdAndClock(physician, hurt);
    await stopped(nurse, hurt, lotNumber);
    await physician.goto(`${address()}/alerts?patient=${hurt.id}`);
    await physician.getByRole('heading', { name: 'Given against a stop' }).waitFor();

    await checksOfTheYear(physician, people, firstDose);
  },
  240_000,
);

async function signInByForm(): Promise<Page> {
  const page = await ward.arrive();
  await page.goto(address());
  await page.getByLabel('E-mail').fill(emailOf('administrator'));
  await page.getByLabel('Password', { exact: true }).fill('not the password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('alert').filter({ hasText: 'E-mail or password is wrong.' }).waitFor();
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { level: 1, name: 'The clinic at a glance' }).waitFor();
  return page;
}

const today = async (page: Page) => (await send<{ today: string }>(page.context(), 'GET', '/session')).today;

async function receiveLot(page: Page, lotNumber: string): Promise<void> {
  const expires = dayFrom(await today(page), 1_000);
  await page.getByRole('link', { name: 'Lots', exact: true }).click();
  await page.getByRole('button', { name: 'Receive a lot' }).click();
  await choose(page, /^Product/, /Hydroxocobalamin/);
  await page.getByRole('textbox', { name: /Lot number/ }).fill(lotNumber);
  await page.getByLabel(/^Expires/).fill(expires);
  await page.getByRole('dialog').getByRole('button', { name: 'Receive' }).click();
  await page.getByText('Lot received').first().waitFor();
}

interface Person {
  id: string;
  name: string;
}

/** Every order the import brought becomes a course. */
async function acceptAll(page: Page): Promise<Person[]> {
  const people: Person[] = [];
  const accept = page.getByRole('link', { name: /^Accept as course…/ });
  await accept.first().waitFor();
  const labels = await accept.evaluateAll((links) => links.map((link) => link.getAttribute('aria-label') ?? ''));
  for (const label of labels) {
    const name = /, ([^,]+, [^,]+)$/.exec(label)![1]!;
    await page.getByRole('link', { name: label, exact: true }).click();
    await page.getByRole('button', { name: 'Accept and start' }).waitFor();
    await choose(page, /^Product/, /Hydroxocobalamin/);
    await answer(page, 'Nerve symptoms or signs', 'No');
    await choose(page, /^Cause/, 'Diet');
    await page.getByRole('button', { name: 'Accept and start' }).click();
    await page.getByRole('heading', { level: 1, name }).waitFor();
    people.push({ name, id: /patients\/([^/]+)\/show/.exec(page.url())![1]! });
    await page.getByRole('link', { name: 'Import' }).click();
    await page.getByRole('heading', { level: 2, name: 'Orders waiting' }).waitFor();
  }
  await page.getByText('No order is waiting.').waitFor();
  return people;
}

async function injectAll(page: Page, people: readonly Person[], lotNumber: string): Promise<number[]> {
  const count = await countInputs(page);
  const inputs: number[] = [];
  for (const [number, { name }] of people.entries()) {
    await page.getByRole('link', { name: 'Today', exact: true }).click();
    await openDue(page, name);
    const before = await count();
    await page.getByRole('link', { name: `Log injection for ${name}` }).click();
    await page.getByRole('checkbox', { name: /Name and birth date said/ }).check();
    if (number === 0) await choose(page, /^Lot/, new RegExp(lotNumber));
    await normalBaseline(page);
    await page.getByRole('button', { name: 'Record injection' }).click();
    await page
      .getByRole('heading', { name: 'The injection is recorded' })
      .or(page.getByText('The injection is recorded'))
      .first()
      .waitFor();
    inputs.push((await count()) - before);
  }
  return inputs;
}

/** A dose, and at once a numb leg and a foot that does not lift. */
async function injure(page: Page, { id }: Person, lotNumber: string): Promise<void> {
  await page.goto(`${address()}/log-injection?patient=${id}`);
  await page.getByRole('checkbox', { name: /Name and birth date said/ }).check();
  await choose(page, /^Lot/, new RegExp(lotNumber));
  await normalBaseline(page);
  await page.getByRole('button', { name: 'Record injection' }).click();
  await page.getByRole('link', { name: 'Reaction?' }).click();
  await page.getByRole('heading', { level: 1, name: 'Report a reaction' }).waitFor();
  await page.getByRole('button', { name: 'At the injection' }).click();
  await answer(page, 'Onset after the injection', 'Seconds to minutes');
  await answer(page, 'Distribution', 'Along a nerve');
  await answer(page, 'Strength', 'Foot or wrist drop');
  await answer(page, 'Radiating pain', 'Yes');
  await page.getByText('IM injections of this patient stop until a physician decides').first().waitFor();
  await page.getByRole('button', { name: 'Record reaction' }).click();
  await page.getByText('Recorded: Urgent').waitFor();
}

/** Nothing stands above it but what is as urgent. */
async function urgentOnTop(page: Page, { id, name }: Person): Promise<void> {
  await page.goto(`${address()}/alerts`);
  const theirs = page.getByRole('region', { name });
  await theirs.getByRole('heading').first().waitFor();
  expect(await theirs.getByRole('heading').first().textContent()).toBe('Likely nerve injury: see the patient now');
  const { items } = await send<{ items: Row[] }>(page.context(), 'GET', '/alerts?limit=100');
  const place = items.findIndex((alert) => alert.patient.id === id);
  expect(new Set(items.slice(0, place + 1).map(({ priority }) => priority))).toEqual(new Set(['urgent']));
}

async function holdAndClock(page: Page, { id }: Person): Promise<void> {
  await page.goto(`${address()}/patients/${id}/show`);
  await page
    .getByRole('alert')
    .getByText(/^IM injections on hold since/)
    .waitFor();
  await page.getByText('A suspected nerve injury stops further IM injections until a physician decides.').waitFor();
  await page.getByRole('img', { name: /^Day 0; 0 of \d+ follow-ups done/ }).waitFor();
}

/** The next dose is stopped; one that was given all the same is recorded as what it was. */
async function stopped(page: Page, { id }: Person, lotNumber: string): Promise<void> {
  await page.goto(`${address()}/patients/${id}/show`);
  await page.getByRole('link', { name: 'Log injection' }).click();
  await page
    .getByText(/^IM injections are on hold since/)
    .first()
    .waitFor();
  await page.getByRole('checkbox', { name: /Name and birth date said/ }).check();
  await choose(page, /^Lot/, new RegExp(lotNumber));
  await page
    .getByRole('radio', { name: /^Right deltoid/ })
    .locator('.spot')
    .click();
  expect(await page.getByRole('button', { name: 'Record injection' }).isDisabled()).toBe(true);
  await page.getByRole('button', { name: /^Already given/ }).click();
  const dialog = page.getByRole('dialog', { name: 'The dose has already been given' });
  await dialog.getByRole('textbox', { name: /Reason/ }).fill('Given on the ward before the hold was known');
  await dialog.getByRole('button', { name: 'Record as given' }).click();
  await page.getByText('Given against a stop: a physician has been told.').waitFor();
}

/** The scheduler has been round: each of them has the checks at 3, 6 and 12 months on the physician's list, one each. */
async function checksOfTheYear(page: Page, people: readonly Person[], firstDose: string): Promise<void> {
  const expected = [3, 6, 12].map((months) => monthsAfter(firstDose, months));
  const checks = async (id: string) =>
    (await send<{ items: Row[] }>(page.context(), 'GET', `/alerts?patientId=${id}&ruleId=MON-3-6-12&limit=50`)).items
      .map(({ dueOn }) => dueOn)
      .sort();
  const limit = Date.now() + NEXT_TICK_MS;
  while (Date.now() < limit && (await Promise.all(people.map(({ id }) => checks(id)))).some((due) => due.length < 3))
    await page.waitForTimeout(1_000);
  for (const { id } of people) expect(await checks(id)).toEqual(expected);
  const [first] = people;
  await page.goto(`${address()}/alerts?rule=MON-3-6-12&patient=${first!.id}`);
  const alerts = page.getByRole('region', { name: first!.name }).getByRole('heading', { name: 'Check at 3, 6 and 12 months' });
  await alerts.nth(2).waitFor();
  expect(await alerts.count()).toBe(3);
}

/** Written down here, not taken from the rules: the last day of the month holds what it has no day for. */
function monthsAfter(day: string, months: number): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
}
