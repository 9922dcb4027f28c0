/** The system page knows a word for everything the server may say, and the handbook has the sections it points to. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { SYSTEM_FINDINGS } from '@vastus/contract';
import { JOBS, QUEUES } from '@vastus/jobs';
import { system } from '../apps/admin/src/i18n/en/system.js';
import { HANDBOOK } from '../apps/admin/src/system/handbook.js';

test('every job and every queue has a name', () => {
  expect(Object.keys(system.jobs.names).sort()).toEqual(Object.keys(JOBS).sort());
  expect(Object.keys(system.queue.names).sort()).toEqual([...QUEUES].sort());
});

test('every finding has a sentence, a remedy and its section of the handbook', () => {
  expect(Object.keys(system.finding).sort()).toEqual([...SYSTEM_FINDINGS].sort());
  const headings = [...readFileSync(path.resolve(__dirname, '../docs/operations.md'), 'utf8').matchAll(/^## (.+)$/gm)].map(
    ([, name]) => name,
  );
  for (const section of Object.values(HANDBOOK)) expect(headings).toContain(section);
});
