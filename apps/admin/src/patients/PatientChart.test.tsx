import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { Chart, MilestoneOut } from '@vastus/contract';
import { aCourse, anAlert, anEvent, anInjection, anOverride, aPatient, NOTHING_CHANGED, someFacts } from '../testing/records.js';
import { id, NOW, open } from '../testing/screen.js';
import PatientChart from './PatientChart.js';

const aChart = (with_: Partial<Chart> = {}) =>
  ({
    patient: aPatient(),
    hold: null,
    restrictions: [],
    routeDecisions: [],
    courses: [aCourse()],
    proposals: [],
    injections: [],
    events: [],
    labResults: [],
    milestones: [],
    alerts: [],
    symptomScores: [],
    ruleOuts: [],
    painPlans: [],
    selfInjection: [],
    ...with_,
  }) as Chart;
const aStep = (with_: Partial<MilestoneOut> = {}): MilestoneOut => ({
  id: id(61),
  ruleId: 'NI-24H',
  subjectType: 'adverse-event',
  subjectId: id(70),
  opensAt: NOW,
  dueAt: '2026-11-21T10:00:00.000Z',
  dueOn: '2026-11-21',
  overdueAt: null,
  ownerRole: 'physician',
  priority: 'high',
  state: 'planned',
  metAt: null,
  missing: [],
  facts: {},
  ...with_,
});
const show = (chart: Chart, role: 'nurse' | 'physician' | 'administrator' = 'nurse', more: Record<string, unknown> = {}) =>
  open(<PatientChart />, {
    role,
    url: `/patients/${id(1)}/show`,
    path: '/patients/:id/show',
    api: { 'GET /patients/:patientId/chart': chart, 'GET /patients/:patientId/facts': someFacts(), ...more },
  });
const banner = () => screen.findByRole('region', { name: 'Patient' });

describe('folic acid ahead of B12', () => {
  const chart = aChart({ patient: aPatient({ folicAcidMgPerDay: 5, folicAcidOverrides: [anOverride()] }) });
  const patient = { ...someFacts().facts.patient, folicAcidMgPerDay: 5 };
  const dose = { id: id(40), courseId: id(10), substance: 'hydroxocobalamin', status: 'given', givenAt: NOW, givenOn: '2026-11-20' };

  it('is shown with who decided on it and why', async () => {
    show(chart, 'nurse', { 'GET /patients/:patientId/facts': someFacts({ patient }) });
    const told = (await screen.findByText(/Folic acid before B12 in spite of the stop, 5 mg a day/)).closest('[role="alert"]');
    expect(told).toHaveTextContent(/Dr. Vogt.*pregnant, taken since May/);
    expect(within(told as HTMLElement).getByRole('link')).toHaveAttribute('href', '/rules/RX-FOLATE');
  });

  it('is no matter any more once B12 has been given', async () => {
    let given = false;
    const page = show(chart, 'nurse', {
      'GET /patients/:patientId/facts': () => someFacts({ patient, injections: given ? [dose as never] : [] }),
    });
    expect(await screen.findByText(/Folic acid before B12/)).toBeInTheDocument();
    given = true;
    await page.queryClient.invalidateQueries();
    await waitFor(() => expect(screen.queryByText(/Folic acid before B12/)).not.toBeInTheDocument());
  });
});

