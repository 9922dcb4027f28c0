import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aCourse, aLot, anInjection, aPatient, aProduct, NOTHING_CHANGED, someFacts } from '../testing/records.js';
import { id, open, Refusal } from '../testing/screen.js';
import { LogInjection } from './LogInjection.js';

const RECORD = 'POST /patients/:patientId/injections';
const CHECK = 'POST /patients/:patientId/injection-check';

const clinic = (more: Record<string, unknown> = {}) => ({
  'GET /patients/:patientId': aPatient(),
  'GET /patients/:patientId/courses': { items: [aCourse()] },
  'GET /patients/:patientId/facts': someFacts(),
  'GET /products': { items: [aProduct()] },
  'GET /lots': { items: [aLot()], nextCursor: null },
  [CHECK]: { findings: [], blocked: false, sites: [] },
  [RECORD]: { injection: anInjection(), changes: { ...NOTHING_CHANGED, alertsClosed: 1 } },
  ...more,
});

/** The limb of an earlier injury: the left thigh and both left gluteal sites are closed, the hold has been lifted. */
const injuredLeft = someFacts({
  restrictions: [
    {
      id: id(80),
      sites: ['ventrogluteal-left', 'dorsogluteal-left'],
      reason: 'Lymphoedema',
      since: '2026-11-03',
      until: null,
      causeEventId: null,
    },
  ],
});

const start = (api = clinic(), role: 'nurse' | 'physician' = 'nurse') =>
  open(<LogInjection />, { url: `/log-injection?patient=${id(1)}&course=${id(10)}`, role, api });
const recordButton = () => screen.findByRole('button', { name: 'Record injection' });
const identity = () => screen.findByRole('checkbox', { name: /Name and birth date/ });

