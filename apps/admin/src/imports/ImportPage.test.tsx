import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ImportReport, ImportRun } from '@vastus/contract';
import { id, NOW, open } from '../testing/screen.js';
import { ImportPage } from './ImportPage.js';

const report: ImportReport = {
  byResource: {
    Patient: { created: 1, updated: 0, unchanged: 0, skipped: 0 },
    Observation: { created: 4, updated: 0, unchanged: 0, skipped: 12 },
  },
  patients: [{ name: 'Ahlers, Ida', recordNumber: 'R-1001', birthDate: '1961-03-04', action: 'create', patientId: null }],
  proposals: 1,
  labResults: 4,
  profileChanges: [{ recordNumber: 'R-1001', field: 'renalDysfunction', to: 'yes', because: 'Condition: Chronic kidney disease stage 4' }],
  notTaken: [
    {
      resourceType: 'Observation',
      reason: 'LOINC not monitored',
      code: '8302-2',
      display: 'Body height',
      entries: [4, 9, 11, 15, 20, 22, 30, 31, 33, 40, 41, 44],
    },
  ],
};
const run = (with_: Partial<ImportRun> = {}): ImportRun => ({
  id: id(90),
  fileName: 'ida.json',
  state: 'previewed',
  entriesTotal: 17,
  entriesDone: 0,
  preview: report,
  report: null,
  failure: null,
  createdAt: NOW,
  createdByName: 'Petra Physician',
  finishedAt: null,
  ...with_,
});

const start = (more: Record<string, unknown> = {}) =>
  open(<ImportPage />, {
    role: 'physician',
    url: '/imports',
    api: {
      'GET /imports': { items: [], nextCursor: null },
      'GET /course-proposals': { items: [], nextCursor: null },
      'POST /imports': run(),
      'POST /imports/:importRunId/run': run({ state: 'queued' }),
      'GET /imports/:importRunId': run({ state: 'done', entriesDone: 17, report }),
      ...more,
    },
  });

const file = (content: string, name = 'ida.json') => {
  const made = new File([content], name, { type: 'application/json' });
  // jsdom has no File.text.
  made.text ??= async () => content;
  return made;
};
const upload = async (...files: File[]) => userEvent.upload(document.querySelector<HTMLInputElement>('input[type=file]')!, files);

describe('the import page', () => {
  it('previews a bundle: who, how much, what changes and what is left out with the reason', async () => {
    const page = start();
    await upload(file('{"resourceType":"Bundle","entry":[]}'));
    const card = await screen.findByRole('region', { name: 'ida.json' });
    expect(await within(card).findByText('will be registered', { exact: false })).toBeInTheDocument();
    for (const words of ['1 patient', '4 results', '1 proposed course', '1 change in a profile', '12 entries left out'])
      expect(within(card).getByText(words)).toBeInTheDocument();
    expect(within(card).getByText(/Chronic kidney disease stage 4/)).toBeInTheDocument();
    expect(within(card).getByText('LOINC not monitored')).toBeInTheDocument();
    expect(within(card).getByText('Body height · 8302-2')).toBeInTheDocument();
    expect(page.asked('POST /imports')[0]!.body['fileName']).toBe('ida.json');
    expect(page.asked('POST /imports/:importRunId/run')).toHaveLength(0);
  });

  it('carries it out on request and follows it to the report', async () => {
    const page = start();
    await upload(file('{"resourceType":"Bundle"}'));
    await userEvent.click(await screen.findByRole('button', { name: 'Carry out: ida.json' }));
    expect(await screen.findByText('Everything in this report has been carried out.', {}, { timeout: 4000 })).toBeInTheDocument();
    expect(page.asked('POST /imports/:importRunId/run')).toHaveLength(1);
    expect(screen.queryByRole('button', { name: 'Carry out: ida.json' })).not.toBeInTheDocument();
  });

  it('refuses what is no bundle without asking the server', async () => {
    const page = start();
    await upload(file('not json', 'letter.json'), file('{"resourceType":"Patient"}', 'patient.json'));
    expect(
      await within(await screen.findByRole('region', { name: 'letter.json' })).findByText('This is not a JSON file.'),
    ).toBeInTheDocument();
    expect(
      await within(await screen.findByRole('region', { name: 'patient.json' })).findByText('This is not a FHIR bundle.'),
    ).toBeInTheDocument();
    await waitFor(() => expect(page.asked('POST /imports')).toHaveLength(0));
  });
});