describe('the banner of the chart', () => {
  it('names the patient by two identifiers and the danger by its name', async () => {
    show(aChart({ patient: aPatient({ allergies: ['cobalt'], renalDysfunction: true, interpreterLanguage: 'Farsi' }) }));
    expect(within(await banner()).getByRole('heading', { level: 1, name: 'Ahlers, Ida' })).toBeInTheDocument();
    for (const text of ['4 Mar 1961 (65 years)', 'No. R-1001', 'Female', 'Allergies: Cobalt', 'Renal dysfunction', 'Interpreter: Farsi'])
      expect(await banner()).toHaveTextContent(text);
    expect(document.title).not.toContain('Ahlers');
  });

  it('says what is not recorded instead of “no”', async () => {
    show(aChart());
    expect(await banner()).toHaveTextContent('Renal function not recorded');
    expect(screen.queryByText(/on hold/)).not.toBeInTheDocument();
  });

  it('a hold is told to everybody, and decided by a physician', async () => {
    const held = aChart({ hold: { id: id(80), since: NOW, causeEventIds: [id(70)] } });
    const nurse = show(held);
    expect(await screen.findByText(/IM injections on hold since 20 Nov 2026/, { selector: '[role="alert"] strong' })).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Decide the route' })).not.toBeInTheDocument();
    nurse.unmount();

    const page = show(held, 'physician', {
      'POST /patients/:patientId/route-decisions': { decision: {}, changes: { ...NOTHING_CHANGED, holdLifted: true } },
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Decide the route' }));
    const dialog = await screen.findByRole('dialog');
    await userEvent.click(within(dialog).getByRole('radio', { name: /Continue IM elsewhere/ }));
    const decide = within(dialog).getByRole('button', { name: 'Decide' });
    expect(decide).toBeDisabled();
    await userEvent.type(within(dialog).getByRole('textbox', { name: /Reason/ }), 'severe malabsorption');
    await userEvent.click(decide);
    expect(page.asked('POST /patients/:patientId/route-decisions')[0]!.body).toEqual({
      decision: 'continue-im',
      reason: 'severe malabsorption',
      overrideReason: null,
    });
  });

  it('restrictions and a death are told; only what was entered by hand can be lifted', async () => {
    const restriction = {
      id: id(81),
      sites: ['deltoid-left' as const],
      reason: 'Lymphedema',
      since: '2026-01-02',
      until: null,
      causeEventId: null,
    };
    show(
      aChart({
        patient: aPatient({ deceasedOn: '2026-11-18' }),
        restrictions: [
          restriction,
          { ...restriction, id: id(82), sites: ['ventrogluteal-left'], reason: 'Nerve injury', causeEventId: id(70) },
        ],
      }),
      'physician',
    );
    expect(await screen.findByText(/Left deltoid – Lymphedema, since 2 Jan 2026/)).toBeInTheDocument();
    expect(screen.getByText('Died on 18 Nov 2026')).toBeInTheDocument();
    expect(screen.getAllByRole('button', { name: 'Lift' })).toHaveLength(1);
  });
});

describe('the sections of the chart', () => {
  it('shows active alerts and not those that are done', async () => {
    show(aChart({ alerts: [anAlert(), anAlert({ id: id(51), ruleId: 'RX-OVERDUE', state: 'resolved' })] }));
    expect(await screen.findByText('Check at 3, 6 and 12 months')).toBeInTheDocument();
    expect(screen.queryByText('Dose overdue')).not.toBeInTheDocument();
  });

  it('draws the nerve clock of an event with now on it', async () => {
    show(
      aChart({
        events: [anEvent({ onsetAt: '2026-11-18T10:00:00.000Z' })],
        milestones: [aStep(), aStep({ id: id(62), ruleId: 'NI-EMG60', dueAt: '2027-01-17T10:00:00.000Z', dueOn: '2027-01-17' })],
      }),
    );
    expect(await screen.findByRole('img', { name: /day 2/i })).toBeInTheDocument();
    expect(screen.getByText('Nerve conduction study at day 60')).toBeInTheDocument();
  });

  it('keeps voided injections readable and offers nothing on them', async () => {
    show(aChart({ injections: [anInjection({ state: 'voided', voidReason: 'wrong patient' })] }));
    expect(await screen.findByText('Entered in error')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: /^Void/ })).not.toBeInTheDocument();
  });

  it('an administrator reads and is offered no clinical action', async () => {
    show(
      aChart({
        proposals: [
          {
            id: id(90),
            patient: aPatient(),
            source: 'fhir',
            display: 'Vitamin B12 5 MG/ML',
            code: '2001499',
            authoredOn: '2020-01-01',
            state: 'proposed',
            courseId: null,
            reason: null,
          },
        ],
      }),
      'administrator',
    );
    expect(await screen.findByText(/Order: Vitamin B12 5 MG\/ML/)).toBeInTheDocument();
    for (const name of ['Log injection', 'Report event', 'Enter result', 'Start course', 'Accept'])
      expect(screen.queryByRole('link', { name })).not.toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'End course' })).not.toBeInTheDocument();
  });
});
