// Records that nobody here wrote: nine patients of Synthea, where a checkout has them beside it.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readBundle } from './read-bundle.js';

const folder = process.env.VASTUS_SYNTHEA_DIR ?? path.resolve(__dirname, '../../../../../../../shared/data/synthea-r4');
const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.json')) : [];
const read = (file: string) =>
  readBundle(JSON.parse(readFileSync(path.join(folder, file), 'utf8')), 'Europe/Berlin', '2026-11-20T12:00:00.000Z');

(files.length === 0 ? test.skip : test)('every entry of the nine Synthea bundles is planned or listed with a reason', () => {
  expect(files).toHaveLength(9);
  for (const file of files) {
    const plan = read(file);
    const { results, signs, proposals, withdrawals } = plan.patients[0]!;
    const entries = [0, ...[...results, ...signs, ...proposals, ...withdrawals, ...plan.notTaken].map(({ entry }) => entry)];
    const patientEntry = plan.patients[0]!.entry;
    expect(new Set([...entries, patientEntry]).size).toBe(plan.entriesTotal);
    expect(plan.patients).toHaveLength(1);
    expect(withdrawals).toHaveLength(0);
  }
});

(files.length === 0 ? test.skip : test)('the Synthea patients arrive with their results, orders and kidney disease', () => {
  const patients = files.map((file) => read(file).patients[0]!);
  const of = (family: string) => patients.find(({ demographics }) => demographics.familyName === family)!;
  expect(patients.reduce((sum, { results }) => sum + results.length, 0)).toBe(191);
  expect(patients.filter(({ proposals }) => proposals.length === 1)).toHaveLength(7);
  expect(of('Wisoky').proposals).toHaveLength(0);
  expect(of('Johns')).toMatchObject({ demographics: { deceasedOn: '2006-12-18', interpreterLanguage: null }, proposals: [] });
  expect(of('Guzmán').demographics).toMatchObject({
    givenName: 'Ángela',
    birthDate: '1989-06-16',
    sex: 'female',
    interpreterLanguage: 'Spanish',
  });
  expect(of('Guzmán').proposals[0]).toMatchObject({
    code: '2001499',
    authoredOn: '2005-10-21',
    display: 'Vitamin B 12 5 MG/ML Injectable Solution',
  });
  expect(of('Quigley').signs.map(({ signs, because }) => [signs, because])).toEqual([
    [{ renalDysfunction: true }, 'Condition: Chronic kidney disease stage 1 (disorder)'],
    [{ renalDysfunction: true }, 'Condition: Diabetic renal disease (disorder)'],
  ]);
});
