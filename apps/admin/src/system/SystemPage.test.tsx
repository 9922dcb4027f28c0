import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { SystemStatus } from '@vastus/contract';
import { NOW, open } from '../testing/screen.js';
import SystemPage from './SystemPage.js';

const OK = { state: 'ok' as const, findings: [] };
const WELL: SystemStatus = {
  at: NOW,
  state: 'ok',
  versions: { product: '0.1.0', rulesRevision: 2, postgres: '18.4', node: '20.20.0' },
  parts: {
    migrations: { ...OK, applied: 19, newest: '0019_system', pending: [] },
    queue: { ...OK, backend: 'postgresql', queues: [{ name: 'schedule', waiting: 4, active: 1, delayed: 8, failed: 0 }] },
    jobs: {
      ...OK,
      items: [
        {
          name: 'raise-due-alerts',
          state: 'ok',
          everyMinutes: 1,
          lastRunAt: '2026-11-20T09:59:30.000Z',
          lastOutcome: 'done',
          lastMs: 12,
          lastFailedAt: null,
          failuresInARow: 0,
        },
        {
          name: 'run-import',
          state: 'ok',
          everyMinutes: null,
          lastRunAt: null,
          lastOutcome: null,
          lastMs: null,
          lastFailedAt: null,
          failuresInARow: 0,
        },
      ],
    },
    alerts: { ...OK, waiting: 0, oldestAt: null },
    backup: { ...OK, takenAt: '2026-11-20T02:00:00.000Z', method: 'pg_basebackup', archive: { on: true, archivedAt: NOW, failing: false } },
    audit: { ...OK, sealedAt: NOW, entriesWaiting: 3, verifiedAt: NOW, faults: 0 },
    reading: { ...OK, moreThan: 60, people: [] },
    processes: { ...OK, items: [{ kind: 'worker', version: '0.1.0', startedAt: NOW, seenAt: NOW }] },
  },
};
const card = async (name: string) => within(await screen.findByRole('region', { name }));
const show = (system: unknown) => open(<SystemPage />, { role: 'administrator', api: { 'GET /system': system } });

it('says in a word that everything is in order, and in which versions', async () => {
  show(WELL);
  expect(within(await screen.findByRole('status')).getByText('Everything is in order')).toBeInTheDocument();
  expect(screen.getByText('18.4')).toBeInTheDocument();
  expect(screen.queryByText(/What to do/)).not.toBeInTheDocument();
  const jobs = await card('Jobs');
  expect(jobs.getByRole('row', { name: /Raise the alerts that fell due every minute 20 Nov 2026.* done/ })).toBeInTheDocument();
  expect(jobs.getByRole('row', { name: /Take an import When asked for Not yet/ })).toBeInTheDocument();
  expect((await card('Job queue')).getByRole('row', { name: 'By the clock 4 1 0' })).toBeInTheDocument();
});

it('says what is wrong, what to do, and where that is written', async () => {
  const { parts } = WELL;
  show({
    ...WELL,
    state: 'problem',
    parts: {
      ...parts,
      backup: {
        state: 'attention',
        findings: ['no-backup'],
        takenAt: null,
        method: null,
        archive: { on: false, archivedAt: null, failing: false },
      },
      processes: { state: 'problem', findings: ['no-worker'], items: [] },
      jobs: {
        state: 'attention',
        findings: ['jobs-failing'],
        items: [{ ...parts.jobs.items[0]!, state: 'attention', lastOutcome: 'failed', failuresInARow: 2 }],
      },
    },
  });
  expect(await screen.findByText('Something does not work')).toBeInTheDocument();
  const backup = await card('Backup');
  expect(backup.getByText('Needs a look')).toBeInTheDocument();
  expect(backup.getByText('No backup was ever recorded here.')).toBeInTheDocument();
  expect(backup.getByText(/Take one now/)).toBeInTheDocument();
  expect(backup.getByText(/docs\/operations\.md.*“Back up”/)).toBeInTheDocument();
  expect(backup.getByText('none recorded')).toBeInTheDocument();
  expect((await card('Processes')).getByText('No worker runs: nothing falls due by itself.')).toBeInTheDocument();
  expect((await card('Jobs')).getByText('failed 2 times in a row')).toBeInTheDocument();
});

it('says what of it cannot be asked while the queue is away, and asks again when told to', async () => {
  const { asked } = show({
    ...WELL,
    state: 'problem',
    parts: { ...WELL.parts, queue: { state: 'problem', findings: ['queue-away'], backend: 'redis', queues: null } },
  });
  const queue = await card('Job queue');
  expect(queue.getByText(/The job queue does not answer/)).toBeInTheDocument();
  expect(queue.queryByRole('table')).not.toBeInTheDocument();
  const before = asked('GET /system').length;
  await userEvent.click(screen.getByRole('button', { name: 'Ask again' }));
  expect(asked('GET /system').length).toBeGreaterThan(before);
});

it('names whoever opened far more charts than usual, when and how many', async () => {
  const people = [{ membershipId: 'm', name: 'Nadia Nurse', hour: '2026-11-20T07:00:00.000Z', charts: 84 }];
  const reading = { state: 'attention', findings: ['unusual-reading'], moreThan: 60, people };
  show({ ...WELL, state: 'attention', parts: { ...WELL.parts, reading } });
  const shown = await card('Reading of charts');
  expect(shown.getByText('Somebody opened far more charts within an hour than usual.')).toBeInTheDocument();
  expect(shown.getByText(/Read on: .*Unusual reading|Unusual reading/)).toBeInTheDocument();
  expect(shown.getByRole('listitem')).toHaveTextContent(/Nadia Nurse.*84 charts · hour from 20 Nov 2026/);
});
