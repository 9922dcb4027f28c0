/** What binds the clinic asks who sits there: a physician signs a protocol version on a screen that was left open. */
import { aWhileLater, dayFrom, PASSWORD, send, theWard } from './ward.js';

const { ward, journey } = theWard();

journey(
  'a physician signs a protocol version: the password is asked for on top of what was chosen, and the signature goes through',
  async () => {
    const administrator = await ward.api('administrator');
    const { today } = await send<{ today: string }>(administrator, 'GET', '/session');
    const note = `Quarterly ${Math.random().toString(36).slice(2, 8)}`;
    const draft = await send<{ id: string; number: number }>(administrator, 'POST', '/protocol/drafts', {
      parameters: { rotationDays: 20 + Math.floor(Math.random() * 8) },
      note,
    });
    const page = await ward.as('physician', `/protocol/${draft.id}`);
    await page.getByText(note).waitFor();
    await aWhileLater();

    await page.getByRole('button', { name: 'Sign…' }).click();
    const signing = page.getByRole('dialog', { name: `Sign version ${draft.number}?` });
    await signing.getByRole('radio', { name: 'The beginning of a day' }).check();
    // Far from the other journeys.
    const day = dayFrom(today, 340);
    await signing.getByLabel(/^Day/).fill(day);
    await signing.getByRole('button', { name: 'Sign', exact: true }).click();
    const proof = page.getByRole('dialog', { name: 'Confirm that it is you' });
    await proof.getByRole('button', { name: 'Cancel' }).click();
    await signing.getByText('Nothing was changed: this needs your confirmation that it is you.').waitFor();

    await signing.getByRole('button', { name: 'Sign', exact: true }).click();
    await proof.getByLabel('Password', { exact: true }).fill('not the password');
    await proof.getByRole('button', { name: 'Confirm', exact: true }).click();
    await proof.getByText(/not your password/i).waitFor();
    await proof.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.keyboard.press('Enter');
    await proof.waitFor({ state: 'hidden' });
    await signing.waitFor({ state: 'hidden' });
    await page.getByText('Version signed').waitFor();
    await page.getByRole('heading', { name: `Version ${draft.number}` }).waitFor();

    const signed = await send<{ state: string; inForceFrom: string }>(administrator, 'GET', `/protocol/versions/${draft.id}`);
    // The day that was typed before the question.
    expect([signed.state, signed.inForceFrom > `${dayFrom(day, -2)}T00:00:00.000Z`]).toEqual(['signed', true]);
    expect(ward.complaints.splice(0).filter((complaint) => !/status of (403|422)/.test(complaint))).toEqual([]);
    await administrator.close();
  },
);
