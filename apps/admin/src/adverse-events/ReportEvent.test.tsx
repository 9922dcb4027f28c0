import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { anEvent, anInjection, aPatient, NOTHING_CHANGED, someFacts } from '../testing/records.js';
import { id, open, Refusal } from '../testing/screen.js';
import { ReportEvent } from './ReportEvent.js';

const RECORD = 'POST /patients/:patientId/adverse-events';
const later = anInjection({ id: id(41), site: 'deltoid-right', givenAt: '2026-11-20T09:30:00.000Z' });
const earlier = anInjection({ id: id(40), site: 'ventrogluteal-left', givenAt: '2026-11-01T09:30:00.000Z' });

const start = (url = `/report-event?patient=${id(1)}`, more: Record<string, unknown> = {}) =>
  open(<ReportEvent />, {
    url,
    api: {
      'GET /patients/:patientId': aPatient(),
      'GET /patients/:patientId/facts': someFacts(),
      'GET /injections': { items: [later, earlier], nextCursor: null },
      [RECORD]: {
        event: anEvent({ triage: { ...anEvent().triage, level: 'urgent' } }),
        changes: { ...NOTHING_CHANGED, alertsRaised: 2, holdPlaced: true, sitesRestricted: ['deltoid-right'] },
      },
      ...more,
    },
  });

const choose = async (question: string, answer: string) =>
  userEvent.click(within(await screen.findByRole('group', { name: question })).getByRole('radio', { name: answer }));
const level = () => screen.findByRole('status', { name: 'What it means' });

describe('reporting a reaction', () => {
  it('suspects the latest injection, and starts with every answer open', async () => {
    start();
    expect(await screen.findByRole('combobox', { name: 'Suspected injection' })).toHaveTextContent('Right deltoid');
    expect(await level()).toHaveTextContent(/Suspected injury/);
    expect(await level()).toHaveTextContent(/Radial nerve, Axillary nerve/);
    expect(
      screen.getByText(
        /Onset after the injection, Distribution, Strength, Radiating pain, Loss of consciousness, Course so far, The site itself/,
      ),
    ).toBeInTheDocument();
  });

  it('takes the injection of the address', async () => {
    start(`/report-event?patient=${id(1)}&injection=${id(40)}`);
    expect(await screen.findByRole('combobox', { name: 'Suspected injection' })).toHaveTextContent('Left ventrogluteal');
    expect(await level()).toHaveTextContent('Sciatic nerve');
  });

  it('shows the urgency, the hold, the limb and the dates before anything is recorded', async () => {
    const page = start();
    await choose('Onset after the injection', 'Seconds to minutes');
    await choose('Strength', 'Foot or wrist drop');
    expect(await level()).toHaveTextContent('Urgent');
    expect(screen.getAllByText('IM injections of this patient stop until a physician decides').length).toBeGreaterThan(0);
    expect(screen.getByText('Closed for good: Right deltoid')).toBeInTheDocument();
    const clock = screen.getByRole('list', { name: 'Follow-ups' });
    expect(within(clock).getByText('Nerve conduction study at day 60')).toBeInTheDocument();
    const when = within(clock)
      .getAllByRole('listitem')
      .map((item) => item.textContent!.startsWith('at once'));
    expect(when).toContain(true);
    expect(when).toEqual([...when].sort((a, b) => Number(b) - Number(a)));
    expect(page.asked(RECORD)).toHaveLength(0);
  });

  it('calls it benign only when every answer is there and reassuring', async () => {
    start();
    await choose('Onset after the injection', 'Hours');
    await choose('Distribution', 'Localized');
    await choose('Strength', 'No weakness');
    await choose('Radiating pain', 'No');
    await choose('Loss of consciousness', 'No');
    await choose('Course so far', 'Improving');
    expect(await level()).toHaveTextContent('Suspected injury');
    await choose('The site itself', 'Unremarkable');
    expect(await level()).toHaveTextContent('Benign');
    expect(screen.getAllByText('Injections may go on').length).toBeGreaterThan(0);
    await choose('Radiating pain', 'Not known');
    expect(await level()).toHaveTextContent('Suspected injury');
  });

  it('sends open answers as open, and tells what recording did', async () => {
    const page = start();
    await choose('Loss of consciousness', 'No');
    await userEvent.click(screen.getByRole('checkbox', { name: 'Swelling' }));
    await userEvent.click(screen.getByRole('checkbox', { name: 'Swelling' }));
    await userEvent.click(screen.getByRole('button', { name: 'Record reaction' }));
    expect(await screen.findByText('Recorded: Urgent')).toBeInTheDocument();
    expect(screen.getByText('2 alerts raised')).toBeInTheDocument();
    expect(screen.getByText('IM injections are on hold')).toBeInTheDocument();
    expect(page.asked(RECORD)[0]!.body).toMatchObject({
      injectionId: id(41),
      site: null,
      assessment: {
        onset: null,
        distribution: null,
        motor: null,
        radiatingPain: null,
        lossOfConsciousness: false,
        course: null,
        siteFindings: null,
      },
    });
  });

  it('keeps the answers when the server refuses a field', async () => {
    start(undefined, {
      [RECORD]: new Refusal(422, {
        code: 'invalid-input',
        issues: [{ pointer: '/onsetAt', code: 'custom', message: 'lies before the injection' }],
      }),
    });
    await choose('Strength', 'Weakness');
    await userEvent.click(screen.getByRole('button', { name: 'Record reaction' }));
    expect(await screen.findByText('lies before the injection')).toBeInTheDocument();
    expect(within(screen.getByRole('group', { name: 'Strength' })).getByRole('radio', { name: 'Weakness' })).toBeChecked();
  });
});
