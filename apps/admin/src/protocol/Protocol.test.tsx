import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { PROTOCOL_DEFAULTS } from '@vastus/clinical';
import type { ProtocolSimulation, ProtocolVersion, ProtocolVersionDetail } from '@vastus/contract';
import { aPatientName } from '../testing/records.js';
import { type Asked, id, NOW, open, Refusal } from '../testing/screen.js';
import ProtocolPage from './ProtocolPage.js';
import VersionPage from './VersionPage.js';

const IN_FORCE: ProtocolVersion = {
  id: id(400),
  number: 1,
  state: 'initial',
  inForce: true,
  inForceFrom: '2026-01-01T00:00:00.000Z',
  basedOn: null,
  note: null,
  draftedAt: '2026-01-01T00:00:00.000Z',
  draftedByName: null,
  signedAt: null,
  signedByName: null,
  withdrawnAt: null,
  withdrawnByName: null,
  withdrawReason: null,
  application: null,
  version: 1,
};
const DRAFT: ProtocolVersion = {
  ...IN_FORCE,
  id: id(401),
  number: 2,
  state: 'draft',
  inForce: false,
  inForceFrom: null,
  basedOn: { id: id(400), number: 1 },
  draftedByName: 'Ada Admin',
  note: 'Quarterly doses',
  version: 3,
};
const detail = (version: ProtocolVersion, with_: Partial<ProtocolVersionDetail> = {}): ProtocolVersionDetail => ({
  ...version,
  parameters: { ...PROTOCOL_DEFAULTS },
  changes: [],
  simulation: null,
  ...with_,
});
const draft = (with_: Partial<ProtocolVersionDetail> = {}) =>
  detail(DRAFT, {
    parameters: { ...PROTOCOL_DEFAULTS, maintenanceMonths: 3 },
    changes: [{ parameter: 'maintenanceMonths', from: 2, to: 3, unit: 'months' }],
    ...with_,
  });
const RESULT: ProtocolSimulation = {
  id: id(410),
  versionId: id(401),
  versionNumber: 2,
  draftVersion: 3,
  state: 'done',
  asOf: NOW,
  patientsTotal: 120,
  patientsDone: 120,
  findings: {
    patientsChanged: 41,
    milestones: { added: 0, moved: 63, removed: 5, met: 0, reopened: 0 },
    alerts: { raised: 2, closed: 7 },
    byRule: { 'RX-OVERDUE': { added: 0, moved: 63, removed: 0, alertsRaised: 2, alertsClosed: 7 } },
    newlyOverdue: { count: 1, patients: [{ patient: aPatientName, because: [{ ruleId: 'RX-OVERDUE', dueOn: '2026-11-12' }] }] },
    weeks: [{ startsOn: '2026-11-16', before: 9, after: 4, byRule: {} }],
  },
  failure: null,
  createdAt: NOW,
  createdByName: 'Ada Admin',
  finishedAt: NOW,
};
const show = (url: string, role: 'administrator' | 'physician' | 'nurse', version = draft(), api: Record<string, unknown> = {}) =>
  open(<VersionPage />, {
    role,
    url,
    path: '/protocol/:versionId',
    api: {
      'GET /protocol/versions': { items: [DRAFT, IN_FORCE], nextCursor: null },
      'GET /protocol/versions/:versionId': ({ path }: Asked) => (path.endsWith(id(401)) ? version : detail(IN_FORCE)),
      'GET /protocol/simulations/:simulationId': RESULT,
      ...api,
    },
  });
const field = (name: string) => screen.findByRole('textbox', { name });

describe('the versions of the protocol', () => {
  it('say where each stands; only an administrator is offered a draft', async () => {
    const api = { 'GET /protocol/versions': { items: [DRAFT, IN_FORCE], nextCursor: null } };
    const page = open(<ProtocolPage />, { role: 'physician', api });
    const row = (await screen.findByRole('link', { name: 'Version 1' })).closest('tr')!;
    expect(row).toHaveTextContent('In force');
    expect(row).toHaveTextContent('defaults, signed by nobody');
    expect(screen.queryByRole('link', { name: 'Draft a change' })).not.toBeInTheDocument();
    page.unmount();
    open(<ProtocolPage />, { role: 'administrator', api });
    expect(await screen.findByRole('link', { name: 'Draft a change' })).toHaveAttribute('href', '/protocol/new');
  });
});

