/** A physician with one patient: several alerts at once, what arrives meanwhile, an examination, the card that is printed. */
import { patientDueToday, send, theWard, type Ward } from './ward.js';

const { ward, journey } = theWard();

/** First dose more than three months ago and nothing since: blood to be drawn, and more. */
const neglected = (among: Ward) => patientDueToday(among, { doses: [{ daysAgo: 110, site: 'ventrogluteal-left' }] });

async function injure(among: Ward, patientId: string): Promise<string> {
  const nurse = await among.api('nurse');
  const { items } = await send<{ items: { id: string; givenAt: string }[] }>(nurse, 'GET', `/injections?patientId=${patientId}`);
  const { event } = await send<{ event: { id: string } }>(nurse, 'POST', `/patients/${patientId}/adverse-events`, {
    injectionId: items[0]!.id,
    onsetAt: items[0]!.givenAt,
    assessment: {
      onset: 'hours',
      distribution: 'localized',
      radiatingPain: false,
      lossOfConsciousness: false,
      course: 'stable',
      siteFindings: [],
    },
  });
  await nurse.close();
  return event.id;
}

journey('harmless alerts are taken on together and put back, and what arrives meanwhile moves nothing', async () => {
  const { patientId, name } = await neglected(ward);
  const page = await ward.as('physician', `/alerts?patient=${patientId}&role=physician`);
  const theirs = page.getByRole('region', { name });
  await theirs.getByRole('group').first().waitFor();
  const shown = () => theirs.locator('[data-alert]').evaluateAll((alerts) => alerts.map((alert) => alert.getAttribute('data-alert')));
  const before = await shown();

  await page.getByRole('button', { name: /^Choose (all|the harmless)/ }).click();
  await page.getByRole('button', { name: /^Take on \d+$/ }).click();
  await page.getByText(/\d+ taken on\./).waitFor();
  await theirs
    .getByText(/^Taken on by /)
    .first()
    .waitFor();
  await theirs
    .getByRole('button', { name: /^Put back/ })
    .first()
    .click();
  await page
    .getByText(/^Back as it was: /)
    .first()
    .waitFor();

  await injure(ward, patientId);
  const news = page.getByRole('button', { name: /^\d+ new$/ });
  await news.waitFor();
  expect(await shown()).toEqual(before);
  await news.click();
  await theirs
    .getByRole('button', { name: /^Decide the route/ })
    .first()
    .waitFor();
  expect((await shown()).length).toBeGreaterThan(before.length);
});

journey('an examination is made where the alert asks for it, beside what was found before, and stands in the timeline', async () => {
  const { patientId } = await patientDueToday(ward, { doses: [{ daysAgo: 1, site: 'ventrogluteal-left' }] });
  const eventId = await injure(ward, patientId);
  const page = await ward.as('physician', `/adverse-events/${eventId}/show?do=examine`);
  const form = page.getByRole('region', { name: 'Record an examination' });
  await form.getByRole('group', { name: 'Course since' }).getByLabel('Stable').click();
  await form
    .getByRole('group', { name: /^Tibialis anterior \(foot up\), left/ })
    .getByLabel('3', { exact: true })
    .click();
  await form.getByText('A grade below 5 on the injured side is a motor deficit.').waitFor();
  await form
    .getByRole('group', { name: /^Top of the foot/ })
    .getByLabel(/Reduced/)
    .click();
  const compared = form.getByRole('group', { name: 'Compared' }).getByRole('table');
  await compared.getByRole('row', { name: /^Tibialis anterior .* 3\/5$/ }).waitFor();
  await compared.getByRole('row', { name: /^Motor deficit strength normal . Yes$/ }).waitFor();
  await form.getByRole('button', { name: 'Save examination' }).click();
  await form.waitFor({ state: 'hidden' });
  await page.getByText(/Tibialis anterior \(foot up\), left: 3\/5/).waitFor();

  await page.getByRole('link', { name: 'Open chart' }).first().click();
  const timeline = page.getByRole('region', { name: 'Timeline' });
  await timeline.getByText('Examined: Stable').waitFor();
  await timeline.getByRole('combobox', { name: 'Show' }).click();
  await page.getByRole('option', { name: 'Examination' }).click();
  await timeline.getByText(/^Reaction reported/).waitFor({ state: 'hidden' });
  await timeline.getByText('Examined: Stable').waitFor();
});

journey('the chart prints as one page with who it is, what is closed and what is open', async () => {
  const { patientId, name } = await patientDueToday(ward, { doses: [{ daysAgo: 1, site: 'ventrogluteal-left' }] });
  await injure(ward, patientId);
  const page = await ward.as('physician', `/patients/${patientId}/show`);
  await page
    .getByText(/^IM injections on hold since/)
    .first()
    .waitFor();
  await page.emulateMedia({ media: 'print' });
  const card = page.locator('.record-card');
  await card.getByText(name).waitFor();
  await card.getByText(/^Closed for injections: .*Left ventrogluteal/).waitFor();
  await card.getByText(/Decide how treatment goes on/).waitFor();
  expect(await page.locator('main').isVisible()).toBe(false);
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  expect(pdf.match(/\/Type *\/Page\b/g)).toHaveLength(1);
});
