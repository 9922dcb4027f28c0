/** What an administrator is asked when something went wrong: who got that lot, who changed this, send the case on. */
import fs from 'node:fs';
import { address, choose, patientDueToday, send, theWard, untilListed } from './ward.js';

const { ward, journey } = theWard();
const REASON = 'Recall letter of the manufacturer';

/** Somebody with numbness after yesterday's dose. */
async function reaction() {
  const made = await patientDueToday(ward, { doses: [{ daysAgo: 1, site: 'ventrogluteal-right' }] });
  const nurse = await ward.api('nurse');
  const { items } = await send<{ items: { id: string; givenAt: string }[] }>(nurse, 'GET', `/injections?patientId=${made.patientId}`);
  const { event } = await send<{ event: { id: string } }>(nurse, 'POST', `/patients/${made.patientId}/adverse-events`, {
    injectionId: items[0]!.id,
    onsetAt: items[0]!.givenAt,
    narrative: 'Electric pain down the leg while the needle was in.',
    assessment: { onset: 'seconds-to-minutes', distribution: 'dermatomal', motor: 'none', radiatingPain: true },
  });
  await nurse.close();
  return { ...made, eventId: event.id };
}

journey('a lot is recalled: who got it, and who has been told', async () => {
  const { name, lotNumber } = await patientDueToday(ward, { doses: [{ daysAgo: 30, site: 'deltoid-left' }] });
  const page = await ward.as('administrator', '/lots');
  await untilListed(page, page.getByRole('row').filter({ hasText: lotNumber }));
  await page.getByRole('button', { name: `Recall: ${lotNumber}` }).click();
  const dialog = page.getByRole('dialog', { name: `Recall lot ${lotNumber}?` });
  await dialog.getByRole('textbox', { name: /Reason/ }).fill(REASON);
  await dialog.getByRole('button', { name: 'Recall' }).click();
  await page.getByRole('heading', { level: 1, name: `Who received lot ${lotNumber}` }).waitFor();
  await page.getByText(`Demo Administrator · ${REASON}`).waitFor();
  const row = page.getByRole('row').filter({ hasText: name });
  await row.getByText('Not tried yet').waitFor();
  await row.getByRole('link', { name: /5550100/ }).waitFor();

  for (const [outcome, note] of [
    ['Not reached', 'Calls back in the evening'],
    ['Told what to do', 'Watches the arm'],
  ] as const) {
    await row.getByRole('button', { name: /^Record contact/ }).click();
    const contact = page.getByRole('dialog', { name: 'What came of the contact' });
    await contact.getByLabel(outcome, { exact: true }).click();
    await contact.getByRole('textbox', { name: 'Note' }).fill(note);
    await contact.getByRole('button', { name: 'Save' }).click();
    await contact.waitFor({ state: 'hidden' });
    await row.getByText(note).waitFor();
  }
  await row.getByText(/2 attempts/).waitFor();
  await page.getByText('1 of 1 settled').waitFor();
  await choose(page, 'Contact', 'Still to tell');
  await page.getByText('Nobody is in this state.').waitFor();
  await choose(page, 'Contact', 'Any');
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'List as CSV' }).click()]);
  const table = fs.readFileSync(await file.path(), 'utf8');
  expect(table.startsWith('\uFEFFRecord number,')).toBe(true);
  expect(table).toContain('Watches the arm');
});

journey('who changed this patient’s phone number?', async () => {
  const { patientId } = await patientDueToday(ward, { doses: [{ daysAgo: 1, site: 'deltoid-left' }] });
  const nurse = await ward.as('nurse', `/patients/${patientId}`);
  await nurse.getByRole('textbox', { name: /^Phone|^Telephone/ }).fill('+49 40 5550199');
  await nurse.getByRole('button', { name: 'Save' }).click();
  await nurse.getByRole('heading', { level: 2, name: 'Injections' }).waitFor();

  const page = await ward.as('administrator', `/patients/${patientId}/show`);
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Who changed what' }).click();
  await page.getByRole('heading', { level: 1, name: 'Audit trail' }).waitFor();
  const entry = page.getByRole('row').filter({ hasText: 'Patient record changed' }).first();
  await entry.getByText('Demo Nurse').waitFor();
  await entry.getByRole('button', { name: /^Show what changed/ }).click();
  const change = page.getByRole('row', { name: /^Telephone/ });
  await change.getByText('+49 40 5550100').waitFor();
  await change.getByText('+49 40 5550199').waitFor();
  // Reading is noisy, and is left out on this way in.
  expect(await page.getByRole('row').filter({ hasText: 'Chart read' }).count()).toBe(0);
  expect(new URL(page.url()).search).not.toMatch(/Walker|5550/);
});

