/** The organisation's own sign-in: there and back through the pages of a real provider, with another API beside the product that knows it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { freePort } from '../../infra/local/postgres.mjs';
import { TestProvider } from '../../packages/server/src/testing/identity-provider.js';
import { aWhileLater, emailOf, PASSWORD, theWard } from './ward.js';

const ROOT = path.join(__dirname, '../..');
const NAME = 'Clinic Group';
const READY_MS = 60_000;
const JOURNEY_MS = 180_000;
/** How long the API takes the provider's word for being there, and a moment. */
const BELIEVED_MS = 11_000;

const { ward, journey } = theWard();
let provider: TestProvider;
let api: ChildProcess;
let home: string;

beforeAll(async () => {
  const port = await freePort(0);
  home = `http://127.0.0.1:${port}`;
  const secret = 'good for this journey only';
  provider = await TestProvider.start([{ client_id: 'vastus', client_secret: secret, redirect_uris: [`${home}/login`] }]);
  api = spawn(process.execPath, [path.join(ROOT, 'apps/api/dist/main.js')], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      ...JSON.parse(process.env.JOURNEY_ENVIRONMENT!),
      PORT: String(port),
      PUBLIC_URL: home,
      LOG_LEVEL: 'error',
      VASTUS_STATIC_DIR: path.join(ROOT, 'apps/admin/dist'),
      OIDC_ISSUER: provider.issuer,
      OIDC_CLIENT_ID: 'vastus',
      OIDC_CLIENT_SECRET: secret,
      OIDC_NAME: NAME,
    },
  });
  await untilReady();
}, READY_MS + 30_000);
afterAll(async () => {
  const gone = api && once(api, 'exit');
  api?.kill();
  await gone;
  await provider?.close();
});

async function untilReady(): Promise<void> {
  for (let waited = 0; waited < READY_MS; waited += 200) {
    if ((await fetch(`${home}/readyz`).catch(() => undefined))?.ok) return;
    await sleep(200);
  }
  throw new Error('the API beside the product does not become ready');
}

/** Signs in at the provider, as far as its pages ask. */
async function atProvider(page: Page, login: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Name' }).fill(login);
  await page.getByLabel('Password').fill('known to the provider alone');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'Allow' }).click();
}
const other = (page: Page) => page.getByRole('button', { name: `Sign in with ${NAME}` });

journey(
  'a nurse signs in with her organisation and is on Today; signed out, she is led back to where she wanted to go',
  async () => {
    await provider.person({ login: 'nora', claims: { email: emailOf('nurse'), email_verified: true } });
    const page = await ward.arrive();
    await page.goto(home);
    await other(page).click();
    await atProvider(page, 'nora');
    await page.getByRole('heading', { level: 1, name: 'Today' }).waitFor();
    expect(new URL(page.url()).search).toBe('');

    await page.getByRole('button', { name: /^Account of/ }).click();
    await page.getByRole('menuitem', { name: 'My account' }).click();
    await page.getByText(/^Linked since/).waitFor();
    await page.getByRole('button', { name: /^Account of/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await other(page).waitFor();

    await page.goto(`${home}/patients?q=zz`);
    await other(page).click();
    // Her session there is still open, and it asks again who sits there all the same.
    await page.getByRole('textbox', { name: 'Name' }).fill('nora');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { level: 1, name: 'Patients' }).waitFor();

    // Before a second factor is set up, who sits there proves it with the organisation, in a tab of its own; then this page goes on.
    await page.goto(`${home}/account`);
    await aWhileLater();
    await page.getByRole('button', { name: 'Set up', exact: true }).click();
    const proof = page.getByRole('dialog', { name: 'Confirm that it is you' });
    const [tab] = await Promise.all([
      page.context().waitForEvent('page'),
      proof.getByRole('button', { name: `Sign in with ${NAME}, in a new tab` }).click(),
    ]);
    await tab.getByRole('textbox', { name: 'Name' }).fill('nora');
    await tab.getByRole('button', { name: 'Sign in' }).click();
    await proof.waitFor({ state: 'hidden' });
    await page.getByRole('img', { name: 'QR code of the secret' }).waitFor();
    expect(ward.complaints.splice(0).filter((complaint) => !complaint.includes('status of 403'))).toEqual([]);
  },
  JOURNEY_MS,
);

journey(
  'a physician whom the organisation knows by another address links it from the account, and unlinks it',
  async () => {
    await provider.person({ login: 'paula', claims: { email: 'paula@elsewhere.example', email_verified: true } });
    const page = await ward.arrive();
    await page.goto(home);
    await page.getByLabel('E-mail').fill(emailOf('physician'));
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('button', { name: /^Account of/ }).click();
    await page.getByRole('menuitem', { name: 'My account' }).click();
    await page.getByText('Not linked').waitFor();
    await page.getByRole('button', { name: 'Link…' }).click();
    await atProvider(page, 'paula');
    await page.getByText(/^Linked since/).waitFor();
    expect(page.url()).toBe(`${home}/account`);
    await page.getByRole('button', { name: 'Unlink' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Unlink' }).click();
    await page.getByText('Not linked').waitFor();
    expect(ward.complaints.splice(0)).toEqual([]);
  },
  JOURNEY_MS,
);

journey(
  'who is not invited is told so, in words; while the provider is away, that is said and the password works',
  async () => {
    await provider.person({ login: 'stranger', claims: { email: 'stranger@example.org', email_verified: true } });
    const page = await ward.arrive();
    await page.goto(home);
    await other(page).click();
    await atProvider(page, 'stranger');
    await page.getByRole('alert').filter({ hasText: 'Nobody works here with your organisation’s identity.' }).waitFor();
    expect(page.url()).toBe(`${home}/login`);

    await provider.close();
    await sleep(BELIEVED_MS);
    await other(page).click();
    await page.getByRole('alert').filter({ hasText: 'The sign-in of your organisation cannot be reached right now.' }).waitFor();
    expect(ward.complaints.splice(0).filter((complaint) => !complaint.includes('status of 424'))).toEqual([]);
    await page.getByLabel('E-mail').fill(emailOf('nurse'));
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Today' }).waitFor();
  },
  JOURNEY_MS,
);
