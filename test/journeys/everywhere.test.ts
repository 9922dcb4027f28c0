/** What holds for every page: the search, a network that comes and goes, other tabs, the installed program. */
import type { Page } from 'playwright-core';
import { address, normalBaseline, patientDueToday, send, theWard } from './ward.js';

const { ward, journey } = theWard();

const givenTo = async (page: Page, patientId: string) =>
  (await send<{ items: unknown[] }>(page.context(), 'GET', `/injections?patientId=${patientId}&limit=50`)).items;

/** Fills the form for the usual dose, up to the last button. */
async function fillDose(page: Page, lotNumber: string): Promise<void> {
  await page.getByRole('checkbox', { name: /Name and birth date said/ }).check();
  await page.getByRole('combobox', { name: /^Lot/ }).click();
  await page.getByRole('option', { name: new RegExp(lotNumber) }).click();
  await normalBaseline(page);
  await page.getByText('Nothing against it').waitFor();
}

/** A browser without a network complains of it; that is what these journeys want. */
function forgiveTheNetwork(): void {
  ward.complaints.splice(
    0,
    ward.complaints.length,
    ...ward.complaints.filter((text) => !/ERR_INTERNET_DISCONNECTED|ERR_FAILED/.test(text)),
  );
}

journey('by keyboard alone: Ctrl-K, a name, the chart; and again, what is to be done with the patient', async () => {
  const { name, patientId } = await patientDueToday(ward);
  const page = await ward.as('nurse');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.keyboard.press('Control+k');
  await page.waitForFunction(() => document.activeElement?.tagName === 'INPUT');
  await page.keyboard.type(name.split(',')[0]!);
  await page.getByRole('option', { name: new RegExp(name) }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('option', { name: 'Open the chart' }).waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/patients/${patientId}/show`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForFunction(() => document.activeElement?.id === 'main');
  expect(page.url()).not.toContain(name.split(',')[0]!);

  await page.keyboard.press('Control+k');
  await page.waitForFunction(() => document.activeElement?.tagName === 'INPUT');
  await page.keyboard.type(name.split(',')[0]!);
  await page.getByRole('option', { name: new RegExp(name) }).waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.type('react');
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/report-event?patient=${patientId}`);
});

journey('the network goes while a dose is recorded: it is kept, said, and written once when the network is back', async () => {
  const { patientId, lotNumber } = await patientDueToday(ward);
  const page = await ward.as('nurse', `/log-injection?patient=${patientId}`);
  await fillDose(page, lotNumber);
  await page.context().setOffline(true);
  await page.getByRole('button', { name: 'Record injection' }).click();
  await page.getByText('No connection to the server.').waitFor();
  await page.context().setOffline(false);
  await page.getByRole('status').filter({ hasText: 'The injection is recorded' }).waitFor();
  await page.getByText('No connection to the server.').waitFor({ state: 'hidden' });
  expect(await givenTo(page, patientId)).toHaveLength(1);
  forgiveTheNetwork();
});

journey('whoever would lose what was typed is asked; signing out in one tab closes the other, but keeps a form', async () => {
  const { patientId } = await patientDueToday(ward);
  const page = await ward.as('nurse', `/enter-result?patient=${patientId}`);
  const other = await page.context().newPage();
  await other.goto(address());
  await other.getByRole('heading', { level: 1 }).waitFor();
  await page.getByRole('textbox').last().fill('typed and not sent');
  await page.getByRole('link', { name: 'Alerts' }).click();
  await page.getByRole('alertdialog', { name: 'Leave without saving?' }).getByRole('button', { name: 'Stay' }).click();
  await page.getByRole('alertdialog').waitFor({ state: 'hidden' });
  expect(page.url()).toContain('/enter-result');

  await other.getByRole('button', { name: /^Account of/ }).click();
  await other.getByRole('menuitem', { name: 'Sign out' }).click();
  await other.getByRole('button', { name: 'Sign in' }).waitFor();
  await page.getByRole('dialog', { name: 'Sign in again' }).waitFor();
});

/** Everything a browser keeps, as text. */
const keptBy = (page: Page) =>
  page.evaluate(async () => {
    const caches_ = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()));
    return JSON.stringify([
      location.href,
      history.state,
      { ...localStorage },
      { ...sessionStorage },
      document.cookie,
      document.title,
      (await indexedDB.databases()).map(({ name }) => name),
      caches_.flat().map(({ url }) => url),
      performance.getEntries().map(({ name }) => name),
    ]);
  });

journey('whom somebody looks for is in no address that is asked or shown, and in nothing the browser keeps', async () => {
  const { name, patientId } = await patientDueToday(ward);
  const [family = ''] = name.split(',');
  const page = await ward.as('nurse');
  const addresses: string[] = [];
  page.on('request', (request) => addresses.push(request.url(), request.headers()['referer'] ?? ''));
  page.on('framenavigated', (frame) => addresses.push(frame.url()));
  const kept: string[] = [];
  const found = async (at: Page) => {
    await at.getByText(name).first().waitFor();
    kept.push(await keptBy(at));
  };

  await page.getByRole('navigation').getByText('Patients', { exact: true }).click();
  await page.getByRole('searchbox').fill(family);
  await found(page);
  await page.getByRole('searchbox').fill('4.3.1961 walker');
  await page
    .getByText(/^Walker/)
    .first()
    .waitFor();
  await page.getByRole('searchbox').fill(family);
  await page.getByRole('row').filter({ hasText: name }).click();
  await page.waitForURL(new RegExp(`/patients/${patientId}/show`));
  await found(page);
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Search patients and actions' }).fill(family);
  await page.getByRole('option', { name: new RegExp(name) }).click();
  await page.getByRole('option', { name: 'Log an injection' }).click();
  await page.waitForURL(/\/log-injection/);
  await found(page);
  await page.goto(`${address()}/enter-result`);
  await page.getByRole('combobox', { name: 'Patient', exact: true }).fill('04/03/1961');
  await page
    .getByRole('option', { name: /^Walker/ })
    .first()
    .waitFor();
  await page.getByRole('combobox', { name: 'Patient', exact: true }).fill(family);
  await page.getByRole('option', { name: new RegExp(name) }).click();
  await found(page);
  await page.reload();
  kept.push(await keptBy(page));

  expect(addresses.filter((one) => one.endsWith('/api/patients/search?limit=6')).length).toBeGreaterThan(0);
  const telling = new RegExp(`walker|${family}|1961-03-04|0?4[./]0?3[./]1961`, 'i');
  expect([...addresses, ...kept].filter((one) => telling.test(decodeURIComponent(one)))).toEqual([]);
});

journey('installed, it opens without a network and has kept no answer of the API', async () => {
  const page = await ward.as('nurse');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  const manifest = await page.evaluate(async () => (await fetch('/manifest.webmanifest')).json());
  expect(manifest).toMatchObject({ name: 'Vastus', display: 'standalone', start_url: '/' });
  for (const { src } of manifest.icons) expect((await page.context().request.get(`${address()}${src}`)).ok()).toBe(true);
  const kept = await page.evaluate(async () => {
    const caches_ = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()));
    return caches_.flat().map(({ url }) => new URL(url).pathname);
  });
  expect(kept.length).toBeGreaterThan(20);
  expect(kept.filter((path) => path.startsWith('/api'))).toEqual([]);
  expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => !key.startsWith('vastus.')))).toEqual([]);

  await page.context().setOffline(true);
  await page.reload();
  await page
    .getByText(/No connection|not available/)
    .first()
    .waitFor();
  await page.context().setOffline(false);
  forgiveTheNetwork();
});
