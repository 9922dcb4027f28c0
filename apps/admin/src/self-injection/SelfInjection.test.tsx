import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { SELF_EXCLUSIONS, SELF_PLAN_PARTS, SELF_TRAINING_ITEMS } from '@vastus/clinical';
import type { Chart, SelfInjectionProgramme } from '@vastus/contract';
import PatientChart from '../patients/PatientChart.js';
import { aChart, aProgramme } from '../testing/follow-up.js';
import { anInjection, aProduct, NOTHING_CHANGED, someFacts } from '../testing/records.js';
import { id, NOW, open, Refusal, TODAY } from '../testing/screen.js';
import SelfInjectionPage from './SelfInjectionPage.js';

const keyed = <T,>(keys: readonly string[], value: T) => Object.fromEntries(keys.map((key) => [key, value]));
const APPLICATION = {
  id: id(300),
  exclusions: keyed(SELF_EXCLUSIONS, false),
  plan: keyed(SELF_PLAN_PARTS, 'written down'),
  plannedUntil: null,
  recordedAt: NOW,
  recordedByName: 'Nora Nurse',
} as SelfInjectionProgramme['application'];
const trained = (item: string, n: number, injectionId: string | null = null) => ({
  id: id(310 + n),
  item: item as 'comfort',
  trainedOn: '2026-11-01',
  observedBy: 'Nora Nurse',
  injectionId,
  recordedAt: NOW,
  recordedByName: 'Nora Nurse',
});
const TRAINING = [...SELF_TRAINING_ITEMS.map((item, n) => trained(item, n)), trained('observed-dose', 9, id(40))];
const facts = () => {
  const known = someFacts();
  return {
    ...known,
    facts: {
      ...known.facts,
      selfInjectionApprovals: [],
      injections: [
        {
          id: id(40),
          courseId: id(10),
          productId: id(20),
          substance: 'hydroxocobalamin' as const,
          status: 'given' as const,
          doseMicrograms: 1000,
          route: 'IM' as const,
          site: 'vastus-lateralis-left' as const,
          givenAt: '2026-09-20T08:00:00.000Z',
          givenOn: '2026-09-20',
        } as never,
      ],
    },
  };
};
const show = (
  programme: SelfInjectionProgramme,
  {
    role = 'nurse',
    chart = {},
    api = {},
  }: { role?: 'nurse' | 'physician' | 'administrator'; chart?: Partial<Chart>; api?: Record<string, unknown> } = {},
) =>
  open(<SelfInjectionPage />, {
    role,
    url: `/patients/${id(1)}/self-injection`,
    path: '/patients/:id/self-injection',
    api: {
      'GET /patients/:patientId/chart': aChart({ selfInjection: [programme], injections: [anInjection()], ...chart }),
      'GET /patients/:patientId/facts': facts(),
      'GET /products': { items: [aProduct()] },
      ...api,
    },
  });
const section = (name: string) => screen.findByRole('region', { name });
const CHANGED = { programme: aProgramme(), changes: NOTHING_CHANGED };

describe('fit for self-injection', () => {
  it('asks every exclusion by itself; one “yes” refuses at once, and so does silence', async () => {
    const page = show(aProgramme(), { api: { 'POST /patients/:patientId/self-injection/applications': CHANGED } });
    const fit = await section('Fit for self-injection?');
    expect(within(fit).getAllByRole('group').length).toBeGreaterThanOrEqual(SELF_EXCLUSIONS.length);
    expect(screen.getByText(/Still to be asked: Fear of needles, Tremor/)).toBeInTheDocument();
    await userEvent.click(
      within(within(fit).getByRole('group', { name: 'Tremor or poor coordination' })).getByRole('radio', { name: 'Yes' }),
    );
    expect(screen.getByText(/Not fit for self-injection: Tremor or poor coordination/)).toBeInTheDocument();
    await userEvent.type(within(fit).getByRole('textbox', { name: 'Dosing plan' }), '1 mg every 2 months');
    await userEvent.click(within(fit).getByRole('button', { name: 'Save eligibility and plan' }));
    const [sent] = page.asked('POST /patients/:patientId/self-injection/applications');
    expect(sent!.body).toMatchObject({
      courseId: id(10),
      exclusions: { 'tremor-or-poor-coordination': true, 'needle-phobia': null },
      plan: { 'dosing-plan': '1 mg every 2 months' },
      plannedUntil: null,
    });
  });

  it('an administrator reads it and is offered nothing', async () => {
    show(aProgramme({ application: APPLICATION, training: TRAINING }), { role: 'administrator' });
    await section('Training');
    for (const name of [/Save/, /Record/, /Approve/, /^Void/]) expect(screen.queryByRole('button', { name })).not.toBeInTheDocument();
  });
});

describe('training', () => {
  it('is recorded item by item; the observed dose names its injection', async () => {
    const page = show(aProgramme({ training: [trained('comfort', 1)] }), {
      api: { 'POST /patients/:patientId/self-injection/trainings': CHANGED },
    });
    const training = await section('Training');
    expect(training).toHaveTextContent('1 Nov 2026, watched by Nora Nurse');
    await userEvent.click(within(training).getByRole('button', { name: 'Record training: First self-injection, observed' }));
    const dialog = await screen.findByRole('dialog');
    expect(within(dialog).getByRole('combobox', { name: /Which dose/ })).toHaveTextContent('Left ventrogluteal');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Record training' }));
    expect(page.asked('POST /patients/:patientId/self-injection/trainings')[0]!.body).toEqual({
      courseId: id(10),
      items: [{ item: 'observed-dose', injectionId: id(40) }],
      trainedOn: TODAY,
      observedBy: 'Nora Nurse',
    });
  });
});

