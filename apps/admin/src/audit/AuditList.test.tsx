import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { id, open } from '../testing/screen.js';
import { AuditList } from './AuditList.js';

const REQUEST = '6d876858-f428-4c1e-9d52-7f6a3c0b1e22';
const entry = (more: Record<string, unknown>) => ({
  id: id(900),
  at: '2026-11-20T09:31:00.000Z',
  actorName: 'Ada Admin',
  actorRole: 'administrator',
  action: 'lot.change',
  subjectType: 'lot',
  subjectId: id(30),
  subjectName: 'MET-250738',
  patient: null,
  before: { status: 'usable' },
  after: { status: 'recalled' },
  requestId: REQUEST,
  ...more,
});
const read = { id: id(901), action: 'chart.read', subjectType: 'patient', subjectName: null, before: null, after: null };

const start = () =>
  open(<AuditList />, {
    role: 'administrator',
    api: {
      'GET /audit': { items: [entry({}), entry(read)], nextCursor: null },
      'GET /audit/actors': { items: [] },
      'GET /audit-seal': { head: null, entriesWaiting: 0, lastVerification: null },
    },
  });

it('says which lot it was; the number of the request stands with the details, not in the list', async () => {
  start();
  const row = (await screen.findByText('Lot held, recalled or released')).closest('tr')!;
  expect(row).toHaveTextContent('Lot MET-250738');
  expect(screen.queryByText(new RegExp(REQUEST))).not.toBeInTheDocument();
  await userEvent.click(within(row).getByRole('button', { name: /^Show what changed/ }));
  expect(screen.getByRole('row', { name: 'State usable recalled' })).toBeInTheDocument();
  expect(screen.getByText(new RegExp(REQUEST))).toBeInTheDocument();
  const chart = screen.getByText('Chart read').closest('tr')!;
  await userEvent.click(within(chart).getByRole('button', { name: /^Show details/ }));
  expect(screen.getAllByText(new RegExp(REQUEST))).toHaveLength(2);
});

it('who read a chart is one choice: reading alone', async () => {
  const page = start();
  await userEvent.click(await screen.findByRole('radio', { name: 'Only reading and signing in' }));
  await waitFor(() => expect(page.asked('GET /audit').at(-1)!.query).toMatchObject({ changes: 'false' }));
  await userEvent.click(screen.getByRole('radio', { name: 'Everything' }));
  await waitFor(() => expect(page.asked('GET /audit').at(-1)!.query['changes']).toBeUndefined());
});
