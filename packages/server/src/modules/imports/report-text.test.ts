import type { ImportReport } from '@vastus/contract';
import { reportText } from './report-text.js';

test('a report in a terminal: what was taken in a table, what somebody may put right in words', () => {
  const report: ImportReport = {
    byResource: {
      Patient: { created: 1, updated: 0, unchanged: 0, skipped: 0 },
      Observation: { created: 12, updated: 1, unchanged: 0, skipped: 3 },
      Claim: { created: 0, updated: 0, unchanged: 0, skipped: 50 },
    },
    patients: [{ name: 'Jane Doe', recordNumber: 'MR-1', birthDate: '1980-05-05', action: 'create', patientId: null }],
    proposals: 1,
    labResults: 13,
    profileChanges: [{ recordNumber: 'MR-1', field: 'renalDysfunction', to: 'yes', because: 'Condition: Chronic kidney disease stage 4' }],
    notTaken: [
      { resourceType: 'Observation', reason: 'unknown unit (furlong)', code: '2132-9', display: 'B12', entries: [4, 9] },
      { resourceType: 'Observation', reason: 'LOINC not monitored', code: '8302-2', display: 'Height', entries: [7] },
      { resourceType: 'Claim', reason: 'not used by Vastus', code: null, display: null, entries: [1] },
    ],
  };
  expect(reportText(report).split('\n')).toEqual([
    '               new  changed  known  not taken',
    '  Observation   12        1      0          3',
    '  Patient        1        0      0          0',
    '  nothing taken of: Claim 50',
    '  create    Jane Doe, born 1980-05-05, record MR-1',
    '  sets renalDysfunction of MR-1 to yes – Condition: Chronic kidney disease stage 4',
    '  13 laboratory results, 1 order waiting to become a course',
    '  not taken: Observation 2132-9 B12 – unknown unit (furlong) (2 times)',
  ]);
});
