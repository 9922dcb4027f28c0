/** A vial's symbol on its way into the form: typed by a scanner, and seen by the camera of the device. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import bwipjs from 'bwip-js/node';
import type { Page } from 'playwright-core';
import { address, countInputs, dayFrom, patientDueToday, send, theWard } from './ward.js';

const GTIN = '04012345678901';
const LOT = 'CAM-7';
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'vastus-vial-'));
const video = path.join(folder, 'vial.y4m');
/** Far enough ahead for any day the clock is at. */
const EXPIRY = '301231';

const { ward, journey } = theWard(() => {
  fs.writeFileSync(video, film(`(01)${GTIN}(17)${EXPIRY}(10)${LOT}`));
  return ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${video}`];
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

/** One picture of a real GS1 DataMatrix, as an uncompressed film that a browser takes for a camera. */
function film(text: string): Buffer {
  const [symbol] = bwipjs.raw({ bcid: 'gs1datamatrix', text }) as unknown as { pixs: number[]; pixx: number; pixy: number }[];
  const { pixs, pixx, pixy } = symbol!;
  const [width, height, size] = [640, 480, 10];
  const light = Buffer.alloc(width * height, 235);
  const left = Math.floor((width - pixx * size) / 2);
  const top = Math.floor((height - pixy * size) / 2);
  for (let y = 0; y < pixy * size; y++)
    for (let x = 0; x < pixx * size; x++)
      if (pixs[Math.floor(y / size) * pixx + Math.floor(x / size)]) light[(top + y) * width + left + x] = 16;
  const colour = Buffer.alloc((width * height) / 2, 128);
  return Buffer.concat([Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\nFRAME\n`), light, colour]);
}

/**
 * A scanner is a keyboard that is quicker than any hand; the separator arrives as Ctrl+]. A key has the time at which it was made, so all
 * are made first: a page that is busy meanwhile makes no scanner slower.
 */
const scan = (page: Page, text: string) =>
  page.evaluate((typed) => {
    const pressed = (key: string, ctrlKey = false) => new KeyboardEvent('keydown', { key, ctrlKey, bubbles: true, cancelable: true });
    const keys = [...typed].map((character) => (character === '\u001d' ? pressed(']', true) : pressed(character)));
    for (const key of [...keys, pressed('Enter')]) document.activeElement!.dispatchEvent(key);
  }, text);

/** The hydroxocobalamin of the clinic has this number on its vials, and the lot is on the list. */
async function known(lotNumber: string): Promise<string> {
  const nurse = await ward.api('nurse');
  const { today } = await send<{ today: string }>(nurse, 'GET', '/session');
  const { items } = await send<{ items: { id: string; substance: string; gtins: string[] }[] }>(nurse, 'GET', '/products');
  const product = items.find(({ substance }) => substance === 'hydroxocobalamin')!;
  if (!product.gtins.includes(GTIN)) {
    const administrator = await ward.api('administrator');
    await send(administrator, 'POST', `/products/${product.id}/gtins`, { gtin: GTIN });
    await administrator.close();
  }
  const { items: lots } = await send<{ items: object[] }>(nurse, 'GET', `/lots?productId=${product.id}&lotNumber=${lotNumber}`);
  if (lots.length === 0) await send(nurse, 'POST', '/lots', { productId: product.id, lotNumber, expiresOn: dayFrom(today, 800) });
  await nurse.close();
  return product.id;
}

journey('with a scanner: five inputs from today’s list, by keyboard but for the first', async () => {
  await known('SCAN-1');
  const due = await patientDueToday(ward);
  const page = await ward.as('nurse', '/?list=due');
  const link = page.getByRole('link', { name: `Log injection for ${due.name}` });
  const more = page.getByRole('button', { name: 'Show more' });
  await link.or(more).first().waitFor();
  while ((await link.count()) === 0 && (await more.isVisible())) await more.click();
  const inputs = await countInputs(page);
  const since = performance.now();
  await link.click();
  await page.getByRole('checkbox', { name: /Name and birth date said/ }).waitFor();
  await page.keyboard.press('Space');
  expect(await page.getByRole('checkbox', { name: /Name and birth date said/ }).isChecked()).toBe(true);
  await scan(page, `]d201${GTIN}17${EXPIRY}10SCAN-1\u001d21X9`);
  await page.getByText(/^Lot SCAN-1/).waitFor();
  await page.getByRole('button', { name: /^All normal/ }).click();
  await page.getByText('Nothing against it').waitFor();
  await page.keyboard.press('Control+Enter');
  await page.getByText('The injection is recorded').waitFor();
  const waited = performance.now() - since;
  const needed = await inputs();
  console.info(
    `With a scanner a dose takes ${needed} inputs; the product and the machine of the test took ${Math.round(waited)} ms of it.`,
  );
  // Ctrl and Enter are two presses of one chord.
  expect(needed).toBeLessThanOrEqual(6);
  const { items } = await send<{ items: { lotNumber: string }[] }>(page.context(), 'GET', `/injections?patientId=${due.patientId}`);
  expect(items).toMatchObject([{ lotNumber: 'SCAN-1' }]);
});

journey('a lot nobody here has received yet is received without leaving the form', async () => {
  await known('SCAN-1');
  const due = await patientDueToday(ward);
  const page = await ward.as('nurse', `/log-injection?patient=${due.patientId}`);
  await page.getByRole('checkbox', { name: /Name and birth date said/ }).waitFor();
  const lotNumber = `NEW-${Math.random().toString(36).slice(2, 8).toUpperCase()}`;
  await scan(page, `01${GTIN}17${EXPIRY}10${lotNumber}`);
  await page.getByRole('button', { name: 'Receive it' }).click();
  await page.getByText(/received and chosen/).waitFor();
  expect(await page.getByRole('combobox', { name: /^Lot/ }).textContent()).toContain(lotNumber);
});

journey('with the camera: a real symbol is seen, decoded under our own policy, and fills the lot', async () => {
  await known(LOT);
  const due = await patientDueToday(ward);
  const page = await ward.as('nurse', `/log-injection?patient=${due.patientId}`);
  await page.context().grantPermissions(['camera'], { origin: address() });
  await page.getByRole('button', { name: 'Camera' }).click();
  await page.getByText(new RegExp(`^Lot ${LOT}`)).waitFor({ timeout: 40_000 });
  expect(await page.getByRole('combobox', { name: /^Lot/ }).textContent()).toContain(LOT);
  expect(await page.getByRole('dialog').count()).toBe(0);
});
