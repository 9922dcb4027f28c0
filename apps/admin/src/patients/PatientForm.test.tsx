import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { anOverride, aPatient, NOTHING_CHANGED, someFacts } from '../testing/records.js';
import { id, open, Refusal } from '../testing/screen.js';
import PatientEdit from './PatientEdit.js';
import PatientRegister from './PatientRegister.js';

const RULES = { items: [{ id: 'RX-FOLATE', parameters: { folicAcidLimitMgPerDay: 0.4 } }] };
const BLOCKED = new Refusal(409, {
  code: 'blocked-by-rule',
  findings: [
    {
      ruleId: 'RX-FOLATE',
      severity: 'block',
      code: 'folic-acid-before-b12',
      field: 'folicAcidMgPerDay',
      facts: { folicAcidLimitMgPerDay: 0.4 },
    },
  ],
});
const edit = (
  role: 'nurse' | 'physician',
  reply: unknown = { patient: aPatient(), changes: NOTHING_CHANGED },
  known = someFacts(),
  patient = aPatient(),
) =>
  open(<PatientEdit />, {
    role,
    url: `/patients/${id(1)}`,
    path: '/patients/:id',
    api: { 'GET /patients/:patientId': patient, 'GET /patients/:patientId/facts': known, 'PUT /patients/:patientId': reply },
  });
const folicAcid = () => screen.findByRole('textbox', { name: /Folic acid/ });

beforeEach(() => {
  window.scrollTo = () => undefined;
});

it('who enters a day of death is told what ends with it, before it is saved', async () => {
  edit('nurse');
  const died = await screen.findByLabelText(/^Died on/);
  expect(screen.queryByText(/Saving ends every planned dose/)).not.toBeInTheDocument();
  fireEvent.change(died, { target: { value: '2026-11-19' } });
  expect(await screen.findByText(/Saving ends every planned dose, follow-up and alert/)).toBeInTheDocument();
});

describe('folic acid before any B12 (RX-FOLATE)', () => {
  it('is stopped while typing; a physician goes on with a reason', async () => {
    const page = edit('physician');
    await userEvent.type(await folicAcid(), '5');
    expect(await screen.findByText(/Folic acid above 0.1 mg a day before any B12/)).toBeInTheDocument();
    await userEvent.type(screen.getByRole('textbox', { name: /Go on in spite of this stop/ }), 'B12 is given elsewhere');
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(page.asked('PUT /patients/:patientId')).toHaveLength(1));
    expect(page.asked('PUT /patients/:patientId')[0]!.body).toMatchObject({
      folicAcidMgPerDay: 5,
      overrideReason: 'B12 is given elsewhere',
    });
  });

  it('a nurse is told who decides', async () => {
    const page = edit('nurse', BLOCKED);
    await userEvent.type(await folicAcid(), '5');
    expect(await screen.findByText(/A physician can go on/)).toBeInTheDocument();
    expect(screen.queryByRole('textbox', { name: /Go on in spite/ })).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('A clinical rule stops this.');
    expect(page.asked('PUT /patients/:patientId')[0]!.body.overrideReason).toBeNull();
  });

  it('a refusal is about the amount it refused: with another one it is gone', async () => {
    edit('nurse', BLOCKED);
    await userEvent.type(await folicAcid(), '5');
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('A clinical rule stops this.');
    await userEvent.clear(await folicAcid());
    await userEvent.type(await folicAcid(), '0.1');
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
    expect(screen.queryByText(/before any B12/)).not.toBeInTheDocument();
  });

  it('says nothing once B12 has been given', async () => {
    const given = {
      id: id(40),
      courseId: id(10),
      substance: 'hydroxocobalamin',
      status: 'given',
      givenAt: '2026-09-20T08:00:00.000Z',
      givenOn: '2026-09-20',
    };
    edit('physician', undefined, someFacts({ injections: [given as never] }));
    await userEvent.type(await folicAcid(), '5');
    expect(screen.queryByText(/before any B12/)).not.toBeInTheDocument();
  });

  it('what a physician decided stands beside the amount, and is past once the amount is less', async () => {
    const overrides = [anOverride({ id: id(91), reason: 'prescribed by the midwife' }), anOverride()];
    const taking = (folicAcidMgPerDay: number) =>
      edit(
        'nurse',
        undefined,
        someFacts({ patient: { ...someFacts().facts.patient, folicAcidMgPerDay } }),
        aPatient({ folicAcidMgPerDay, folicAcidOverrides: overrides }),
      );
    const page = taking(5);
    expect(await screen.findAllByText(/no longer in force/)).toHaveLength(1);
    const [latest, earlier] = await screen.findAllByRole('listitem');
    expect(latest).toHaveTextContent(/5 mg a day – Dr. Vogt, 20 Nov 2026.*: prescribed by the midwife RX-FOLATE$/);
    expect(earlier).toHaveTextContent(/pregnant, taken since May RX-FOLATE \(no longer in force\)$/);
    expect(within(latest!).getByRole('link')).toHaveAttribute('href', '/rules/RX-FOLATE');
    page.unmount();
    taking(0.1);
    expect(await screen.findAllByText(/no longer in force/)).toHaveLength(2);
  });

  it('somebody new is measured by the limit in force', async () => {
    open(<PatientRegister />, { role: 'nurse', api: { 'GET /rules': RULES } });
    await userEvent.type(await folicAcid(), '0.3');
    expect(screen.queryByText(/before any B12/)).not.toBeInTheDocument();
    await userEvent.clear(await folicAcid());
    await userEvent.type(await folicAcid(), '0.5');
    expect(within(await screen.findByRole('status')).getByText(/Folic acid above 0.4 mg a day/)).toBeInTheDocument();
  });
});
