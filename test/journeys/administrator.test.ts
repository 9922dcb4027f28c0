/** An administrator's day: a recall, who did what, what an import left out. Never a clinical fact. */
import { bundleFile, madeUpBundle } from './made-up-bundle.js';
import { address, choose, dayFrom, patientDueToday, send, theWard, untilListed } from './ward.js';

const { ward, journey } = theWard();

journey('a recalled lot is stopped in the nurse’s form, and who received it is one click away', async () => {
  const { patientId, lotNumber } = await patientDueToday(ward, { doses: [{ daysAgo: 90, site: 'ventrogluteal-right' }] });
  const page = await ward.as('administrator', '/lots');
  const row = page.getByRole('row').filter({ hasText: lotNumber });
  await untilListed(page, row);
  await page.getByRole('button', { name: `Recall: ${lotNumber}` }).click();
  const dialog = page.getByRole('dialog', { name: `Recall lot ${lotNumber}?` });
  await dialog.getByRole('textbox', { name: /Reason/ }).fill('Recall letter of the manufacturer');
  await dialog.getByRole('button', { name: 'Recall' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.goto(`${address()}/lots?show=all`);
  await untilListed(page, row);
  await row.getByText('Recalled').waitFor();
  await row.getByRole('link', { name: /1 injection from lot/ }).click();
  await page.getByRole('row').filter({ hasText: 'Ida' }).waitFor();

  const nurse = await ward.as('nurse', `/log-injection?patient=${patientId}`);
  await choose(nurse, /^Lot/, 'Not in the list: show all lots');
  await choose(nurse, /^Lot/, new RegExp(lotNumber));
  await nurse.getByText('The lot has been recalled. Do not use it.').first().waitFor();
  expect(await nurse.getByRole('button', { name: 'Record injection' }).isDisabled()).toBe(true);
});

journey('a lot is received', async () => {
  const page = await ward.as('administrator', '/lots');
  const { today } = await send<{ today: string }>(page.context(), 'GET', '/session');
  const lotNumber = `A${Math.random().toString(36).slice(2, 9).toUpperCase()}`;
  await page.getByRole('button', { name: 'Receive a lot' }).click();
  const dialog = page.getByRole('dialog', { name: 'Receive a lot' });
  await choose(page, /^Product/, /Hydroxocobalamin/);
  await dialog.getByRole('textbox', { name: /Lot number/ }).fill(lotNumber);
  await dialog.getByLabel(/^Expires/).fill(dayFrom(today, 400));
  await dialog.getByRole('button', { name: 'Receive' }).click();
  await dialog.waitFor({ state: 'hidden' });
  const { items } = await send<{ items: { lotNumber: string }[] }>(page.context(), 'GET', '/lots?usable=true&limit=100');
  expect(items.map((lot) => lot.lotNumber)).toContain(lotNumber);
});

journey('the audit trail says who read a chart and who recorded a dose', async () => {
  const { patientId, name } = await patientDueToday(ward, { doses: [{ daysAgo: 1, site: 'deltoid-left' }] });
  const physician = await ward.api('physician');
  await send(physician, 'GET', `/patients/${patientId}/chart`);
  const page = await ward.as('administrator', '/audit');
  await choose(page, 'Action', 'Chart read');
  const read = page.getByRole('row').filter({ hasText: 'Chart read' }).filter({ hasText: name });
  await read.filter({ hasText: 'Demo Physician' }).first().waitFor();
  await page.getByRole('row').filter({ hasText: 'Injection recorded' }).first().waitFor({ state: 'detached' });
  await choose(page, 'Action', 'Injection recorded');
  const recorded = page.getByRole('row').filter({ hasText: 'Injection recorded' }).filter({ hasText: name });
  await recorded.getByRole('button', { name: /^Show what changed/ }).click();
  await page
    .getByRole('columnheader', { name: 'After' })
    .or(page.getByText('After', { exact: true }))
    .first()
    .waitFor();
  await physician.close();
});

journey('an import says what it would do, what it did and what it left out; it can be read again later', async () => {
  const page = await ward.as('administrator', '/imports');
  const key = Math.random().toString(36).slice(2, 8);
  await page.locator('input[type=file]').setInputFiles(bundleFile(`ward-${key}.json`, madeUpBundle(key)));
  const card = page.getByRole('region', { name: `ward-${key}.json` });
  await card.getByText('will be registered').waitFor();
  await card.getByText('Why 1 entry is left out').click();
  await card.getByRole('row').filter({ hasText: '2085-9' }).waitFor();
  await card.getByRole('button', { name: /^Carry out/ }).click();
  await card.getByText('Everything in this report has been carried out.').waitFor();
  await page.reload();
  await page.getByRole('button', { name: new RegExp(`^Report: ward-${key}`) }).click();
  await page.getByText('Everything in this report has been carried out.').waitFor();
});

journey('no clinical record can be changed', async () => {
  const { patientId } = await patientDueToday(ward, { doses: [{ daysAgo: 1, site: 'deltoid-left' }] });
  const page = await ward.as('administrator', `/patients/${patientId}/show`);
  await page.getByRole('heading', { level: 2, name: 'Injections' }).waitFor();
  for (const name of ['Log injection', 'Report event', 'Enter result', 'Start course'])
    expect(await page.getByRole('link', { name }).count()).toBe(0);
  await page.goto(`${address()}/log-injection?patient=${patientId}`);
  await page.getByRole('heading', { level: 1, name: 'Your role does not permit this.' }).waitFor();
});
