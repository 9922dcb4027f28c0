/** A nurse's day: the list, the dose, the slip taken back, the phone, the dose that was not given, a result, a password in between. */
import type { Page } from 'playwright-core';
import {
  address,
  answer,
  choose,
  countInputs,
  emailOf,
  normalBaseline,
  openDue,
  PASSWORD,
  patientDueToday,
  send,
  theWard,
} from './ward.js';

const { ward, journey } = theWard();
/** What the design promises for the usual dose. */
const MOST_INPUTS = 8;

const givenTo = async (page: Page, patientId: string) => {
  const { items } = await send<{ items: { status: string; state: string }[] }>(
    page.context(),
    'GET',
    `/injections?patientId=${patientId}&limit=50`,
  );
  return items.filter(({ status }) => status === 'given');
};

journey('from today’s list to a recorded dose in eight inputs at most, and back again', async () => {
  const due = await patientDueToday(ward);
  const page = await ward.as('nurse');
  const inputs = await countInputs(page);
  await (await openDue(page, due.name)).getByRole('link', { name: /^Log injection for/ }).waitFor();
  const before = await inputs();
  await page.getByRole('link', { name: `Log injection for ${due.name}` }).click();
  await page.getByRole('checkbox', { name: /Name and birth date said/ }).check();
  await choose(page, /^Lot/, new RegExp(due.lotNumber));
  await normalBaseline(page);
  await page.getByText('Nothing against it').waitFor();
  await page.getByRole('button', { name: 'Record injection' }).click();
  const recorded = page.getByRole('status').filter({ hasText: 'recorded' });
  await recorded.waitFor();
  const needed = (await inputs()) - before;
  console.info(`A dose from today's list takes ${needed} inputs.`);
  expect(needed).toBeLessThanOrEqual(MOST_INPUTS);
  expect(await givenTo(page, due.patientId)).toHaveLength(1);

  await page.getByRole('button', { name: /Undo|Take back/ }).click();
  const asking = page.getByRole('dialog');
  await asking.getByRole('textbox', { name: /Reason/ }).fill('Wrong patient was chosen');
  await asking.getByRole('button').last().click();
  await asking.waitFor({ state: 'hidden' });
  expect(await givenTo(page, due.patientId)).toMatchObject([{ state: 'voided' }]);
  await page.goto(address());
  await (await openDue(page, due.name)).getByRole('link', { name: /^Log injection for/ }).waitFor();
});

journey('the next patient of the day is given the same lot without asking', async () => {
  const [first, second] = [await patientDueToday(ward), await patientDueToday(ward)];
  const page = await ward.as('nurse', `/log-injection?patient=${first.patientId}`);
  const identity = page.getByRole('checkbox', { name: /Name and birth date said/ });
  const lot = page.getByRole('combobox', { name: /^Lot/ });
  await identity.check();
  await choose(page, /^Lot/, new RegExp(first.lotNumber));
  await normalBaseline(page);
  await page.getByRole('button', { name: 'Record injection' }).click();
  await page.getByRole('button', { name: 'Next patient' }).click();
  await page.getByRole('combobox', { name: 'Patient', exact: true }).fill(second.name.slice(0, -5));
  await page.getByRole('option', { name: new RegExp(second.name) }).click();
  await identity.waitFor();
  expect(await identity.isChecked()).toBe(false);
  expect(await lot.textContent()).toContain(first.lotNumber);
  expect(await page.getByRole('group', { name: 'Pain, 0 to 10' }).getByLabel('0', { exact: true }).isChecked()).toBe(false);
});

journey('a double click, the way back and a fresh page never make two injections', async () => {
  const due = await patientDueToday(ward);
  const page = await ward.as('nurse');
  await (await openDue(page, due.name)).getByRole('link', { name: /^Log injection for/ }).click();
  await page.getByRole('checkbox', { name: /Name and birth date said/ }).check();
  await choose(page, /^Lot/, new RegExp(due.lotNumber));
  await normalBaseline(page);
  await page.getByRole('button', { name: 'Record injection' }).dblclick();
  await page.getByRole('status').filter({ hasText: 'recorded' }).waitFor();
  await page.goBack();
  await page.goForward();
  // The form is empty again and says that the dose is there.
  await page
    .getByText(/^Too early/)
    .first()
    .waitFor();
  await page.reload();
  await page.getByRole('checkbox', { name: /Name and birth date said/ }).waitFor();
  expect(await givenTo(page, due.patientId)).toHaveLength(1);
});

