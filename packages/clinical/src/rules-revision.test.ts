import { createHash } from 'node:crypto';
import { ALERT_RULE_IDS } from './absence.js';
import { goldenHistories } from './golden-histories.fixture.js';
import { deriveObligations } from './obligations.js';
import type { ParameterName } from './protocol.js';
import { PROTOCOL_PARAMETERS } from './protocol-parameters.js';
import { RULES_REVISION, RULES_REVISIONS } from './rules-revision.js';

const HISTORIES = goldenHistories(300);

/** The same value in the same words, whatever order its members were written in. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => [key, canonical(member)]),
  );
}

const derived = ({ facts, protocol }: (typeof HISTORIES)[number]): string => JSON.stringify(canonical(deriveObligations(facts, protocol)));

/** These decide about findings and advice, or only what is shown; nothing that is stored follows from them. */
const READ_ELSEWHERE: readonly ParameterName[] = [
  'rotationDays',
  'deltoidMaxVolumeMl',
  'permanentDamageRiskMonths',
  'selfTrainingMonths',
  'observationMinutes',
];

describe('the revision of the rules', () => {
  it('is raised when the same facts give something else: add a line with the next number and this hash to rules-revision.ts', () => {
    const hash = createHash('sha256');
    for (const history of HISTORIES) hash.update(derived(history));
    expect({ revision: RULES_REVISION, derivation: hash.digest('hex').slice(0, 16) }).toEqual({
      revision: RULES_REVISION,
      derivation: RULES_REVISIONS.at(-1)?.derivation,
    });
  });

  it('counts on without a gap, and two revisions differ', () => {
    expect(RULES_REVISIONS.map(({ revision }) => revision)).toEqual(RULES_REVISIONS.map((_, index) => index + 1));
    expect(new Set(RULES_REVISIONS.map(({ derivation, loading }) => derivation + loading)).size).toBe(RULES_REVISIONS.length);
  });

  it('the histories it rests on make every rule speak, unmet, and met where it can be', () => {
    const all = HISTORIES.flatMap(({ facts, protocol }) => deriveObligations(facts, protocol).milestones);
    expect(ALERT_RULE_IDS.filter((ruleId) => !all.some((milestone) => milestone.ruleId === ruleId && !milestone.met))).toEqual([]);
    const met = new Set(all.filter((milestone) => milestone.met).map(({ ruleId }) => ruleId));
    for (const ruleId of ['MON-BASE', 'MON-K48', 'MON-RETIC', 'MON-3-6-12', 'MON-Q3', 'MON-ANNUAL', 'MON-HCY', 'MON-RELAPSE', 'NI-EMG60'])
      expect([ruleId, met.has(ruleId)]).toEqual([ruleId, true]);
  });

  it('and every number of the protocol that decides what is stored changes what they give', () => {
    const usual = HISTORIES.slice(0, 120).map(derived);
    const unnoticed = (Object.keys(PROTOCOL_PARAMETERS) as ParameterName[]).filter((name) => {
      const { min, max, default: standard } = PROTOCOL_PARAMETERS[name];
      const otherwise = goldenHistories(usual.length, { [name]: standard === max ? min : max });
      return !otherwise.some((history, index) => derived(history) !== usual[index]);
    });
    // The months of a course are a fact of the course by the time the rules see it.
    expect(unnoticed.sort()).toEqual([...READ_ELSEWHERE, 'maintenanceMonths'].sort());
  });
});
