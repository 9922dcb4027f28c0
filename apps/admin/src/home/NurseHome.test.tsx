import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { TodayRow } from '@vastus/contract';
import { aCourse, anInjection, aPatientName, aProduct, NOTHING_CHANGED } from '../testing/records.js';
import { id, open, TODAY } from '../testing/screen.js';
import NurseHome from './NurseHome.js';

const row = (with_: Partial<TodayRow> = {}): TodayRow => ({
  bucket: 'overdue',
  patient: aPatientName,
  phone: '+49 40 123 45',
  phoneWrong: false,
  contact: null,
  lotNumber: null,
  givenAt: null,
  observeUntil: null,
  courseId: id(10),
  productName: 'Hydroxocobalamin 1 mg/mL',
  phase: 'maintenance',
  dueOn: '2026-11-11',
  lastDoseOn: '2026-09-11',
  daysLate: 9,
  imHold: null,
  injectionId: null,
  site: null,
  ...with_,
});
const summary = (doses: object) => ({
  today: TODAY,
  doses: { overdue: 0, due: 0, early: 0, arranged: 0, physician: 0, done: 0, ...doses },
  alerts: { nurse: 0, physician: 0, administrator: 0, urgent: 0, overdue: 0 },
  events: { ongoing: 0, last30Days: 0, injectionsLast30Days: 0 },
  holds: 0,
  proposals: 0,
  injectionsPerDay: [],
  alertsPerDay: [],
  eventsPerWeek: [],
});
const CALL = 'POST /patients/:patientId/contact-attempts';
const clinic = (rows: TodayRow[], doses: object) => ({
  'GET /worklists/summary': summary(doses),
  'GET /worklists/today': ({ query }: { query: Record<string, string> }) => ({
    items: rows.filter(({ bucket }) => bucket === query['bucket']),
    nextCursor: null,
  }),
  'GET /products': { items: [aProduct()] },
  [CALL]: { contactAttempt: {}, changes: { ...NOTHING_CHANGED, alertsRaised: 1 } },
  'POST /injections/:injectionId/void': { injection: anInjection({ state: 'voided' }), changes: { ...NOTHING_CHANGED, alertsReopened: 1 } },
  'GET /patients/:patientId/courses': { items: [aCourse()] },
  'POST /patients/:patientId/injections': { injection: anInjection({ status: 'not-given' }), changes: NOTHING_CHANGED },
});

const lists = async () =>
  (await screen.findAllByRole('region')).map(
    (list) => list.getAttribute('aria-labelledby') && within(list).getByRole('heading').textContent,
  );

