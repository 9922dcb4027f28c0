// npm run screenshots: pictures of every page, light and dark, on a desk and on a tablet, from a product of its own that is thrown away
// afterwards. All of them go to docs/screenshots/all, which git ignores; the README's stand beside it.
import fs from 'node:fs';
import path from 'node:path';
import { findRecords, PLACES } from '../../test/journeys/places.mjs';
import { say, step } from './console.mjs';
import { asking, signIn, withThrowaway } from './throwaway.mjs';

const SIZES = { desk: { width: 1440, height: 900 }, tablet: { width: 820, height: 1180 } };
const THEMES = ['light', 'dark'];
/** What the README shows. */
const CHOSEN = [
  'nurse-today-desk-light',
  'log-injection-stopped-tablet-light',
  'report-event-desk-light',
  'alerts-desk-dark',
  'chart-laboratory-desk-dark',
  'administrator-home-desk-light',
];

const root = path.resolve(import.meta.dirname, '../..');
const shown = path.join(root, 'docs/screenshots');
const all = path.join(shown, 'all');
let browser;

async function main(url, opened) {
  browser = opened;
  fs.rmSync(all, { recursive: true, force: true });
  fs.mkdirSync(all, { recursive: true });
  const context = await signedIn(url, 'physician');
  const found = await findRecords(asking(context, url));
  await context.close();
  const places = [...PLACES.map(({ roles, ...place }) => ({ ...place, role: roles[0] })), { name: 'sign-in', role: null, at: () => '/' }];
  for (const [size, viewport] of Object.entries(SIZES))
    for (const theme of THEMES) await step(`${size}, ${theme}`, () => shoot(url, places, found, size, viewport, theme));
  await step('one sheet of them all', () => sheet(places.map(({ name }) => name)));
  for (const name of CHOSEN) fs.copyFileSync(path.join(all, `${name}.png`), path.join(shown, `${name}.png`));
  say(`${fs.readdirSync(all).length} pictures in ${path.relative(root, all)}, ${CHOSEN.length} of them for the README`);
}

async function signedIn(url, role, options = {}) {
  const context = await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce', ...options });
  if (role) await signIn(context, url, role);
  return context;
}

async function shoot(url, places, found, size, viewport, theme) {
  for (const role of [...new Set(places.map((place) => place.role))]) {
    const context = await signedIn(url, role, { viewport });
    await context.addInitScript((chosen) => localStorage.setItem('vastus.theme', chosen), theme);
    const page = await context.newPage();
    for (const { name, at, pose } of places.filter((place) => place.role === role)) {
      await page.goto(url + at(found));
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      await pose?.(page);
      await page.mouse.move(0, viewport.height - 1);
      await page.waitForLoadState('networkidle', { timeout: 1_500 }).catch(() => {}); // the stream of changes never ends
      await page.screenshot({ path: path.join(all, `${name}-${size}-${theme}.png`) });
    }
    await context.close();
  }
}

/** Everything on one sheet, as small as one can still tell the pages apart. */
async function sheet(names) {
  const page = await browser.newPage({ viewport: { width: 1600, height: 900 } });
  const pictures = names.map((name) => `<figure><img src="file://${all}/${name}-desk-light.png"><figcaption>${name}</figcaption></figure>`);
  const html = path.join(all, 'sheet.html');
  fs.writeFileSync(
    html,
    `<!doctype html><style>body{margin:16px;display:grid;grid-template-columns:repeat(5,1fr);gap:12px;font:12px system-ui;background:#dfe6e8}
    figure{margin:0}img{width:100%;border-radius:4px;display:block}figcaption{padding:3px 2px}</style>${pictures.join('')}`,
  );
  await page.goto(`file://${html}`);
  await page.screenshot({ path: path.join(shown, 'all-pages.jpg'), type: 'jpeg', quality: 72, fullPage: true });
  await page.close();
}

await withThrowaway('Screenshots', main);
