// The product does not start with a rule that speaks nowhere, nor with anything that speaks of a rule that is not registered; and what is stored
// of rules that it does not know is told.
import { REGISTER, type Register } from '@vastus/clinical';
import { insert, json, newId } from '@vastus/db';
import { createApi } from '../../create-api.js';
import { createWorker } from '../../create-worker.js';
import { createLogger } from '../../platform/log.js';
import { StartError } from '../../platform/stopping.js';
import * as build from '../../testing/build.js';
import { startTestApi, type TestApi } from '../../testing/index.js';
import { assertRegisterComplete, tellUnknownRules } from './register-check.js';

const NOW = '2026-11-20T09:00:00.000Z';
let api: TestApi;
beforeAll(async () => {
  api = await startTestApi({ now: NOW });
});
afterAll(() => api.close());

const without = <T extends object>(entries: T, name: string): T =>
  Object.fromEntries(Object.entries(entries).filter(([key]) => key !== name)) as T;
const rule = { parameters: [], sources: ['S3'] };

test('the register this software runs with is complete', () => {
  expect(() => assertRegisterComplete()).not.toThrow();
});

test.each<[string, Partial<Register>, RegExp]>([
  ['a rule that has no place', { rules: { ...REGISTER.rules, 'NEW-RULE': rule } }, /NEW-RULE is evaluated nowhere and shown nowhere/],
  ['a rule whose list of places is empty', { enforcedIn: { ...REGISTER.enforcedIn, 'RX-EARLY': [] } }, /RX-EARLY is evaluated nowhere/],
  ['a rule at a place that there is not', { enforcedIn: { ...REGISTER.enforcedIn, 'RX-EARLY': ['attic'] } }, /RX-EARLY speaks at attic/],
  [
    'a place for a rule that is not registered',
    { rules: without(REGISTER.rules, 'RX-EARLY') },
    /places names the rule RX-EARLY, which is not/,
  ],
  [
    'a finding of a rule that is not registered',
    { findingCodes: { ...REGISTER.findingCodes, 'dose-too-late': 'LATE-RULE' } },
    /finding dose-too-late names the rule LATE-RULE/,
  ],
  [
    'a parameter of a rule that is not registered',
    { parameters: { ...REGISTER.parameters, latestDays: { rules: ['LATE-RULE'] } } },
    /parameter latestDays names the rule LATE-RULE/,
  ],
  [
    'a rule that reads a parameter nobody declared',
    { rules: { ...REGISTER.rules, 'RX-EARLY': { ...rule, parameters: ['latestDays'] } } },
    /RX-EARLY reads latestDays/,
  ],
  [
    'a place whose function is gone',
    { places: { ...REGISTER.places, triage: { by: 'triageOfOld' } } },
    /triageOfOld, which speaks at triage for AE-ASSESS, .*NI-BLOCK.* is not there/,
  ],
  ['an alert of a rule that makes none', { alerting: [...REGISTER.alerting, 'DX-START'] }, /DX-START makes alerts nowhere/],
  ['a rule without a source', { rules: { ...REGISTER.rules, 'RX-EARLY': { ...rule, sources: [] } } }, /RX-EARLY has no source/],
])('%s keeps the API and the worker from starting', async (_, changes, told) => {
  const register = { ...REGISTER, ...changes };
  for (const start of [createApi(api.config, { register }), createWorker(api.config, { register })]) {
    const refused = await start.then(
      () => null,
      (error: unknown) => error,
    );
    expect(refused).toBeInstanceOf(StartError);
    expect(String(refused)).toMatch(told);
  }
});

test('stored rules, findings and parameters that the software does not know are told once each', async () => {
  const lines: string[] = [];
  const logger = createLogger({ ...api.config, logLevel: 'info' }, 'worker', { write: (line) => lines.push(line) });
  const { patient } = await build.treated(api.clinic, '2026-01-05T08:30:00.000Z');
  await tellUnknownRules(api.database, logger);
  expect(lines).toEqual([]);

  await api.clinic.transaction(async (tx) => {
    await tx.query(`UPDATE milestone SET rule_id = 'OLD-RULE' WHERE clinic_id = $1`, [tx.clinicId]);
    const { membershipId } = api.clinic.members.physician;
    const overridden = (code: string) =>
      insert(tx, 'folic_acid_override', {
        clinicId: tx.clinicId,
        id: newId(),
        patientId: patient.id,
        folicAcidMgPerDay: 5,
        findings: json([{ ruleId: 'RX-FOLATE', severity: 'block', code, field: null, facts: {} }]),
        reason: 'a reason that is long enough',
        decidedAt: NOW,
        decidedBy: membershipId,
      });
    await overridden('folic-acid-before-b12');
    await overridden('folic-acid-of-old');
    const { id: basedOn, parameters } = await tx.one<{ id: string; parameters: object }>(
      'SELECT id, parameters FROM protocol_version WHERE clinic_id = $1',
      [tx.clinicId],
    );
    await insert(tx, 'protocol_version', {
      clinicId: tx.clinicId,
      id: newId(),
      number: 2,
      parameters: json({ ...parameters, rotationWeeks: 2, monitoringPlan: 'OLD-RULE' }),
      inForceFrom: NOW,
      createdAt: NOW,
      state: 'signed',
      basedOn,
      draftedBy: membershipId,
      signedBy: membershipId,
      signedAt: NOW,
    });
  });
  await tellUnknownRules(api.database, logger);
  const told = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(told.map(({ place, name, code }) => [place, name, code])).toEqual([
    ['finding', 'RX-FOLATE', 'folic-acid-of-old'],
    ['milestone', 'OLD-RULE', null],
    ['monitoring plan', 'OLD-RULE', null],
    ['parameter', 'rotationWeeks', null],
  ]);
  expect(told.map(({ level }) => level)).toEqual([40, 40, 40, 40]);
});
