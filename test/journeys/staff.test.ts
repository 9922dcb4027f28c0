/** Somebody joins, works and leaves: the invitation, the second factor, the first dose, and what she is told when her access ends. */
import { createRequire } from 'node:module';
import path from 'node:path';
import { address, patientDueToday, send, theWard } from './ward.js';

const { ward, journey } = theWard();
// The authenticator on her telephone.
const { generate } = createRequire(path.join(__dirname, '../../packages/server/package.json'))('otplib') as {
  generate: (of: { secret: string }) => Promise<string>;
};
const PASSWORD = 'marmalade tractor violin 41';
const STEP_MS = 30_000;

journey(
  'a nurse is invited, joins, sets a second factor up, signs in with it and records; when her access ends, her next click says so',
  async () => {
    const { patientId } = await patientDueToday(ward);
    const name = `Nora ${Math.random().toString(36).slice(2, 8)}`;
    const email = `${name.toLowerCase().replace(' ', '.')}@clinic.example`;
    const administrator = await ward.as('administrator', '/staff');
    await administrator.getByRole('button', { name: 'Invite', exact: true }).click();
    await administrator.getByLabel('E-mail').fill(email);
    await administrator.getByRole('button', { name: 'Make the link' }).click();
    const link = await administrator.locator('output').textContent();
    await administrator.getByRole('button', { name: 'Done' }).click();

    const nurse = await ward.arrive();
    await nurse.goto(`${address()}/join#${link?.split('#')[1]}`);
    await nurse.getByLabel('Your name').fill(name);
    await nurse.getByLabel('Choose a password').fill(PASSWORD);
    await nurse.getByRole('button', { name: 'Join', exact: true }).click();
    await nurse.getByRole('button', { name: `Account of ${name}` }).click();
    await nurse.getByRole('menuitem', { name: 'My account' }).click();
    await nurse.getByRole('button', { name: 'Set up', exact: true }).click();
    await nurse.getByRole('img', { name: 'QR code of the secret' }).waitFor();
    const secret = ((await nurse.locator('code').textContent()) ?? '').replace(/\s/g, '');
    await nurse.getByRole('textbox', { name: 'Code' }).fill(await generate({ secret }));
    await nurse.getByRole('button', { name: 'Confirm' }).click();
    await nurse.getByRole('button', { name: 'I have kept them' }).click();
    await nurse.getByText('10 recovery codes left').waitFor();

    await nurse.getByRole('button', { name: `Account of ${name}` }).click();
    await nurse.getByRole('menuitem', { name: 'Sign out' }).click();
    await nurse.getByLabel('E-mail').fill(email);
    await nurse.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await nurse.getByRole('button', { name: 'Sign in' }).click();
    await nurse.getByRole('textbox', { name: 'Code' }).waitFor();
    // No code works twice: the next one is waited for.
    await nurse.waitForTimeout(STEP_MS + 1_000);
    await nurse.getByRole('textbox', { name: 'Code' }).fill(await generate({ secret }));
    await nurse.getByRole('button', { name: 'Continue' }).click();
    await nurse.getByRole('button', { name: `Account of ${name}` }).waitFor();
    // There is no mail: what changed on her account is said here, once.
    const news = nurse.getByRole('status').filter({ hasText: 'A second factor was set up' });
    await news.getByRole('button', { name: 'I have read this' }).click();
    await news.waitFor({ state: 'hidden' });
    await nurse.reload();
    await nurse.getByRole('button', { name: `Account of ${name}` }).waitFor();
    expect(await news.count()).toBe(0);

    const { courses } = await send<{ courses: { id: string; productId: string; doseMicrograms: number }[] }>(
      nurse.context(),
      'GET',
      `/patients/${patientId}/chart`,
    );
    const course = courses[0]!;
    await send(nurse.context(), 'POST', `/patients/${patientId}/injections`, {
      courseId: course.id,
      productId: course.productId,
      status: 'not-given',
      notGivenReason: 'patient-declined',
      doseMicrograms: course.doseMicrograms,
      route: 'IM',
      identityChecked: true,
      givenAt: (await send<{ now: string }>(nurse.context(), 'GET', '/session')).now,
    });

    await administrator.reload();
    await administrator.getByRole('button', { name: `Actions: ${name}` }).click();
    await administrator.getByRole('menuitem', { name: 'End access' }).click();
    await administrator.getByRole('dialog').getByRole('button', { name: 'End access' }).click();
    await administrator.getByRole('dialog').waitFor({ state: 'hidden' });
    await nurse.getByRole('link', { name: 'Patients' }).click();
    await nurse.getByRole('heading', { name: 'Your access has ended' }).waitFor();
  },
  180_000,
);
