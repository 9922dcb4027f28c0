/** The day of a ward that speaks German: what the browser asks for, what is chosen, and not a word of English on any page. */
import type { Page } from 'playwright-core';
import { findRecords, PLACES } from './places.mjs';
import { address, answer, choose, DESK, emailOf, PASSWORD, patientDueToday, type Role, send, theWard } from './ward.js';
import { notGerman } from './words.js';

const { ward, journey } = theWard();

async function speaksGerman(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelectorAll('[role=progressbar]:not([aria-valuenow]), .MuiSkeleton-root').length === 0);
  expect({ at: page.url(), english: await notGerman(page) }).toEqual({ at: page.url(), english: [] });
}

/** A browser whose owner reads German. */
async function arriveGerman(): Promise<Page> {
  const page = await ward.arrive(DESK, 'de-AT');
  await page.goto(address());
  return page;
}

async function asGerman(role: Role): Promise<Page> {
  const page = await ward.arrive(DESK, 'de-DE');
  await send(page.context(), 'POST', '/session', { email: emailOf(role), password: PASSWORD });
  return page;
}

journey('a nurse signs in, sees the day, records a dose with a decimal comma, and is stopped before the second one', async () => {
  const { patientId, courseId, lotNumber } = await patientDueToday(ward);
  const page = await arriveGerman();
  await page.getByRole('heading', { level: 1, name: 'Anmelden' }).waitFor();
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('de');
  await speaksGerman(page);
  await page.getByLabel('E-Mail').fill(emailOf('nurse'));
  await page.getByLabel('Passwort', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Anmelden', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Heute' }).waitFor();
  await speaksGerman(page);

  await page.goto(`${address()}/log-injection?patient=${patientId}&course=${courseId}`);
  await page.getByRole('heading', { level: 1, name: 'Injektion erfassen' }).waitFor();
  await choose(page, /^Charge/, new RegExp(lotNumber));
  await answer(page, 'Kraft', 'Normal');
  await page.getByLabel('Volumen (ml)').fill('1,5');
  await page.getByRole('checkbox', { name: /^Name und Geburtsdatum/ }).check();
  await answer(page, 'Schmerz, 0 bis 10', '0');
  await answer(page, /^Sensibilität/, 'Nein');
  const sent = page.waitForRequest((request) => request.method() === 'POST' && /\/injections$/.test(request.url()));
  await page.getByRole('button', { name: 'Injektion erfassen', exact: true }).click();
  expect((await sent).postDataJSON()).toMatchObject({ volumeMl: 1.5 });
  await page.getByText('Die Injektion ist erfasst').waitFor();
  await speaksGerman(page);

  await page.goto(`${address()}/log-injection?patient=${patientId}&course=${courseId}`);
  await page
    .getByText(/^Zu früh|schon erfasst|schon am/)
    .first()
    .waitFor();
  await speaksGerman(page);
});

for (const role of ['nurse', 'physician', 'administrator'] as const)
  journey(
    `every page of the ${role} speaks German`,
    async () => {
      const physician = await ward.api('physician');
      const found = await findRecords((route, body) => send(physician, body ? 'POST' : 'GET', route, body));
      await physician.close();
      const page = await asGerman(role);
      const wrong: Record<string, string[]> = {};
      for (const { name, at } of PLACES.filter(({ roles }) => roles[0] === role)) {
        await page.goto(address() + at(found));
        await page.getByRole('heading', { level: 1 }).first().waitFor();
        await page.waitForFunction(
          () => document.querySelectorAll('[role=progressbar]:not([aria-valuenow]), .MuiSkeleton-root').length === 0,
        );
        const english = await notGerman(page);
        if (english.length > 0) wrong[name] = english;
      }
      expect(wrong).toEqual({});
    },
    180_000,
  );

journey('the language is chosen in the account menu, and this device remembers it', async () => {
  const page = await ward.as('physician');
  await page.getByRole('button', { name: /^Account of/ }).click();
  await page.getByRole('menuitem', { name: 'Deutsch' }).click();
  await page.getByRole('link', { name: /^Meldungen/ }).click();
  await page.getByRole('heading', { level: 1, name: 'Meldungen' }).waitFor();
  expect(await page.title()).toMatch(/^Meldungen/);
  await page.getByRole('button', { name: 'Warum' }).first().click();
  await page.getByText('Was die Regel gesehen hat').first().waitFor();
  await speaksGerman(page);
  await page.reload();
  await page.getByRole('heading', { level: 1, name: 'Meldungen' }).waitFor();
  expect(await page.evaluate(() => Object.keys(localStorage).sort())).toEqual(['vastus.language']);
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('de');
});