journey('a session that ends in the middle of the form costs a password and nothing typed', async () => {
  const due = await patientDueToday(ward);
  const page = await ward.as('nurse', `/log-injection?patient=${due.patientId}`);
  await page.getByRole('checkbox', { name: /Name and birth date said/ }).check();
  await choose(page, /^Lot/, new RegExp(due.lotNumber));
  await normalBaseline(page);
  await page.getByRole('textbox', { name: 'Note' }).fill('prefers the left side');
  await page.context().clearCookies();
  await page.getByRole('button', { name: 'Record injection' }).click();
  const again = page.getByRole('dialog', { name: 'Sign in again' });
  await again.getByRole('textbox', { name: 'E-mail' }).waitFor();
  expect(await again.getByRole('textbox', { name: 'E-mail' }).inputValue()).toBe(emailOf('nurse'));
  await again.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await again.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('status').filter({ hasText: 'recorded' }).waitFor();
  expect(await givenTo(page, due.patientId)).toMatchObject([{ note: 'prefers the left side' }]);
});

journey('somebody who did not come is phoned, and the dose stays due', async () => {
  const due = await patientDueToday(ward);
  const page = await ward.as('nurse');
  const row = await openDue(page, due.name);
  expect(await row.getByRole('link', { name: /^Call/ }).getAttribute('href')).toBe('tel:+49405550100');
  await row.getByRole('button', { name: /^Not given/ }).click();
  const asking = page.getByRole('dialog', { name: 'Dose not given' });
  await asking.getByRole('textbox', { name: /Why not/ }).fill('Comes tomorrow');
  await asking.getByRole('button', { name: 'Record' }).click();
  await page.getByText('Recorded as not given').first().waitFor();
  await (await openDue(page, due.name)).waitFor();
  expect(await givenTo(page, due.patientId)).toEqual([]);
});

journey('a result is entered in the laboratory’s unit and read in ours', async () => {
  const due = await patientDueToday(ward);
  const page = await ward.as('nurse', `/enter-result?patient=${due.patientId}`);
  await choose(page, 'Unit', 'pg/mL');
  await page.getByRole('textbox', { name: 'Value' }).fill('300,0');
  await page.getByText('counts as 221.4 pmol/L').waitFor();
  await page.getByRole('button', { name: 'Save result' }).click();
  await page.getByRole('status').filter({ hasText: 'Saved: Vitamin B12' }).waitFor();
  await page.goto(`${address()}/patients/${due.patientId}/show`);
  await page.getByRole('button', { name: 'Table' }).click();
  await page.getByRole('row').filter({ hasText: '221.4 pmol/L' }).filter({ hasText: '300 pg/mL' }).waitFor();
});

journey('a closed site is not offered, a chosen one is stopped before the needle', async () => {
  const due = await patientDueToday(ward, { doses: [{ daysAgo: 70, site: 'ventrogluteal-right' }] });
  const page = await ward.as('nurse', `/log-injection?patient=${due.patientId}`);
  await page
    .getByRole('radio', { name: /^Left dorsogluteal/ })
    .locator('.spot')
    .click();
  await page.getByText('Dorsogluteal: the sciatic nerve is close. Use the ventrogluteal site.').first().waitFor();
  expect(await page.getByRole('button', { name: 'Record injection' }).isDisabled()).toBe(true);
  await page
    .getByRole('radio', { name: /^Left ventrogluteal/ })
    .locator('.spot')
    .click();
  await page.getByRole('button', { name: 'Record injection', disabled: false }).waitFor();
  await answer(page, /^Sensation/, /one side/i);
  await page.getByRole('group', { name: 'Where' }).waitFor();
});