journey('send this case to the authority', async () => {
  const { name, eventId } = await reaction();
  const page = await ward.as('administrator', '/adverse-events');
  const row = await untilListed(page, page.getByRole('row').filter({ hasText: name }));
  await row.getByRole('link', { name: /^Open/ }).click();
  await page.getByRole('heading', { level: 2, name: 'Completeness' }).waitFor();
  await page.getByText('How it went on: nobody has looked again').waitFor();
  expect(await page.getByRole('button', { name: 'Assess or complete' }).count()).toBe(0);

  const [pdf] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Report as PDF' }).click()]);
  expect(pdf.suggestedFilename()).toBe(`adverse-event-${eventId}.pdf`);
  expect(
    fs
      .readFileSync(await pdf.path())
      .subarray(0, 5)
      .toString(),
  ).toBe('%PDF-');
  const [json] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Report as JSON' }).click()]);
  expect(JSON.parse(fs.readFileSync(await json.path(), 'utf8'))).toMatchObject({ caseId: eventId, D: { route: 'Intramuscular' } });

  await page.getByRole('button', { name: 'Note where it was sent' }).click();
  const dialog = page.getByRole('dialog', { name: 'Note where it was sent' });
  await dialog.getByRole('textbox', { name: 'Authority' }).fill('National agency');
  await dialog.getByRole('textbox', { name: 'Their reference' }).fill('A-2026-17');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByText('A-2026-17').waitFor();

  await page.goto(`${address()}/audit`);
  await choose(page, 'Action', 'Reactions downloaded');
  await page.getByRole('row').filter({ hasText: 'Reactions downloaded' }).filter({ hasText: name }).first().waitFor();
});

journey('a physician assesses what a nurse reported; the earlier version stays readable', async () => {
  const { eventId } = await reaction();
  const page = await ward.as('physician', `/adverse-events/${eventId}/show`);
  await page.getByRole('button', { name: 'Assess or complete' }).click();
  const dialog = page.getByRole('dialog', { name: 'What is known now' });
  await choose(page, 'Causality (WHO-UMC)', 'Probable');
  await dialog.getByRole('group', { name: 'Serious' }).getByLabel('No', { exact: true }).click();
  await dialog.getByRole('textbox', { name: /Why it is changed/ }).fill('Examined and assessed today');
  await dialog.getByRole('button', { name: 'Save as a new version' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByRole('heading', { level: 2, name: 'Versions' }).waitFor();
  await page
    .getByRole('row', { name: /^Causality/ })
    .getByText('Probable')
    .waitFor();
  await page.getByText('As it was first reported').waitFor();

  const nurse = await ward.as('nurse', `/adverse-events/${eventId}/show`);
  await nurse.getByRole('button', { name: 'Add what is known now' }).click();
  await nurse.getByText('Grade, seriousness, causality and how it ended are assessed by a physician.').waitFor();
  expect(await nurse.getByRole('combobox', { name: 'Causality (WHO-UMC)' }).count()).toBe(0);
});

journey('reactions per 1,000 injections, with what they could be', async () => {
  await reaction();
  const page = await ward.as('administrator', '/adverse-events?view=rates');
  const table = page.getByRole('group', { name: 'Site' });
  await table.getByRole('row', { name: /Right ventrogluteal/ }).waitFor();
  for (const group of ['Product', 'Lot', 'Month']) {
    await page.getByLabel(group, { exact: true }).click();
    await page.getByRole('group', { name: group }).getByRole('row').nth(1).waitFor();
  }
  // A year of days touches thirteen months: the running one is in the plot, too.
  const running = await page.getByRole('group', { name: 'Month' }).getByRole('row').last().locator('td, th').first().textContent();
  await page.getByRole('img', { name: new RegExp(`Month.*${running}`) }).waitFor();
  await page.getByLabel('Use errors', { exact: true }).first().click();
  await page.getByRole('heading', { level: 1, name: 'Adverse events' }).waitFor();
});