describe('logging an injection', () => {
  it('needs few inputs: course, lot, dose, volume, site, needle and time are there already', async () => {
    const page = start();
    await userEvent.click(await identity());
    await userEvent.click(screen.getByRole('radio', { name: '3' }));
    await userEvent.click(within(screen.getByRole('group', { name: 'Sensation altered' })).getByRole('radio', { name: 'No' }));
    await userEvent.click(within(screen.getByRole('group', { name: 'Strength' })).getByRole('radio', { name: 'Normal' }));
    expect(await screen.findByText('No rule speaks against this injection.')).toBeInTheDocument();
    await userEvent.click(await recordButton());

    await screen.findByText('The injection is recorded');
    const [sent] = page.asked(RECORD);
    expect(sent!.body).toMatchObject({
      courseId: id(10),
      productId: id(20),
      lotId: id(30),
      doseMicrograms: 1000,
      volumeMl: 1,
      route: 'IM',
      site: 'ventrogluteal-left',
      needleGauge: 25,
      needleLengthMm: 25,
      identityChecked: true,
      baseline: { pain: 3, sensory: 'normal', motor: 'normal', limbs: [] },
    });
    expect(Date.parse(String(sent!.body['givenAt']))).toBeGreaterThanOrEqual(Date.parse('2026-11-20T10:00:00.000Z'));
    expect(screen.getByText('1 alert closed')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Reaction?' })).toHaveAttribute('href', `/report-event?patient=${id(1)}&injection=${id(40)}`);
  });

  it('asks for what is missing before it asks the server anything', async () => {
    const page = start();
    await userEvent.click(await recordButton());
    expect(await screen.findByText(/look at the marked fields/)).toBeInTheDocument();
    expect(page.asked(CHECK)).toHaveLength(0);
    expect(page.asked(RECORD)).toHaveLength(0);
  });

  it('stops a nurse at a restricted site, says why, and offers no override', async () => {
    const page = start(clinic({ 'GET /patients/:patientId/facts': injuredLeft }));
    await userEvent.click(await screen.findByRole('radio', { name: /^Left ventrogluteal/ }));
    const rules = screen.getByRole('status', { name: 'What the rules say' });
    expect(await within(rules).findByText(/Left ventrogluteal is restricted since 3 Nov 2026: Lymphoedema/)).toBeInTheDocument();
    expect(within(rules).getByText(/Stop · Limb restricted/)).toBeInTheDocument();
    expect(await recordButton()).toBeDisabled();
    expect(screen.queryByRole('button', { name: 'Override…' })).not.toBeInTheDocument();
    expect(page.asked(RECORD)).toHaveLength(0);
  });

  it('records the truth about a dose already given there, with a reason and without an identity check', async () => {
    const page = start(
      clinic({
        'GET /patients/:patientId/facts': injuredLeft,
        [RECORD]: { injection: anInjection({ againstStop: true }), changes: { ...NOTHING_CHANGED, alertsRaised: 1 } },
      }),
    );
    await userEvent.click(await screen.findByRole('radio', { name: /^Left ventrogluteal/ }));
    await userEvent.click(await screen.findByRole('button', { name: /Already given/ }));
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent('a physician is told at once');
    const confirm = within(dialog).getByRole('button', { name: 'Record as given' });
    await userEvent.type(within(dialog).getByRole('textbox', { name: /Reason/ }), 'too short');
    expect(confirm).toBeDisabled();
    await userEvent.type(within(dialog).getByRole('textbox', { name: /Reason/ }), ', given before the form was opened');
    await userEvent.click(confirm);

    await screen.findByText(/Given against a stop/);
    expect(page.asked(RECORD)[0]!.body).toMatchObject({
      site: 'ventrogluteal-left',
      alreadyGiven: { reason: 'too short, given before the form was opened' },
      identityChecked: false,
    });
  });

  it('lets a physician go on with a written reason', async () => {
    const page = start(clinic({ 'GET /patients/:patientId/facts': injuredLeft }), 'physician');
    await userEvent.click(await identity());
    await userEvent.click(await screen.findByRole('radio', { name: /^Left ventrogluteal/ }));
    await userEvent.click(await screen.findByRole('button', { name: 'Override…' }));
    const dialog = await screen.findByRole('dialog');
    await userEvent.type(within(dialog).getByRole('textbox', { name: /Reason/ }), 'Oedema has gone, examined today');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Record with override' }));
    await waitFor(() => expect(page.asked(RECORD)).toHaveLength(1));
    expect(page.asked(RECORD)[0]!.body['override']).toEqual({ reason: 'Oedema has gone, examined today' });
  });

  it('holds back when the server knows more than the page', async () => {
    const finding = {
      ruleId: 'HOLD-IM',
      severity: 'block',
      code: 'im-hold-active',
      field: null,
      facts: { since: '2026-11-20T09:59:00.000Z' },
    };
    const page = start(clinic({ [CHECK]: { findings: [finding], blocked: true, sites: [] } }));
    await userEvent.click(await identity());
    await userEvent.click(await recordButton());
    expect(await screen.findByText(/The server knows more than this page did/)).toBeInTheDocument();
    expect(
      within(screen.getByRole('status', { name: 'What the rules say' })).getByText(/IM injections are on hold since/),
    ).toBeInTheDocument();
    expect(await recordButton()).toBeDisabled();
    expect(page.asked(RECORD)).toHaveLength(0);
  });

  it('keeps everything typed, and the same key, when the answer does not arrive', async () => {
    let attempts = 0;
    const page = start(
      clinic({
        [RECORD]: () => {
          attempts += 1;
          return attempts === 1 ? new Refusal(503, { code: 'unavailable' }) : { injection: anInjection(), changes: NOTHING_CHANGED };
        },
      }),
    );
    await userEvent.click(await identity());
    await userEvent.type(screen.getByRole('textbox', { name: 'Note' }), 'left arm in a sling');
    await userEvent.click(screen.getByRole('radio', { name: '7' }));
    expect(await screen.findByText('No rule speaks against this injection.')).toBeInTheDocument();
    await userEvent.click(await recordButton());
    expect(await screen.findByText(/not available right now/)).toBeInTheDocument();
    expect(screen.getByRole('textbox', { name: 'Note' })).toHaveValue('left arm in a sling');
    await userEvent.click(await recordButton());
    await screen.findByText('The injection is recorded');
    const keys = page.asked(RECORD).map(({ headers }) => headers['idempotency-key']);
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
  });

  it('puts what the server refuses on the field it speaks of', async () => {
    const refusal = new Refusal(422, {
      code: 'invalid-input',
      title: 'x',
      issues: [{ pointer: '/lotId', code: 'custom', message: 'this lot was used up' }],
    });
    start(clinic({ [RECORD]: refusal }));
    await userEvent.click(await identity());
    await userEvent.click(screen.getByRole('radio', { name: '0' }));
    await screen.findByText('No rule speaks against this injection.');
    await userEvent.click(await recordButton());
    expect(await screen.findByText('this lot was used up')).toBeInTheDocument();
    expect(screen.getByRole('combobox', { name: /Lot/ })).toHaveAttribute('aria-invalid', 'true');
  });

  it('records why a dose was not given', async () => {
    const page = start(
      clinic({
        [RECORD]: {
          injection: anInjection({ status: 'not-given', notGivenReason: 'Patient declined', site: null }),
          changes: NOTHING_CHANGED,
        },
      }),
    );
    await userEvent.click(await screen.findByRole('button', { name: 'Not given…' }));
    const dialog = await screen.findByRole('dialog');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Patient declined' }));
    await userEvent.click(within(dialog).getByRole('button', { name: 'Record as not given' }));
    await screen.findByText('Recorded as not given');
    expect(page.asked(RECORD)[0]!.body).toMatchObject({ status: 'not-given', notGivenReason: 'Patient declined' });
    expect(screen.queryByRole('link', { name: 'Reaction?' })).not.toBeInTheDocument();
  });
});
