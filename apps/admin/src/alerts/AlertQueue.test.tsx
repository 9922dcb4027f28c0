import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ROUTES } from '@vastus/contract';
import { answerKey } from '../api/queries.js';
import { anAlert, aPatientName } from '../testing/records.js';
import { id, open, Refusal } from '../testing/screen.js';
import { AlertQueue } from './AlertQueue.js';

const other = { ...aPatientName, id: id(2), familyName: 'Zorn', givenName: 'Max', recordNumber: 'R-1002' };
const urgent = anAlert({
  id: id(51),
  ruleId: 'AE-URGENT',
  priority: 'urgent',
  missing: [],
  dismissible: false,
  overdue: true,
  subjectType: 'adverse-event',
});
const ofOther = anAlert({ id: id(52), patient: other, ruleId: 'NI-2W', dismissible: false, missing: [] });
const check = anAlert({ id: id(53) });

const personOf = (...alerts: ReturnType<typeof anAlert>[]) => ({
  patient: alerts[0]!.patient,
  phone: null,
  imHold: null,
  alerts,
  others: 0,
});
const queue = (...people: ReturnType<typeof personOf>[]) => ({ items: people, nextCursor: null });

const start = (more: Record<string, unknown> = {}, role: 'nurse' | 'physician' | 'administrator' = 'physician') =>
  open(<AlertQueue />, {
    role,
    url: '/alerts',
    api: {
      'GET /alert-queue': queue(personOf(urgent, check), personOf(ofOther)),
      'GET /alert-counts': {
        total: 3,
        overdue: 1,
        byPriority: { urgent: 1, normal: 2 },
        byRule: { 'MON-3-6-12': 1, 'NI-2W': 1 },
        lateSince: null,
      },
      'POST /alerts/acknowledge': {
        results: [{ alertId: check.id, result: 'state-changed', detail: null }],
      },
      'POST /alerts/:alertId/acknowledge': (asked: { path: string }) => ({
        ...urgent,
        id: asked.path.split('/')[3],
        state: 'acknowledged',
      }),
      'POST /alerts/:alertId/undo': check,
      'POST /alerts/:alertId/snooze': check,
      'POST /alerts/:alertId/resolve': check,
      'POST /alerts/:alertId/dismiss': check,
      ...more,
    },
  });

const firstAlert = () => screen.findByRole('group', { name: 'Likely nerve injury: see the patient now' });

