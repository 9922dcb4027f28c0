import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aCourse, aPatient, aProduct, NOTHING_CHANGED, someFacts } from '../testing/records.js';
import { id, open, TODAY } from '../testing/screen.js';
import StartCoursePage from './StartCoursePage.js';

const START = 'POST /patients/:patientId/courses';
const ACCEPT = 'POST /course-proposals/:proposalId/accept';
const proposal = {
  id: id(90),
  patient: aPatient(),
  source: 'fhir',
  display: 'hydroxocobalamin 1 MG/ML',
  code: null,
  authoredOn: '2020-01-01',
  state: 'proposed',
  courseId: null,
  reason: null,
};
const show = (query = '', facts = someFacts(), role: 'nurse' | 'physician' = 'nurse') =>
  open(<StartCoursePage />, {
    role,
    url: `/start-course?patient=${id(1)}${query}`,
    api: {
      'GET /patients/:patientId/chart': { patient: aPatient(), proposals: [proposal], courses: [] },
      'GET /patients/:patientId/facts': facts,
      'GET /products': { items: [aProduct(), aProduct({ id: id(21), name: 'Cyanocobalamin 1 mg/mL', substance: 'cyanocobalamin' })] },
      [START]: { course: aCourse(), changes: NOTHING_CHANGED },
      [ACCEPT]: { course: aCourse(), changes: NOTHING_CHANGED },
    },
  });
const choose = async (field: RegExp, option: RegExp) => {
  await userEvent.click(await screen.findByRole('combobox', { name: field }));
  await userEvent.click(within(await screen.findByRole('listbox')).getByRole('option', { name: option }));
};
const nerveSymptoms = (name: string) => within(screen.getByRole('group', { name: 'Nerve symptoms or signs' })).getByRole('radio', { name });

describe('starting a course', () => {
  it('proposes the regimen from the nerve symptoms; what is not chosen follows the clinic’s protocol', async () => {
    const page = show();
    await choose(/^Product/, /Hydroxocobalamin/);
    await userEvent.click(nerveSymptoms('No'));
    expect(screen.getByRole('combobox', { name: /^Regimen/ })).toHaveTextContent('Three times a week for 2 weeks');
    await userEvent.click(nerveSymptoms('Yes'));
    expect(screen.getByRole('combobox', { name: /^Regimen/ })).toHaveTextContent('Every other day until no further improvement');
    await choose(/^Cause/, /Not yet known/);
    await userEvent.click(screen.getByRole('button', { name: 'Start course' }));
    await waitFor(() => expect(page.where()).toBe(`/patients/${id(1)}/show`));
    const [sent] = page.asked(START);
    expect(sent!.body).toMatchObject({
      productId: id(20),
      cause: 'unknown',
      neurologicalInvolvement: true,
      regimen: 'loading-alternate-days',
      startedOn: TODAY,
      symptomsSince: null,
    });
    expect(sent!.body).not.toHaveProperty('maintenanceMonths');
    expect(sent!.body).not.toHaveProperty('monitoringPlan');
    expect(sent!.body).not.toHaveProperty('doseMicrograms');
  });

  it('says what the rules would stop as soon as the product is chosen', async () => {
    const facts = someFacts();
    show('', { ...facts, facts: { ...facts.facts, patient: { ...facts.facts.patient, renalDysfunction: true } } });
    await choose(/^Product/, /Cyanocobalamin/);
    expect(await screen.findByText(/No cyanocobalamin with poor kidney function/)).toHaveTextContent('Hydroxocobalamin, Methylcobalamin');
  });

  it('stops a nurse, and lets a physician go on with a reason of ten characters', async () => {
    const failing = someFacts();
    const facts = { ...failing, facts: { ...failing.facts, patient: { ...failing.facts.patient, renalDysfunction: true } } };
    const page = show('', facts, 'physician');
    await choose(/^Product/, /Cyanocobalamin/);
    await userEvent.click(nerveSymptoms('No'));
    await choose(/^Cause/, /Diet/);
    const start = screen.getByRole('button', { name: 'Start course' });
    const reason = screen.getByRole('textbox', { name: /^Go on in spite of this stop/ });
    await userEvent.type(reason, 'too short');
    expect(start).toBeDisabled();
    await userEvent.type(reason, ', nothing else is to be had');
    await userEvent.click(start);
    await waitFor(() => expect(page.asked(START)).toHaveLength(1));
    expect(page.asked(START)[0]!.body.overrideReason).toBe('too short, nothing else is to be had');

    cleanup();
    show('', facts, 'nurse');
    await choose(/^Product/, /Cyanocobalamin/);
    expect(screen.getByRole('button', { name: 'Start course' })).toBeDisabled();
    expect(screen.getByText('A physician can go on in spite of this stop, with a reason.')).toBeInTheDocument();
  });

  it('says what the picture means so far, and sends it only where something was answered', async () => {
    const page = show();
    await choose(/^Product/, /Hydroxocobalamin/);
    const picture = screen.getByRole('group', { name: 'Picture of the deficiency' });
    expect(picture).toHaveTextContent('Not yet clear');
    await userEvent.click(nerveSymptoms('Yes'));
    expect(picture).toHaveTextContent('Neurological signs: Yes (from the course) · Proposed: Every other day until no further improvement');
    await userEvent.click(within(within(picture).getByRole('group', { name: 'Low B12' })).getByRole('radio', { name: 'Yes' }));
    expect(picture).toHaveTextContent('Severe deficiency');
    await userEvent.type(screen.getByLabelText(/^Symptoms since/), '2026-01-01');
    expect(screen.getByText(/more than 3 months before treatment/)).toBeInTheDocument();
    await choose(/^Cause/, /Not yet known/);
    await userEvent.click(screen.getByRole('button', { name: 'Start course' }));
    await waitFor(() => expect(page.asked(START)).toHaveLength(1));
    expect(page.asked(START)[0]!.body.deficiencyPicture).toEqual({
      lowB12: true,
      symptoms: null,
      neurologicalSigns: null,
      anemiaOrMacrocytosis: null,
      malabsorptionRisk: null,
    });
  });

  it('asks for what is missing before it sends', async () => {
    const page = show();
    await userEvent.click(await screen.findByRole('button', { name: 'Start course' }));
    expect(screen.getAllByText('Please fill this in').length).toBeGreaterThan(1);
    expect(page.asked(START)).toHaveLength(0);
  });

  it('accepts an order: the product its words name is chosen, the rest is the clinician’s', async () => {
    const page = show(`&proposal=${id(90)}`);
    expect(await screen.findByRole('combobox', { name: /^Product/ })).toHaveTextContent('Hydroxocobalamin');
    await userEvent.click(nerveSymptoms('No'));
    await choose(/^Cause/, /Diet/);
    await userEvent.click(screen.getByRole('button', { name: 'Accept and start' }));
    await waitFor(() => expect(page.asked(ACCEPT)).toHaveLength(1));
    expect(page.asked(ACCEPT)[0]!.path).toContain(id(90));
    expect(page.asked(START)).toHaveLength(0);
  });
});
