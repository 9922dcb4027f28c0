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
  'GET /lots/of-the-day': { lot: null, usedAt: null, usedByName: null },
  'GET /injections/:injectionId': anInjection(),
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

  it('on hold there is one stop and no site to choose: nobody is asked for one', async () => {
    const hurt = {
      id: id(70),
      injectionId: null,
      site: 'deltoid-left' as const,
      onsetAt: '2026-11-19T08:00:00.000Z',
      reportedAt: '2026-11-19T08:05:00.000Z',
      assessment: {
        onset: 'seconds-to-minutes' as const,
        distribution: null,
        motor: 'foot-or-wrist-drop' as const,
        radiatingPain: true,
        lossOfConsciousness: null,
        course: null,
        siteFindings: null,
      },
      resolvedAt: null,
    };
    start(clinic({ 'GET /patients/:patientId/facts': someFacts({ events: [hurt] }) }));
    const rules = await screen.findByRole('status', { name: 'What the rules say' });
    expect(await within(rules).findByText('Stop · IM injections on hold')).toBeInTheDocument();
    expect(within(rules).getAllByText(/^Stop ·/)).toHaveLength(1);
    expect(screen.getByText(/none is open today\. Only for a dose already given/)).toBeInTheDocument();
    expect(screen.queryByText('Choose the injection site.')).not.toBeInTheDocument();
    expect(await recordButton()).toBeDisabled();
    // Given all the same: where it went can be marked.
    await userEvent.click(screen.getByRole('radio', { name: /^Right deltoid/ }));
    expect(screen.getByRole('radio', { name: /^Right deltoid/ })).toBeChecked();
  });

  it('says at the button which keys record, and leaves its name alone', async () => {
    start();
    expect(await recordButton()).toHaveTextContent('Record injectionCtrl + Enter');
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

  it('keeps everything typed, and sends it once, with the same key, when the server is back', async () => {
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
    await waitFor(() => expect(page.asked(RECORD)).toHaveLength(1));
    expect(screen.getByRole('textbox', { name: 'Note' })).toHaveValue('left arm in a sling');
    expect(screen.queryByText('The injection is recorded')).not.toBeInTheDocument();
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

  it('records why a dose was not given by two presses, and goes back to the day', async () => {
    const page = start(clinic({ [RECORD]: { injection: anInjection({ status: 'not-given', site: null }), changes: NOTHING_CHANGED } }));
    await userEvent.click(await screen.findByRole('button', { name: 'Not given…' }));
    const dialog = await screen.findByRole('dialog');
    const declined = within(dialog).getByRole('button', { name: 'Patient declined' });
    await waitFor(() => expect(declined).toBeEnabled());
    await userEvent.click(declined);
    await waitFor(() => expect(page.where()).toBe('/'));
    expect(page.asked(RECORD)[0]!.body).toMatchObject({ status: 'not-given', notGivenReason: 'Patient declined' });
  });

  it('one answer says that all is normal; the page of the dose stands in place of the form', async () => {
    const page = start();
    await userEvent.click(await identity());
    await userEvent.click(screen.getByRole('button', { name: /^All normal/ }));
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    await screen.findByText('The injection is recorded');
    expect(page.asked(RECORD)[0]!.body['baseline']).toEqual({ pain: 0, sensory: 'normal', motor: 'normal', limbs: [] });
    expect(page.where()).toBe(`/log-injection?recorded=${id(40)}`);
    expect(screen.getByText('Observe 15 more minutes, until 11:15')).toBeInTheDocument();
  });

  it('presets the lot that is in use today, and says so', async () => {
    const lot = aLot({ id: id(31), lotNumber: 'H-88' });
    start(
      clinic({
        'GET /lots': { items: [aLot(), lot], nextCursor: null },
        'GET /lots/of-the-day': { lot, usedAt: '2026-11-20T08:12:00.000Z', usedByName: 'Nora Nurse' },
      }),
    );
    expect(await screen.findByText(/as used today at 09:12 by Nora Nurse/)).toBeInTheDocument();
    expect(screen.getByRole('combobox', { name: /^Lot/ })).toHaveTextContent('H-88');
  });
});

describe('a vial that is scanned', () => {
  const GTIN = '04012345678901';
  const product = aProduct({ gtins: [GTIN] });
  const scanned = (more: Record<string, unknown> = {}) =>
    start(
      clinic({
        'GET /products': { items: [product] },
        'GET /lots': { items: [aLot(), aLot({ id: id(31), lotNumber: 'H-88' })], nextCursor: null },
        ...more,
      }),
    );
  const scan = async (text: string) => {
    const field = await screen.findByRole('textbox', { name: 'Scan the vial' });
    await userEvent.click(field);
    await userEvent.paste(text);
    await userEvent.keyboard('{Enter}');
  };
  /** The list asked by number knows this lot. */
  const known = (with_: Parameters<typeof aLot>[0]) => ({
    'GET /lots': ({ query }: { query: Record<string, string> }) => ({
      items: query['lotNumber'] ? [aLot(with_)] : [aLot(), aLot({ id: id(31), lotNumber: 'H-88' })],
      nextCursor: null,
    }),
  });

  it('fills lot and expiry', async () => {
    scanned(known({ id: id(32), lotNumber: 'H-99' }));
    await scan(`]d201${GTIN}1727123110H-99`);
    expect(await screen.findByText(/Lot H-99, expires 31 Dec 2027: on the list and usable/)).toBeInTheDocument();
    expect(screen.getByRole('combobox', { name: /^Lot/ })).toHaveTextContent('H-99');
  });

  it('a recalled one stops at once', async () => {
    scanned(known({ id: id(32), lotNumber: 'H-99', status: 'recalled' }));
    await scan(`01${GTIN}1727123110H-99`);
    expect(await screen.findByText(/Lot H-99 of Hydroxocobalamin 1 mg\/mL has been recalled. Do not use it./)).toBeInTheDocument();
    expect(await recordButton()).toBeDisabled();
  });

  it.each([
    ['0104012345678902', /its check digit does not fit/],
    [`01${GTIN}1726111910H-99`, /expired on 19 Nov 2026. Do not use it/],
    ['0104012345678918', /No product of this clinic has the number 04012345678918/],
    ['hello', /no symbol of a vial/],
  ])('%s stops at once, and no lot stands in for it', async (text, word) => {
    const page = scanned({ 'GET /lots/of-the-day': { lot: aLot(), usedAt: '2026-11-20T08:12:00.000Z', usedByName: 'Nora Nurse' } });
    await scan(text);
    expect(await screen.findByText(word)).toBeInTheDocument();
    expect(await recordButton()).toBeDisabled();
    expect(screen.getByRole('combobox', { name: /^Lot/ })).not.toHaveTextContent('H-77');
    expect(page.asked(RECORD)).toHaveLength(0);
  });

  it('a second one that is not on the list takes the lot of the first away, and so does one that names no lot', async () => {
    const page = scanned({
      'GET /lots': ({ query }: { query: Record<string, string> }) => ({
        items: query['lotNumber'] === 'NEW-1' ? [] : [aLot({ id: id(32), lotNumber: 'H-99' })],
        nextCursor: null,
      }),
    });
    const lot = screen.findByRole('combobox', { name: /^Lot/ });
    await scan(`01${GTIN}1727123110H-99`);
    await screen.findByText(/Lot H-99, expires 31 Dec 2027/);
    expect(await lot).toHaveTextContent('H-99');
    await scan(`01${GTIN}1728020010NEW-1`);
    await screen.findByText(/Lot NEW-1, expires 29 Feb 2028, of .* is not on the clinic’s list yet/);
    expect(await lot).not.toHaveTextContent('H-99');
    await userEvent.click(await identity());
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    await screen.findByText(/Something is still missing/);
    await scan(`01${GTIN}`);
    await screen.findByText(/names no lot/);
    expect(await lot).not.toHaveTextContent('H-99');
    expect(page.asked(RECORD)).toHaveLength(0);
  });

  it('nothing is recorded while a vial is looked up, by no key either', async () => {
    const page = scanned({
      'GET /lots': ({ query }: { query: Record<string, string> }) =>
        query['lotNumber'] ? new Promise(() => {}) : { items: [aLot()], nextCursor: null },
    });
    await userEvent.click(await identity());
    await scan(`01${GTIN}1727123110H-99`);
    expect(await recordButton()).toBeDisabled();
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    expect(page.asked(RECORD)).toHaveLength(0);
  });

  it('one the clinic does not know is received and chosen', async () => {
    const page = scanned({
      'GET /lots': ({ query }: { query: Record<string, string> }) => ({ items: query['lotNumber'] ? [] : [aLot()], nextCursor: null }),
      'POST /lots': aLot({ id: id(33), lotNumber: 'NEW-1', expiresOn: '2028-02-29' }),
    });
    await scan(`01${GTIN}1728020010NEW-1`);
    await userEvent.click(await screen.findByRole('button', { name: 'Receive it' }));
    expect(await screen.findByText(/received and chosen/)).toBeInTheDocument();
    expect(page.asked('POST /lots')[0]!.body).toEqual({ productId: id(20), lotNumber: 'NEW-1', expiresOn: '2028-02-29' });
    expect(screen.getByRole('combobox', { name: /^Lot/ })).toHaveTextContent('NEW-1');
  });
});
