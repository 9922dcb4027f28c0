// npm run screenshots: pictures of every page, light and dark, on a desk and on a tablet, from a product of its own that is thrown away
// afterwards. All of them go to docs/screenshots/all, which git ignores; the README's stand beside it.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openChromium } from '../../test/journeys/chromium.mjs';
import { bold, report, say, step } from './console.mjs';

const PASSWORD = 'vastus-demo-2026';
const SIZES = { desk: { width: 1440, height: 900 }, tablet: { width: 820, height: 1180 } };
const THEMES = ['light', 'dark'];
/** What the README shows. */
const CHOSEN = [
  'nurse-today-desk-light',
  'log-injection-desk-light',
  'log-injection-stopped-tablet-light',
  'report-event-desk-light',
  'alerts-desk-dark',
  'chart-on-hold-desk-light',
  'chart-laboratory-desk-dark',
  'administrator-home-desk-light',
];

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'vastus-screenshots-'));
process.env.VASTUS_DATA_DIR = folder; // read when the modules below are loaded
const { build } = await import('./build.mjs');
const { endAll, keepRunning, untilReady } = await import('./children.mjs');
const { install } = await import('./install.mjs');
const { database, root } = await import('./layout.mjs');
const { freePort, removePostgres } = await import('./postgres.mjs');
const { applicationEnvironment, openDatabase } = await import('./stack.mjs');

const shown = path.join(root, 'docs/screenshots');
const all = path.join(shown, 'all');
let server;
let browser;

async function main() {
  await install();
  await build();
  server = await openDatabase();
  const port = await freePort(0);
  const url = `http://127.0.0.1:${port}`;
  const env = { ...applicationEnvironment(server), NODE_ENV: 'test', HOST: '127.0.0.1', PUBLIC_URL: url };
  const api = keepRunning('api', 'apps/api/dist/main.js', { ...env, PORT: String(port), VASTUS_STATIC_DIR: `${root}/apps/admin/dist` });
  keepRunning('worker', 'apps/worker/dist/main.js', env);
  await step('starting the application', () => untilReady(url, api));
  browser = await openChromium();
  fs.rmSync(all, { recursive: true, force: true });
  fs.mkdirSync(all, { recursive: true });
  const places = await findPlaces(url);
  for (const [size, viewport] of Object.entries(SIZES))
    for (const theme of THEMES) await step(`${size}, ${theme}`, () => shoot(url, places, size, viewport, theme));
  await step('one sheet of them all', () => sheet(places.map(([, name]) => name)));
  for (const name of CHOSEN) fs.copyFileSync(path.join(all, `${name}.png`), path.join(shown, `${name}.png`));
  say(`${fs.readdirSync(all).length} pictures in ${path.relative(root, all)}, ${CHOSEN.length} of them for the README`);
}

/** Patients of the demo clinic who show something: a running nerve clock, a dose due today, years of results. */
async function findPlaces(url) {
  const context = await signedIn(url, 'physician');
  const ask = async (route) => (await context.request.get(`${url}/api${route}`)).json();
  const [events, due, done, people] = await Promise.all([
    ask('/adverse-events?limit=50'),
    ask('/worklists/today?bucket=due&limit=20'),
    ask('/worklists/today?bucket=done&limit=20'),
    ask('/patients?limit=100'),
  ]);
  const running = events.items.find(({ clock, outcome }) => clock?.length > 4 && outcome === 'ongoing') ?? events.items[0];
  const charts = await Promise.all(people.items.slice(0, 40).map(({ id }) => ask(`/patients/${id}/chart`)));
  const measured = charts.toSorted((a, b) => b.labResults.length - a.labResults.length)[0];
  const onHold = charts.find(({ hold, events: theirs }) => hold && theirs.length > 0) ?? charts[0];
  await context.close();
  const today = due.items[0];
  return [
    ['nurse', 'nurse-today', '/'],
    ['nurse', 'log-injection', `/log-injection?patient=${today.patient.id}&course=${today.courseId}`],
    ['nurse', 'log-injection-stopped', `/log-injection?patient=${onHold.patient.id}`],
    ['nurse', 'log-injection-who', '/log-injection'],
    ['nurse', 'report-event', `/report-event?patient=${done.items[0].patient.id}`, describeInjury],
    ['nurse', 'enter-result', `/enter-result?patient=${today.patient.id}`],
    ['nurse', 'patient-register', '/patients/create'],
    ['nurse', 'patient-edit', `/patients/${today.patient.id}`],
    ['nurse', 'start-course', `/start-course?patient=${today.patient.id}`],
    ['physician', 'physician-home', '/'],
    ['physician', 'alerts', '/alerts'],
    ['physician', 'patients', '/patients'],
    ['physician', 'chart-on-hold', `/patients/${onHold.patient.id}/show`],
    ['physician', 'chart-laboratory', `/patients/${measured.patient.id}/show`, showLaboratory],
    ['physician', 'injections', '/injections'],
    ['physician', 'adverse-events', '/adverse-events'],
    ['physician', 'adverse-event', `/adverse-events/${running.id}/show`],
    ['physician', 'results', '/lab-results'],
    ['physician', 'rules', '/rules'],
    ['administrator', 'administrator-home', '/'],
    ['administrator', 'lots', '/lots?show=all'],
    ['administrator', 'import', '/imports'],
    ['administrator', 'audit', '/audit'],
    [null, 'sign-in', '/'],
  ];
}

/** Below the name, which stays in view. */
async function showLaboratory(page) {
  const heading = page.getByRole('heading', { name: 'Laboratory' });
  await heading.evaluate((element) => scrollTo(0, element.getBoundingClientRect().top + scrollY - 190));
}

async function describeInjury(page) {
  await page.getByRole('button', { name: 'At the injection' }).click();
  for (const [question, answer] of [
    ['Onset after the injection', 'Seconds to minutes'],
    ['Distribution', 'Along a nerve'],
    ['Strength', 'Foot or wrist drop'],
    ['Radiating pain', 'Yes'],
    ['Loss of consciousness', 'No'],
  ])
    await page.getByRole('group', { name: question }).getByLabel(answer, { exact: true }).check();
  await page.evaluate(() => scrollTo(0, 0));
}

async function signedIn(url, role, options = {}) {
  const context = await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce', ...options });
  if (role) {
    const credentials = { email: `${role}@demo.vastus.local`, password: PASSWORD };
    await context.request.post(`${url}/api/session`, { data: credentials, headers: { origin: url } });
  }
  return context;
}

async function shoot(url, places, size, viewport, theme) {
  for (const role of [...new Set(places.map(([who]) => who))]) {
    const context = await signedIn(url, role, { viewport });
    await context.addInitScript((chosen) => localStorage.setItem('vastus.theme', chosen), theme);
    const page = await context.newPage();
    for (const [, name, place, before] of places.filter(([who]) => who === role)) {
      await page.goto(url + place);
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      await before?.(page);
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

console.log(bold('\nScreenshots\n'));
try {
  await main();
} catch (error) {
  report(error);
  process.exitCode = 1;
} finally {
  await browser?.close();
  await endAll();
  await server?.stop();
  await removePostgres(database);
  fs.rmSync(folder, { recursive: true, force: true });
}
