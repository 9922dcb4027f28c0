/** A new version is put in place while people work: told to every tab, taken by the one that asks for it, and no form is lost. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BrowserContext, Page } from 'playwright-core';
import { freePort } from '../../infra/local/postgres.mjs';
import { emailOf, PASSWORD, theWard } from './ward.js';

const ROOT = path.join(__dirname, '../..');
const READY_MS = 60_000;
const { ward, journey } = theWard();
let folder: string;
let api: ChildProcess;
let home: string;

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'vastus-versions-'));
  fs.cpSync(path.join(ROOT, 'apps/admin/dist'), folder, { recursive: true });
  const port = await freePort(0);
  home = `http://127.0.0.1:${port}`;
  const env = { ...process.env, ...JSON.parse(process.env.JOURNEY_ENVIRONMENT!) };
  api = spawn(process.execPath, [path.join(ROOT, 'apps/api/dist/main.js')], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...env, PORT: String(port), PUBLIC_URL: home, LOG_LEVEL: 'error', VASTUS_STATIC_DIR: folder },
  });
  for (let waited = 0; waited < READY_MS; waited += 200) {
    if ((await fetch(`${home}/readyz`).catch(() => undefined))?.ok) return;
    await sleep(200);
  }
  throw new Error('the API beside the product does not become ready');
}, READY_MS + 30_000);
afterAll(async () => {
  const gone = api && once(api, 'exit');
  api?.kill();
  await gone;
  fs.rmSync(folder, { recursive: true, force: true });
});

/** What the build of another version would change: the worker's list, the page, and one file that is no longer there. */
function putNewVersionInPlace(): void {
  const files = fs.readdirSync(path.join(folder, 'assets')).filter((name) => name.startsWith('AccountPage-'));
  const script = files.find((name) => name.endsWith('.js'))!;
  for (const name of files) fs.rmSync(path.join(folder, 'assets', name));
  rewrite('sw.js', (text) =>
    text.replace(/(VERSION = ["'`])\w+/, '$1the next one').replace(new RegExp(`["'\`]/assets/${script}["'\`],?`), ''),
  );
  rewrite('index.html', (text) => text.replace('<html ', '<html data-version="next" '));
}

function rewrite(name: string, change: (text: string) => string): void {
  const file = path.join(folder, name);
  const before = fs.readFileSync(file, 'utf8');
  const after = change(before);
  expect(after).not.toBe(before);
  for (const packed of [`${file}.br`, `${file}.gz`]) fs.rmSync(packed, { force: true });
  fs.writeFileSync(file, after);
}

/** A tab that the worker looks after. */
async function tab(context: BrowserContext, place: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${home}${place}`);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  return page;
}

const notice = (page: Page) => page.getByRole('alert').filter({ hasText: 'A new version of Vastus is ready.' });
const versionOf = (page: Page) => page.locator('html').getAttribute('data-version');

journey(
  'a new version is told to every tab, taken by the one that asks, and leaves the form of another as it is',
  async () => {
    const context = (await ward.arrive()).context();
    await context.request.post(`${home}/api/session`, { data: { email: emailOf('nurse'), password: PASSWORD }, headers: { origin: home } });
    const asking = await tab(context, '/patients');
    const typing = await tab(context, '/patients/create');
    const idle = await tab(context, '/patients');
    await typing.getByLabel('Family name').fill('Halfway');
    for (const page of [asking, typing, idle]) expect([await notice(page).count(), await versionOf(page)]).toEqual([0, null]);

    putNewVersionInPlace();
    // What each tab does by itself every half an hour.
    await asking.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
    for (const page of [asking, typing, idle]) await notice(page).waitFor();
    for (const page of [asking, typing, idle]) expect(await versionOf(page)).toBeNull();

    await notice(asking).getByRole('button', { name: 'Reload now' }).click();
    await asking.locator('html[data-version=next]').waitFor({ state: 'attached' });
    await asking.getByRole('searchbox').or(asking.getByRole('row')).first().waitFor();
    expect(await notice(asking).count()).toBe(0);

    // The others were overtaken. They keep what they show, say so still, and find what only their version had.
    for (const page of [typing, idle]) {
      await notice(page).waitFor();
      expect(await versionOf(page)).toBeNull();
    }
    expect(await typing.getByLabel('Family name').inputValue()).toBe('Halfway');
    await idle.getByRole('button', { name: /^Account of / }).click();
    await idle.getByRole('menuitem', { name: 'My account' }).click();
    await idle.getByRole('heading', { name: 'My account', level: 1 }).waitFor();
    expect(await versionOf(idle)).toBeNull();

    await notice(idle).getByRole('button', { name: 'Reload now' }).click();
    await idle.locator('html[data-version=next]').waitFor({ state: 'attached' });
    expect(await typing.getByLabel('Family name').inputValue()).toBe('Halfway');
  },
  90_000,
);
