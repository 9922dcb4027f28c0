/** A physician's day: the queue from the keyboard, why an alert exists, how treatment goes on after an injury. */
import type { Page } from 'playwright-core';
import { address, answer, patientDueToday, send, theWard, type Ward } from './ward.js';

const { ward, journey } = theWard();

/** Somebody whose injection of an hour ago hurt a nerve: urgent alerts, a hold, a clock. */
async function injuredPatient(among: Ward) {
  const made = await patientDueToday(among, { doses: [{ daysAgo: 1, site: 'ventrogluteal-left' }] });
  const nurse = await among.api('nurse');
  const { items } = await send<{ items: { id: string; givenAt: string }[] }>(nurse, 'GET', `/injections?patientId=${made.patientId}`);
  await send(nurse, 'POST', `/patients/${made.patientId}/adverse-events`, {
    injectionId: items[0]!.id,
    onsetAt: items[0]!.givenAt,
    assessment: {
      onset: 'seconds-to-minutes',
      distribution: 'dermatomal',
      motor: 'foot-or-wrist-drop',
      radiatingPain: true,
      lossOfConsciousness: false,
      course: 'stable',
      siteFindings: [],
    },
  });
  await nurse.close();
  return made;
}

const focused = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute('data-alert') ?? null);
const statesOf = async (page: Page, patientId: string) => {
  const query = `/alerts?ownerRole=physician&patientId=${patientId}&limit=50`;
  const { items } = await send<{ items: { id: string; state: string }[] }>(page.context(), 'GET', query);
  return Object.fromEntries(items.map(({ id, state }) => [id, state]));
};

journey('the queue is worked from the keyboard: on, back, why, taken on, snoozed, done', async () => {
  const { patientId, name } = await injuredPatient(ward);
  const page = await ward.as('physician', `/alerts?patient=${patientId}`);
  const theirs = page.getByRole('region', { name });
  await theirs.getByRole('group').first().waitFor();
  const alerts = await theirs.getByRole('group').evaluateAll((groups) => groups.map((group) => group.getAttribute('data-alert')));
  expect(alerts.length).toBeGreaterThanOrEqual(3);

  await page.keyboard.press('j');
  expect(await focused(page)).toBe(alerts[0]);
  await page.keyboard.press('j');
  expect(await focused(page)).toBe(alerts[1]);
  await page.keyboard.press('k');
  expect(await focused(page)).toBe(alerts[0]);

  await page.keyboard.press('w');
  await theirs.getByText('What the rule saw').first().waitFor();
  await theirs
    .getByText(/^AE-URGENT|AE-URGENT$/)
    .first()
    .waitFor();
  await page.keyboard.press('w');

  await page.keyboard.press('a');
  await page
    .getByText(/^Taken on: /)
    .first()
    .waitFor();
  expect((await statesOf(page, patientId))[alerts[0]!]).toBe('acknowledged');

  const second = await focusOn(1);
  await page.keyboard.press('s');
  await page.getByRole('dialog').getByRole('button', { name: 'Tomorrow' }).click();
  await page
    .getByText(/^Snoozed: /)
    .first()
    .waitFor();
  expect((await statesOf(page, patientId))[second]).toBeUndefined();

  const first = await focusOn(0);
  await page.keyboard.press('r');
  await answer(page, 'Outcome', 'Examined');
  await page.getByRole('dialog').getByRole('button', { name: 'Close the alert' }).click();
  await page
    .getByText(/^Done: /)
    .first()
    .waitFor();
  expect((await statesOf(page, patientId))[first]).toBeUndefined();

  await page.getByRole('tab', { name: 'Ended' }).click();
  await page.getByText(/Examined · /).waitFor();

  async function focusOn(place: number): Promise<string> {
    const target = theirs.getByRole('group').nth(place);
    await target.focus();
    return (await target.getAttribute('data-alert'))!;
  }
});

journey(
  'after an injury the physician decides how treatment goes on: by mouth, and every list says so; elsewhere, and the hold ends',
  async () => {
    const { patientId, name } = await injuredPatient(ward);
    const page = await ward.as('physician', `/patients/${patientId}/show`);
    const held = page.getByRole('alert').getByText(/^IM injections on hold since/);
    await held.waitFor();
    await page
      .getByText(/suspected nerve injury/)
      .first()
      .waitFor();
    const decide = async (choice: string, reason: string) => {
      await page.getByRole('alert').getByRole('button', { name: 'Decide the route' }).click();
      const dialog = page.getByRole('dialog', { name: 'How does treatment go on?' });
      await dialog.getByRole('radio', { name: new RegExp(`^${choice}`) }).check();
      await dialog.getByRole('textbox', { name: 'Reason' }).fill(reason);
      await dialog.getByRole('button', { name: 'Decide' }).click();
      await dialog.waitFor({ state: 'hidden' });
      await page
        .getByText(new RegExp(`^Decided: ${choice}`))
        .first()
        .waitFor();
    };
    await decide('Oral replacement', 'Tablets until the nerve has been examined again');
    await page.getByRole('link', { name: 'Home', exact: true }).click();
    await page.getByRole('link', { name: /^Patients on IM hold/ }).click();
    const row = page.getByRole('row').filter({ hasText: name });
    await row.getByText('IM on hold · oral instead').waitFor();
    await row.click();
    await held.waitFor();

    await decide('Continue IM elsewhere', 'Severe malabsorption; the other side is unharmed');
    await held.waitFor({ state: 'hidden' });
    await page.getByText('Restricted sites').waitFor();
  },
);

journey('a stop is overridden by a physician, in writing', async () => {
  const { patientId, lotNumber } = await patientDueToday(ward);
  const page = await ward.as('physician', `/log-injection?patient=${patientId}`);
  await page.getByRole('checkbox', { name: /Name and birth date said/ }).check();
  await page.getByRole('combobox', { name: /^Lot/ }).click();
  await page.getByRole('option', { name: new RegExp(lotNumber) }).click();
  await page
    .getByRole('radio', { name: /^Left dorsogluteal/ })
    .locator('.spot')
    .click();
  await page.getByRole('button', { name: 'Override…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Go on in spite of the stop?' });
  const confirm = dialog.getByRole('button', { name: 'Record with override' });
  expect(await confirm.isDisabled()).toBe(true);
  await dialog.getByRole('textbox', { name: /Reason/ }).fill('Both thighs and both hips are in plaster');
  await confirm.click();
  await page.getByRole('status').filter({ hasText: 'recorded' }).waitFor();
  await page.goto(`${address()}/injections?patient=${patientId}`);
  await page.getByRole('row').filter({ hasText: 'Override' }).waitFor();
});

journey('the home of the day leads to the worst alert', async () => {
  const { name } = await injuredPatient(ward);
  const page = await ward.as('physician');
  await page.getByRole('heading', { level: 1, name: /^Good day/ }).waitFor();
  await page.getByRole('link', { name: 'All alerts' }).click();
  await page.getByRole('heading', { level: 1, name: 'Alerts' }).waitFor();
  await page.getByRole('region', { name }).waitFor();
});