describe('the nurse’s day', () => {
  it('is one list that begins with what is overdue: two identifiers, how late, the phone and the way to the form', async () => {
    open(<NurseHome />, { api: clinic([row(), row({ bucket: 'due', daysLate: 0 })], { overdue: 1, due: 1 }) });
    const [dose] = (await screen.findAllByText('Ahlers, Ida')).map((name) => name.closest('tr')!);
    expect(screen.getByRole('tab', { name: 'All' })).toHaveAttribute('aria-selected', 'true');
    await screen.findByRole('heading', { name: 'Due today' });
    expect(await lists()).toEqual(['Overdue', 'Due today']);
    expect(dose).toHaveTextContent('4 Mar 1961 (65 years) · No. R-1001');
    expect(dose).toHaveTextContent('9 days late');
    expect(dose).toHaveTextContent('due 11 Nov 2026');
    expect(within(dose!).getByRole('link', { name: /Log injection/ })).toHaveAttribute(
      'href',
      `/log-injection?patient=${id(1)}&course=${id(10)}`,
    );
    expect(dose).not.toHaveTextContent('IM on hold');
  });

  it('shows one kind by its tab, with the hold where there is one; the choice stands in the address', async () => {
    const page = open(<NurseHome />, {
      api: clinic(
        [row({ bucket: 'physician', daysLate: 9, imHold: 'undecided', phase: 'on-hold' }), row({ bucket: 'early', daysLate: -3 })],
        {
          physician: 1,
          early: 1,
        },
      ),
    });
    const held = (await screen.findByText('IM on hold')).closest('tr');
    expect(held).toHaveTextContent('Ahlers, Ida');
    expect(held).toHaveTextContent('Do not inject: a physician decides');
    expect(held).toHaveTextContent('due 11 Nov 2026');
    expect(held).not.toHaveTextContent('late');
    expect(held!.closest('section')).toHaveAccessibleName('With a physician');
    expect(screen.getByRole('link', { name: /^Overdue/ })).toHaveTextContent('0');
    await userEvent.click(screen.getByRole('tab', { name: 'Early window 1' }));
    expect(await screen.findByText('in 3 days')).toBeInTheDocument();
    expect(screen.queryByText('IM on hold')).not.toBeInTheDocument();
    expect(page.where()).toBe('/?list=early');
    await userEvent.click(screen.getByRole('tab', { name: 'Done 0' }));
    expect(await screen.findByText('Nothing recorded yet today.')).toBeInTheDocument();
  });

  it('narrows the list to a product, asks the server for it, and says how to take that off again', async () => {
    const page = open(<NurseHome />, { api: clinic([row()], { overdue: 1 }), url: `/?list=overdue&product=${id(20)}` });
    await screen.findByText('Ahlers, Ida');
    expect(page.asked('GET /worklists/today').at(-1)!.query).toMatchObject({ bucket: 'overdue', productId: id(20) });
    await userEvent.click(screen.getByRole('button', { name: 'Filters off' }));
    expect(page.where()).toBe('/?list=overdue');
  });

  it('writes down what came of a call: a day by one press, what follows said beforehand', async () => {
    const page = open(<NurseHome />, { api: clinic([row()], { overdue: 1 }) });
    await userEvent.click(await screen.findByRole('button', { name: 'Call Ahlers, Ida' }));
    const dialog = await screen.findByRole('dialog', { name: 'Phone call' });
    expect(within(dialog).getByRole('link', { name: 'Call +49 40 123 45' })).toHaveAttribute('href', 'tel:+494012345');
    const confirm = within(dialog).getByRole('button', { name: 'Record call' });
    expect(confirm).toBeDisabled();
    await userEvent.click(within(dialog).getByRole('radio', { name: 'Will come' }));
    expect(confirm).toBeDisabled();
    expect(dialog).toHaveTextContent('The dose moves to the list of that day.');
    await userEvent.click(within(dialog).getByRole('radio', { name: 'tomorrow' }));
    await userEvent.click(confirm);
    expect(page.asked(CALL)[0]!.body).toEqual({
      courseId: id(10),
      outcome: 'will-come',
      on: '2026-11-21',
      declineReason: null,
      note: null,
    });
  });

  it('a declined dose has its reason, and “other” is explained', async () => {
    const page = open(<NurseHome />, { api: clinic([row()], { overdue: 1 }) });
    await userEvent.click(await screen.findByRole('button', { name: 'Call Ahlers, Ida' }));
    const dialog = await screen.findByRole('dialog', { name: 'Phone call' });
    await userEvent.click(within(dialog).getByRole('radio', { name: 'Declined' }));
    await userEvent.click(within(dialog).getByRole('radio', { name: 'Other' }));
    const confirm = within(dialog).getByRole('button', { name: 'Record call' });
    expect(confirm).toBeDisabled();
    await userEvent.type(within(dialog).getByRole('textbox', { name: /Note/ }), 'Away for a year');
    await userEvent.click(confirm);
    expect(page.asked(CALL)[0]!.body).toMatchObject({ outcome: 'declined', on: null, declineReason: 'other', note: 'Away for a year' });
    expect(await screen.findByText(/Call recorded/)).toBeInTheDocument();
  });

  it('says what was said: who did not come, whose number is wrong', async () => {
    const contact = {
      id: id(90),
      attemptedAt: '2026-11-17T09:00:00.000Z',
      outcome: 'will-come' as const,
      on: '2026-11-19',
      declineReason: null,
      note: 'after work',
      recordedByName: 'Nora Nurse',
    };
    open(<NurseHome />, { api: clinic([row({ contact, phoneWrong: true })], { overdue: 1 }) });
    const dose = (await screen.findByText('Ahlers, Ida')).closest('tr');
    expect(dose).toHaveTextContent('did not come on 19 Nov 2026');
    expect(dose).toHaveTextContent('after work · Nora Nurse, 17 Nov 2026');
    expect(dose).toHaveTextContent('wrong number');
  });

  it('records a dose that was not given by two presses', async () => {
    const page = open(<NurseHome />, { api: clinic([row()], { overdue: 1 }) });
    await userEvent.click(await screen.findByRole('button', { name: /Not given/ }));
    const dialog = await screen.findByRole('dialog');
    const absent = within(dialog).getByRole('button', { name: 'Did not come' });
    await waitFor(() => expect(absent).toBeEnabled());
    await userEvent.click(absent);
    const [sent] = page.asked('POST /patients/:patientId/injections');
    expect(sent!.body).toMatchObject({
      courseId: id(10),
      productId: id(20),
      status: 'not-given',
      notGivenReason: 'Did not come',
      doseMicrograms: 1000,
    });
    expect(sent!.headers['idempotency-key']).toBeTruthy();
  });

  it('watches over a dose of today, and leads to the reaction and the way back', async () => {
    const done = row({
      bucket: 'done',
      injectionId: id(40),
      site: 'deltoid-left',
      lotNumber: 'H-77',
      givenAt: '2026-11-20T09:50:00.000Z',
      observeUntil: '2026-11-20T10:05:00.000Z',
    });
    const page = open(<NurseHome />, { api: clinic([done], { done: 1 }) });
    const dose = (await screen.findByText('Ahlers, Ida')).closest('tr')!;
    expect(dose).toHaveTextContent('Observe 5 more minutes, until 11:05');
    expect(within(dose).getByRole('link', { name: 'Report a reaction: Ahlers, Ida' })).toHaveAttribute(
      'href',
      `/report-event?patient=${id(1)}&injection=${id(40)}`,
    );
    await userEvent.click(within(dose).getByRole('button', { name: /^Undo/ }));
    const dialog = await screen.findByRole('dialog');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Recorded twice' }));
    await userEvent.click(within(dialog).getByRole('button', { name: 'Take back' }));
    await waitFor(() => expect(page.asked('POST /injections/:injectionId/void')[0]?.body).toEqual({ reason: 'Recorded twice' }));
  });

  it('says that the observation is over', async () => {
    const done = row({
      bucket: 'done',
      injectionId: id(40),
      givenAt: '2026-11-20T09:30:00.000Z',
      observeUntil: '2026-11-20T09:45:00.000Z',
    });
    open(<NurseHome />, { api: clinic([done], { done: 1 }) });
    expect((await screen.findAllByText('Observation over since 10:45')).length).toBeGreaterThan(0);
  });
});