describe('the alert queue', () => {
  it('shows one card a person, worst first, with what is missing', async () => {
    start();
    await firstAlert();
    const people = screen.getAllByRole('region').map((card) => card.getAttribute('aria-label'));
    expect(people).toEqual(['Ahlers, Ida', 'Zorn, Max']);
    const ida = screen.getByRole('region', { name: 'Ahlers, Ida' });
    expect(within(ida).getAllByRole('group')).toHaveLength(2);
    expect(within(ida).getByText('Vitamin B12, Methylmalonic acid')).toBeInTheDocument();
    expect(within(ida).queryByText('Neurological evaluation at 2 weeks')).not.toBeInTheDocument();
    expect(screen.getByText('1 overdue')).toBeInTheDocument();
  });

  it('asks for its own role first, and for another one on request', async () => {
    const page = start();
    await firstAlert();
    expect(page.asked('GET /alert-queue')[0]!.query).toMatchObject({ ownerRole: 'physician', show: 'active' });
    await userEvent.click(screen.getByRole('radio', { name: 'Nurse' }));
    await waitFor(() => expect(page.asked('GET /alert-queue').at(-1)!.query).toMatchObject({ ownerRole: 'nurse' }));
    await userEvent.click(screen.getByRole('tab', { name: 'Snoozed' }));
    await waitFor(() => expect(page.asked('GET /alert-queue').at(-1)!.query).toMatchObject({ show: 'snoozed' }));
  });

  it('is worked from the keyboard: next, take on, done', async () => {
    const page = start();
    const first = await firstAlert();
    await userEvent.keyboard('j');
    expect(first).toHaveFocus();
    await userEvent.keyboard('a');
    await waitFor(() => expect(page.asked('POST /alerts/:alertId/acknowledge')).toHaveLength(1));
    await userEvent.keyboard('j');
    expect(screen.getByRole('group', { name: 'Check at 3, 6 and 12 months' })).toHaveFocus();
    await userEvent.keyboard('r');
    const dialog = await screen.findByRole('dialog', { name: 'What was done?' });
    await userEvent.click(within(dialog).getByRole('radio', { name: 'Not reachable' }));
    await userEvent.click(within(dialog).getByRole('button', { name: 'Close the alert' }));
    await waitFor(() => expect(page.asked('POST /alerts/:alertId/resolve')[0]!.body).toEqual({ outcome: 'not-reachable', reason: null }));
  });

  it('takes letters in a dialog as letters, and no keys at all once they are switched off', async () => {
    const page = start();
    await firstAlert();
    await userEvent.keyboard('jjs');
    const dialog = await screen.findByRole('dialog', { name: 'Bring it back later' });
    await userEvent.type(within(dialog).getByRole('textbox', { name: /Why/ }), 'away');
    await userEvent.click(within(dialog).getByRole('button', { name: /^Tomorrow/ }));
    await waitFor(() =>
      expect(page.asked('POST /alerts/:alertId/snooze')[0]!.body).toEqual({ until: '2026-11-21T06:00:00.000Z', reason: 'away' }),
    );
    expect(page.asked('POST /alerts/:alertId/acknowledge')).toHaveLength(0);
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    await userEvent.click(screen.getByRole('switch', { name: 'Keyboard shortcuts' }));
    await userEvent.click(await firstAlert());
    await userEvent.keyboard('a');
    expect(page.asked('POST /alerts/:alertId/acknowledge')).toHaveLength(0);
  });

  it('offers dismissing only where the rule allows it, and asks why', async () => {
    const page = start();
    const first = await firstAlert();
    expect(within(first).queryByRole('button', { name: /^Dismiss/ })).not.toBeInTheDocument();
    await userEvent.keyboard('jd');
    expect(await screen.findByText('Not possible for this alert. What is possible stands beside it.')).toBeInTheDocument();
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    await userEvent.click(
      within(screen.getByRole('group', { name: 'Check at 3, 6 and 12 months' })).getByRole('button', { name: /^Dismiss/ }),
    );
    const dialog = await screen.findByRole('dialog', { name: 'Not needed?' });
    expect(within(dialog).getByRole('button', { name: 'Dismiss' })).toBeDisabled();
    await userEvent.type(within(dialog).getByRole('textbox', { name: /Reason/ }), 'Followed by the hospital');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Dismiss' }));
    await waitFor(() => expect(page.asked('POST /alerts/:alertId/dismiss')[0]!.body).toEqual({ reason: 'Followed by the hospital' }));
  });

  it('explains an alert: rule, sources with their review, facts, parameters and history', async () => {
    start({
      'GET /alerts/:alertId': {
        ...urgent,
        why: {
          ruleId: 'AE-URGENT',
          title: 'Immediate onset with pain',
          summary: 'Likely direct nerve injury.',
          parameters: { rotationDays: 14 },
          protocolVersion: 1,
          facts: { onsetAt: '2026-11-20T09:00:00.000Z' },
          sources: [{ file: 'S1', title: 'Can numbness be benign', pointer: 'algorithm', reviewStatus: 'reviewed' }],
          conflict: null,
        },
        transitions: [
          {
            at: '2026-11-20T09:01:00.000Z',
            fromState: null,
            toState: 'open',
            action: 'raise',
            byName: null,
            outcome: null,
            reason: null,
            snoozedUntil: null,
          },
        ],
      },
    });
    await userEvent.click(within(await firstAlert()).getByRole('button', { name: /^Why/ }));
    expect(await screen.findByText(/^Onset within minutes with radiating pain/)).toBeInTheDocument();
    expect(screen.getByText(/If numbness appears within seconds/)).toBeInTheDocument();
    expect(screen.getByText('History')).toBeInTheDocument();
  });

  it('stays as it is while it is read: what is new is counted above, what somebody else closed is marked', async () => {
    const newcomer = anAlert({
      id: id(54),
      patient: { ...aPatientName, id: id(3), familyName: 'Abel' },
      ruleId: 'AE-SYSTEMIC',
      priority: 'emergency',
    });
    let now = queue(personOf(urgent, check), personOf(ofOther));
    const page = start({ 'GET /alert-queue': () => now });
    await firstAlert();
    now = queue(personOf(newcomer), personOf({ ...check, state: 'acknowledged', actedByName: 'Pia Physician' }), personOf(ofOther));
    await page.queryClient.invalidateQueries({ queryKey: answerKey(ROUTES.readAlertQueue, {}).slice(0, 3) });
    await screen.findByRole('button', { name: '1 new' });
    expect(screen.getAllByRole('region').map((card) => card.getAttribute('aria-label'))).toEqual(['Ahlers, Ida', 'Zorn, Max']);
    expect(within(await firstAlert()).getByText('Closed in the meantime')).toBeInTheDocument();
    expect(within(await firstAlert()).queryByRole('button', { name: /^Take on/ })).not.toBeInTheDocument();
    expect(screen.getByText('Taken on by Pia Physician')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: '1 new' }));
    expect(screen.getAllByRole('region').map((card) => card.getAttribute('aria-label'))).toEqual(['Abel, Ida', 'Ahlers, Ida', 'Zorn, Max']);
    expect(screen.queryByText('Closed in the meantime')).not.toBeInTheDocument();
  });

  it('takes a step back from the message, and from the keyboard', async () => {
    const page = start();
    await firstAlert();
    await userEvent.keyboard('ja');
    await userEvent.click(await screen.findByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(page.asked('POST /alerts/:alertId/undo')).toHaveLength(1));
    await userEvent.keyboard('ja');
    await waitFor(() => expect(page.asked('POST /alerts/:alertId/acknowledge')).toHaveLength(2));
    await screen.findByRole('button', { name: 'Undo' });
    await userEvent.keyboard('u');
    await waitFor(() => expect(page.asked('POST /alerts/:alertId/undo')).toHaveLength(2));
  });

  it('takes on harmless alerts together, never others, and names the ones that were refused', async () => {
    const page = start();
    const first = await firstAlert();
    expect(within(first).queryByRole('checkbox')).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Choose the harmless one' }));
    expect(screen.getByRole('checkbox', { name: 'Choose: Check at 3, 6 and 12 months' })).toBeChecked();
    await userEvent.click(screen.getByRole('button', { name: 'Take on 1' }));
    await waitFor(() => expect(page.asked('POST /alerts/acknowledge')[0]!.body).toEqual({ alertIds: [check.id] }));
    expect(await screen.findByText('Ahlers, Ida, Check at 3, 6 and 12 months: somebody else was quicker')).toBeInTheDocument();
  });

  it('offers exactly what the rule allows: a decision for a hold, no sleep for an emergency, blood for a check', async () => {
    const decide = anAlert({ id: id(55), ruleId: 'HOLD-DECIDE', priority: 'high', dismissible: false, subjectType: 'adverse-event' });
    const emergency = anAlert({
      id: id(56),
      ruleId: 'AE-SYSTEMIC',
      priority: 'emergency',
      dismissible: false,
      subjectType: 'adverse-event',
    });
    start({ 'GET /alert-queue': queue(personOf(emergency, decide, check)) });
    await screen.findByRole('region');
    const buttonsOf = (alertId: string) =>
      [...document.querySelectorAll(`[data-alert="${alertId}"] :is(button, a)`)].map((button) => button.textContent);
    expect(buttonsOf(decide.id)).toEqual(['Decide the route', 'Open reaction', 'Take on', 'Snooze', 'Why']);
    expect(buttonsOf(emergency.id)).toEqual(['Open reaction', 'Examine', 'Take on', 'Done…', 'Why']);
    expect(buttonsOf(check.id)).toEqual(['Enter results', 'Ordered…', 'Take on', 'Snooze', 'Done…', 'Dismiss', 'Why']);
  });

  it('explains its keys, and lets a nurse act on her own alerts only', async () => {
    start({}, 'nurse');
    await firstAlert();
    expect(within(await firstAlert()).queryByRole('button', { name: /^Take on/ })).not.toBeInTheDocument();
    await userEvent.keyboard('?');
    const help = await screen.findByRole('dialog', { name: 'Keys of the queue' });
    expect(within(help).getByText('Undo the last step')).toBeInTheDocument();
  });

  it('says so when somebody was quicker', async () => {
    start({ 'POST /alerts/:alertId/acknowledge': new Refusal(409, { code: 'state-changed' }) });
    await userEvent.click(within(await firstAlert()).getByRole('button', { name: /^Take on/ }));
    expect(await screen.findByText(/The record changed in the meantime/)).toBeInTheDocument();
  });

  it('gives an administrator nothing to press', async () => {
    start({}, 'administrator');
    expect(within(await firstAlert()).queryByRole('button', { name: /^Take on/ })).not.toBeInTheDocument();
  });
});