describe('the approval', () => {
  it('is the physician’s, once nothing stands against it', async () => {
    const page = show(aProgramme({ application: APPLICATION, training: TRAINING }), {
      role: 'physician',
      api: { 'POST /patients/:patientId/self-injection/approvals': CHANGED },
    });
    expect(await screen.findByText('Nothing stands against an approval.')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Approve self-injection…' }));
    await userEvent.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Approve' }));
    expect(page.asked('POST /patients/:patientId/self-injection/approvals')[0]!.body).toEqual({ courseId: id(10), overrideReason: null });
  });

  it('missing training cannot be overridden', async () => {
    show(aProgramme({ application: APPLICATION, training: TRAINING.slice(1) }), { role: 'physician' });
    expect(await screen.findByText(/Not trained: Needle and site/)).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Approve self-injection…' })).toBeDisabled();
    expect(screen.getByText(/cannot be overridden/)).toBeInTheDocument();
  });

  it('eligibility can be overridden with a reason; what the server still refuses is told', async () => {
    const application = { ...APPLICATION!, exclusions: { ...APPLICATION!.exclusions, 'needle-phobia': true } };
    const page = show(aProgramme({ application, training: TRAINING }), {
      role: 'physician',
      api: {
        'POST /patients/:patientId/self-injection/approvals': new Refusal(409, {
          code: 'blocked-by-rule',
          findings: [{ ruleId: 'SELF-STOP', severity: 'block', code: 'self-event-unresolved', field: null, facts: {} }],
        }),
      },
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Approve self-injection…' }));
    const dialog = await screen.findByRole('dialog');
    const approve = within(dialog).getByRole('button', { name: 'Approve' });
    expect(approve).toBeDisabled();
    await userEvent.type(within(dialog).getByRole('textbox', { name: /Go on in spite/ }), 'A neighbour gives the injection');
    await userEvent.click(approve);
    expect(page.asked('POST /patients/:patientId/self-injection/approvals')[0]!.body.overrideReason).toBe(
      'A neighbour gives the injection',
    );
    expect(await within(dialog).findByText(/An adverse event has not been resolved yet/)).toBeInTheDocument();
  });

  it('says why it is suspended, and the chart says so, too', async () => {
    const suspended = aProgramme({
      state: 'suspended',
      approvalId: id(320),
      trainingValidUntil: '2027-11-01',
      reasons: [{ ruleId: 'SELF-STOP', code: 'training-lapsed', facts: { trainedOn: '2025-10-01', validUntil: '2026-10-01' } }],
    });
    const page = show(suspended);
    expect(await screen.findByText(/Suspended because the training of 1 Oct 2025 was good until 1 Oct 2026/)).toBeInTheDocument();
    page.unmount();
    open(<PatientChart />, {
      url: `/patients/${id(1)}/show`,
      path: '/patients/:id/show',
      api: { 'GET /patients/:patientId/chart': aChart({ selfInjection: [suspended] }), 'GET /patients/:patientId/facts': facts() },
    });
    expect(await screen.findByRole('link', { name: 'Self-injection suspended' })).toHaveAttribute(
      'href',
      `/patients/${id(1)}/self-injection?course=${id(10)}`,
    );
  });
});

describe('doses at home', () => {
  it('are marked as reported by the patient', async () => {
    show(aProgramme({ homeDoseIds: [id(41)] }), {
      chart: { injections: [anInjection(), anInjection({ id: id(41), selfReported: true })] },
    });
    const doses = await section('Doses at home');
    expect(within(doses).getAllByText('Reported by the patient')).toHaveLength(1);
  });

  it('a dose without an approval is recorded as what it is: given against a stop', async () => {
    const page = show(aProgramme(), {
      api: { 'POST /patients/:patientId/injections': { injection: anInjection(), changes: NOTHING_CHANGED } },
    });
    await userEvent.click(within(await section('Doses at home')).getByRole('button', { name: 'Record a home dose' }));
    const dialog = await screen.findByRole('dialog');
    await userEvent.click(await within(dialog).findByRole('combobox', { name: /Site/ }));
    await userEvent.click(await screen.findByRole('option', { name: 'Right vastus lateralis' }));
    expect(await within(dialog).findByText(/Self-injection is not approved for this course/)).toBeInTheDocument();
    const record = within(dialog).getByRole('button', { name: 'Record home dose' });
    expect(record).toBeDisabled();
    await userEvent.type(within(dialog).getByRole('textbox', { name: /why was it given all the same/ }), 'Told on the phone today');
    await userEvent.click(record);
    expect(page.asked('POST /patients/:patientId/injections')[0]!.body).toMatchObject({
      selfReported: true,
      site: 'vastus-lateralis-right',
      doseMicrograms: 1000,
      volumeMl: 1,
      alreadyGiven: { reason: 'Told on the phone today' },
    });
  });
});