describe('drafting', () => {
  it('shows range, default and rules of each parameter, refuses what is out of range, and sends only what differs', async () => {
    const page = show('/protocol/new', 'administrator', draft(), { 'POST /protocol/drafts': draft() });
    const months = await field('Maintenance every');
    expect(months.closest('li')).toHaveTextContent('1 to 3, default 2 · RX-MAINT');
    expect(screen.getByRole('button', { name: 'Save draft' })).toBeDisabled();
    await userEvent.clear(months);
    await userEvent.type(months, '4');
    expect(screen.getByText('At most 3 months.')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Save draft' })).toBeDisabled();
    await userEvent.clear(months);
    await userEvent.type(months, '3');
    expect(screen.getByText('from 2 months to 3 months')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Save draft' }));
    await waitFor(() => expect(page.where()).toBe(`/protocol/${id(401)}`));
    expect(page.asked('POST /protocol/drafts')[0]!.body).toMatchObject({ basedOn: id(400), parameters: { maintenanceMonths: 3 } });
  });

  it('numbers that contradict each other are refused', async () => {
    show('/protocol/new', 'administrator');
    const physician = await field('Late maintenance dose: physician after');
    await userEvent.clear(physician);
    await userEvent.type(physician, '5');
    expect(screen.getByText('Must be later than “Late maintenance dose: nurse after”.')).toBeInTheDocument();
  });

  it('an edit names the version that was read; taking a change back takes it out', async () => {
    const page = show(`/protocol/${id(401)}`, 'administrator', draft(), { 'PUT /protocol/drafts/:versionId': draft() });
    await userEvent.click(await screen.findByRole('button', { name: 'Maintenance every: Back to 2 months' }));
    const rotation = await field('Rest of a site');
    await userEvent.clear(rotation);
    await userEvent.type(rotation, '28');
    await userEvent.click(screen.getByRole('button', { name: 'Save draft' }));
    const [sent] = page.asked('PUT /protocol/drafts/:versionId');
    expect(sent!.body.parameters).toEqual({ rotationDays: 28 });
    expect(sent!.headers['if-match'] ?? sent!.headers['If-Match']).toContain('3');
  });

  it('what a colleague saves meanwhile is shown where nothing was typed, and never overwritten unseen', async () => {
    let version = draft();
    const page = show(`/protocol/${id(401)}`, 'administrator', version, {
      'GET /protocol/versions/:versionId': ({ path }: Asked) => (path.endsWith(id(401)) ? version : detail(IN_FORCE)),
      'PUT /protocol/drafts/:versionId': new Refusal(412, { code: 'stale-version' }),
    });
    const rotation = await field('Rest of a site');
    await userEvent.clear(rotation);
    await userEvent.type(rotation, '28');
    version = draft({ version: 4, note: 'Fewer visits' });
    await page.queryClient.invalidateQueries();
    await waitFor(() => expect(screen.getByRole('textbox', { name: 'Note' })).toHaveValue('Fewer visits'));
    expect(rotation).toHaveValue('28');
    await userEvent.click(screen.getByRole('button', { name: 'Save draft' }));
    expect(await screen.findByText(/Somebody else changed this record/)).toBeInTheDocument();
    expect(page.asked('PUT /protocol/drafts/:versionId')[0]!.headers['if-match']).toContain('3');
  });

  it('a nurse reads and changes nothing', async () => {
    show(`/protocol/${id(401)}`, 'nurse');
    expect(await screen.findByText('from 2 months to 3 months')).toBeInTheDocument();
    expect(screen.queryByRole('textbox')).not.toBeInTheDocument();
    for (const name of ['Sign…', 'Withdraw…', 'Work it out']) expect(screen.queryByRole('button', { name })).not.toBeInTheDocument();
  });
});

describe('what if', () => {
  it('runs on what is saved and tells who would become overdue', async () => {
    const page = show(`/protocol/${id(401)}`, 'physician', draft(), { 'POST /protocol/drafts/:versionId/simulation': RESULT });
    await userEvent.click(await screen.findByRole('button', { name: 'Work it out' }));
    expect(await screen.findByRole('link', { name: 'Ahlers, Ida' })).toHaveAttribute('href', `/patients/${id(1)}/show`);
    expect(screen.getByText('Dose overdue, due 12 Nov 2026')).toBeInTheDocument();
    expect(screen.getByText('Week of 16 Nov 2026: 9 as it is, 4 under the draft')).toBeInTheDocument();
    expect(page.asked('POST /protocol/drafts/:versionId/simulation')).toHaveLength(1);
  });

  it('says how much is added, moved and removed, in all and by rule', async () => {
    const findings = {
      ...RESULT.findings!,
      patientsChanged: 41,
      milestones: { added: 11, moved: 63, removed: 5, met: 0, reopened: 0 },
      alerts: { raised: 2, closed: 7 },
      byRule: {
        'RX-OVERDUE': { added: 0, moved: 63, removed: 4, alertsRaised: 2, alertsClosed: 7 },
        'MON-Q3': { added: 11, moved: 0, removed: 1, alertsRaised: 0, alertsClosed: 0 },
      },
    };
    const simulation = { id: id(410), state: 'done' as const, createdAt: NOW, isCurrent: true };
    show(`/protocol/${id(401)}`, 'physician', draft({ simulation }), {
      'GET /protocol/simulations/:simulationId': { ...RESULT, findings },
    });
    const figure = async (label: string) => (await screen.findByText(label)).parentElement!.textContent!.slice(label.length);
    expect(await figure('Patients touched')).toBe('41');
    expect(await figure('Follow-ups added')).toBe('11');
    expect(await figure('Follow-ups moved')).toBe('63');
    expect(await figure('Follow-ups removed')).toBe('5');
    expect(screen.getByText('Alerts raised', { selector: 'div' }).parentElement).toHaveTextContent('Alerts raised2');
    expect(screen.getByText('Alerts closed', { selector: 'div' }).parentElement).toHaveTextContent('Alerts closed7');
    const row = (rule: RegExp) =>
      within(screen.getByRole('row', { name: rule }))
        .getAllByRole('cell')
        .slice(1)
        .map(({ textContent }) => textContent);
    expect(row(/RX-OVERDUE/)).toEqual(['–', '63', '4', '2', '7']);
    expect(row(/MON-Q3/)).toEqual(['11', '–', '1', '–', '–']);
  });

  it('when nothing would change it says who does not follow the protocol', async () => {
    const findings = { ...RESULT.findings!, byRule: {} };
    const simulation = { id: id(410), state: 'done' as const, createdAt: NOW, isCurrent: true };
    show(`/protocol/${id(401)}`, 'physician', draft({ simulation }), {
      'GET /protocol/simulations/:simulationId': { ...RESULT, findings },
    });
    expect(await screen.findByText(/an interval or a monitoring plan of its own does not follow/)).toBeInTheDocument();
  });

  it('shows progress while it runs, and says when the draft has moved on', async () => {
    const simulation = { id: id(410), state: 'running' as const, createdAt: NOW, isCurrent: true };
    const page = show(`/protocol/${id(401)}`, 'physician', draft({ simulation }), {
      'GET /protocol/simulations/:simulationId': { ...RESULT, state: 'running', patientsDone: 30, findings: null },
    });
    expect(await screen.findByText('30 of 120 patients')).toBeInTheDocument();
    expect(screen.getByRole('progressbar', { name: 'What if?' })).toHaveAttribute('aria-valuenow', '25');
    page.unmount();
    show(`/protocol/${id(401)}`, 'physician', draft({ simulation, version: 4 }));
    expect(await screen.findByText('The draft has been changed since. Work it out again.')).toBeInTheDocument();
  });
});

describe('signing and withdrawing', () => {
  it('a physician signs for a day', async () => {
    const page = show(`/protocol/${id(401)}`, 'physician', draft(), { 'POST /protocol/drafts/:versionId/sign': draft() });
    await userEvent.click(await screen.findByRole('button', { name: 'Sign…' }));
    const dialog = await screen.findByRole('dialog', { name: 'Sign version 2?' });
    await userEvent.click(within(dialog).getByRole('radio', { name: 'The beginning of a day' }));
    await userEvent.click(within(dialog).getByRole('button', { name: 'Sign' }));
    const [sent] = page.asked('POST /protocol/drafts/:versionId/sign');
    expect(sent!.body).toEqual({ inForceFrom: '2026-11-21' });
    expect(screen.queryByRole('button', { name: 'Withdraw…' })).not.toBeInTheDocument();
  });

  it('signs what was on the screen when the question was asked, and nothing that came after it', async () => {
    let version = draft();
    const page = show(`/protocol/${id(401)}`, 'physician', version, {
      'GET /protocol/versions/:versionId': ({ path }: Asked) => (path.endsWith(id(401)) ? version : detail(IN_FORCE)),
      'POST /protocol/drafts/:versionId/sign': new Refusal(412, { code: 'stale-version' }),
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Sign…' }));
    const dialog = await screen.findByRole('dialog', { name: 'Sign version 2?' });
    version = draft({ version: 4, note: 'Fewer visits' });
    await page.queryClient.invalidateQueries();
    await screen.findByText('Fewer visits');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Sign' }));
    expect(await within(dialog).findByText(/Somebody else changed this record/)).toBeInTheDocument();
    expect(page.asked('POST /protocol/drafts/:versionId/sign')[0]!.headers['if-match']).toContain('3');
  });

  it('whoever drafts reads who signs; once in force the version still says what it changed', async () => {
    const page = show(`/protocol/${id(401)}`, 'administrator');
    expect(await screen.findByText(/it stands on the start page of every physician/)).toBeInTheDocument();
    page.unmount();
    show(
      `/protocol/${id(401)}`,
      'physician',
      draft({ state: 'signed', inForce: true, inForceFrom: NOW, signedAt: NOW, signedByName: 'Pia' }),
    );
    expect(await screen.findByText('Changes against version 1')).toBeInTheDocument();
    expect(screen.getByText('from 2 months to 3 months')).toBeInTheDocument();
  });

  it('an administrator withdraws with a reason and cannot sign', async () => {
    const page = show(`/protocol/${id(401)}`, 'administrator', draft(), { 'POST /protocol/drafts/:versionId/withdraw': draft() });
    await userEvent.click(await screen.findByRole('button', { name: 'Withdraw…' }));
    const dialog = await screen.findByRole('dialog');
    await userEvent.type(within(dialog).getByRole('textbox', { name: /Reason/ }), 'The board decided otherwise');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Withdraw…' }));
    expect(page.asked('POST /protocol/drafts/:versionId/withdraw')[0]!.body).toEqual({ reason: 'The board decided otherwise' });
    expect(screen.queryByRole('button', { name: 'Sign…' })).not.toBeInTheDocument();
  });
});
