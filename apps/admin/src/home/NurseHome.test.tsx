import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { TodayRow } from '@vastus/contract';
import { aCourse, anInjection, aPatientName, NOTHING_CHANGED } from '../testing/records.js';
import { id, open, TODAY } from '../testing/screen.js';
import NurseHome from './NurseHome.js';

const row = (with_: Partial<TodayRow> = {}): TodayRow => ({
  bucket: 'overdue',
  patient: aPatientName,
  phone: '+49 40 123 45',
  courseId: id(10),
  productName: 'Hydroxocobalamin 1 mg/mL',
  phase: 'maintenance',
  dueOn: '2026-11-11',
  lastDoseOn: '2026-09-11',
  daysLate: 9,
  onHold: false,
  injectionId: null,
  site: null,
  ...with_,
});
const summary = (doses: object) => ({
  today: TODAY,
  doses: { overdue: 0, due: 0, early: 0, done: 0, ...doses },
  alerts: { nurse: 0, physician: 0, administrator: 0, urgent: 0, overdue: 0 },
  events: { ongoing: 0, last30Days: 0, injectionsLast30Days: 0 },
  holds: 0,
  proposals: 0,
  injectionsPerDay: [],
});
const clinic = (rows: TodayRow[], doses: object) => ({
  'GET /worklists/summary': summary(doses),
  'GET /worklists/today': ({ query }: { query: Record<string, string> }) => ({
    items: rows.filter(({ bucket }) => bucket === query['bucket']),
    nextCursor: null,
  }),
  'GET /patients/:patientId/courses': { items: [aCourse()] },
  'POST /patients/:patientId/injections': { injection: anInjection({ status: 'not-given' }), changes: NOTHING_CHANGED },
});

describe('the nurse’s day', () => {
  it('begins with what is overdue: two identifiers, how late, the phone and the way to the form', async () => {
    open(<NurseHome />, { api: clinic([row()], { overdue: 1, due: 2 }) });
    const dose = (await screen.findByText('Ahlers, Ida')).closest('tr')!;
    expect(screen.getByRole('tab', { name: 'Overdue 1' })).toHaveAttribute('aria-selected', 'true');
    expect(dose).toHaveTextContent('4 Mar 1961 (65 years) · No. R-1001');
    expect(dose).toHaveTextContent('9 days late');
    expect(dose).toHaveTextContent('11 Nov 2026');
    expect(within(dose).getByRole('link', { name: /Call/ })).toHaveAttribute('href', 'tel:+494012345');
    expect(within(dose).getByRole('link', { name: /Log injection/ })).toHaveAttribute(
      'href',
      `/log-injection?patient=${id(1)}&course=${id(10)}`,
    );
    expect(dose).not.toHaveTextContent('IM on hold');
  });

  it('shows the hold where there is one, and the other lists by their tabs', async () => {
    open(<NurseHome />, {
      api: clinic([row({ bucket: 'due', daysLate: 0, onHold: true }), row({ bucket: 'early', daysLate: -3 })], { due: 1, early: 1 }),
    });
    expect((await screen.findByText('Ahlers, Ida')).closest('tr')).toHaveTextContent('IM on hold');
    await userEvent.click(screen.getByRole('tab', { name: 'Early window 1' }));
    expect(await screen.findByText('in 3 days')).toBeInTheDocument();
    expect(screen.queryByText('IM on hold')).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole('tab', { name: 'Done 0' }));
    expect(await screen.findByText('Nothing recorded yet today.')).toBeInTheDocument();
  });

  it('records a dose that was not given, with the reason', async () => {
    const page = open(<NurseHome />, { api: clinic([row()], { overdue: 1 }) });
    await userEvent.click(await screen.findByRole('button', { name: /Not given/ }));
    const dialog = await screen.findByRole('dialog');
    const confirm = within(dialog).getByRole('button', { name: 'Record' });
    expect(confirm).toBeDisabled();
    await userEvent.type(within(dialog).getByRole('textbox', { name: /Why not/ }), 'Fever');
    await userEvent.click(confirm);
    const [sent] = page.asked('POST /patients/:patientId/injections');
    expect(sent!.body).toMatchObject({
      courseId: id(10),
      productId: id(20),
      status: 'not-given',
      notGivenReason: 'Fever',
      doseMicrograms: 1000,
    });
    expect(sent!.headers['idempotency-key']).toBeTruthy();
  });
});
