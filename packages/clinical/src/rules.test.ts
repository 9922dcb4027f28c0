import { CARE_FINDING_CODES, FINDING_CODES } from './finding-codes.js';
import { DEFAULT_PROTOCOL, type ParameterName } from './protocol.js';
import { checkProtocol, PROTOCOL_CHOICES, PROTOCOL_DEFAULTS, PROTOCOL_PARAMETERS } from './protocol-parameters.js';
import { ENFORCED_IN, RULE_PLACES } from './rule-places.js';
import { CONFLICTS, SOURCES } from './rule-sources.js';
import { RULES } from './rules.js';

describe('the register of rules', () => {
  const rules = Object.values(RULES);

  it('every rule has a source with a pointer, a summary, and parameters that exist', () => {
    for (const rule of rules) {
      expect(rule.sources.length).toBeGreaterThan(0);
      for (const { file, pointer } of rule.sources) {
        expect(file === 'safety-of-use' || file in SOURCES).toBe(true);
        expect(pointer.length).toBeGreaterThan(5);
      }
      expect(rule.title.length * rule.summary.length * rule.kinds.length).toBeGreaterThan(0);
      for (const parameter of rule.parameters) expect(PROTOCOL_DEFAULTS).toHaveProperty(parameter);
    }
  });

  it('parameters, their defaults and their rules agree, and every conflict speaks somewhere', () => {
    for (const [name, { default: standard, min, max, integer, rules: readers }] of Object.entries(PROTOCOL_PARAMETERS)) {
      expect([name, min <= standard && standard <= max, integer ? Number.isInteger(standard) : true]).toEqual([name, true, true]);
      const declared = rules.filter(({ parameters }) => parameters.includes(name as ParameterName)).map(({ id }) => id);
      expect([name, declared.sort()]).toEqual([name, [...readers].sort()]);
    }
    expect(PROTOCOL_DEFAULTS).toMatchObject(DEFAULT_PROTOCOL);
    const speaking = new Set(rules.map(({ conflict }) => conflict));
    expect(Object.keys(CONFLICTS).filter((conflict) => !speaking.has(conflict as never))).toEqual([]);
  });

  it('every finding code belongs to a rule that can refuse or warn, or informs about pain', () => {
    for (const ruleId of Object.values({ ...FINDING_CODES, ...CARE_FINDING_CODES })) {
      expect(RULES[ruleId].kinds.some((kind) => kind === 'block' || kind === 'warn' || ruleId === 'PAIN-PLAN')).toBe(true);
    }
    expect(Object.keys(CARE_FINDING_CODES).filter((code) => code in FINDING_CODES)).toEqual([]);
  });

  it('every rule speaks somewhere, and every place has a rule', () => {
    expect(Object.entries(ENFORCED_IN).filter(([, places]) => places.length === 0)).toEqual([]);
    expect(Object.keys(RULE_PLACES).sort()).toEqual([...new Set(Object.values(ENFORCED_IN).flat())].sort());
  });

  it('no rule waits for the rest of the product any more', () => {
    expect(rules.filter(({ enforcedSince }) => enforcedSince === 'later').map(({ id }) => id)).toEqual([]);
  });
});

describe('the parameters of a protocol version', () => {
  const check = (changes: Record<string, unknown>) =>
    checkProtocol({ ...DEFAULT_PROTOCOL, ...changes }).map(({ parameter, code }) => `${parameter} ${code}`);

  it('the defaults pass, with and without the optional ones', () => {
    expect(checkProtocol({ ...DEFAULT_PROTOCOL })).toEqual([]);
    expect(checkProtocol({ ...PROTOCOL_DEFAULTS })).toEqual([]);
    expect(check({ maintenanceMonths: 3, rotationDays: 28 })).toEqual([]);
  });

  it('each bound is allowed, and one step beyond is refused', () => {
    for (const [name, { min, max, integer }] of Object.entries(PROTOCOL_PARAMETERS)) {
      const step = integer ? 1 : 0.01;
      const own = (value: unknown) => check({ [name]: value }).filter((issue) => issue.startsWith(name) && !issue.endsWith('not-after'));
      expect([own(min), own(max)]).toEqual([[], []]);
      expect([own(min - step), own(max + step)]).toEqual([[`${name} below-minimum`], [`${name} above-maximum`]]);
      for (const value of [Number.NaN, Number.POSITIVE_INFINITY, '14', null]) expect(own(value)).toEqual([`${name} not-a-number`]);
      if (integer) expect(own(min + 0.5)).toEqual([`${name} not-an-integer`]);
    }
  });

  it('the monitoring plan is one of two', () => {
    for (const plan of PROTOCOL_CHOICES.monitoringPlan.options) expect(check({ monitoringPlan: plan })).toEqual([]);
    for (const plan of ['none', '', 3, null]) expect(check({ monitoringPlan: plan })).toEqual(['monitoringPlan not-a-choice']);
  });

  it('names what is missing, what is unknown, and a physician told before the nurse', () => {
    expect(check({ rotationDays: undefined, rotationWeeks: 2, toString: 1 })).toEqual([
      'rotationDays missing',
      'rotationWeeks unknown',
      'toString unknown',
    ]);
    expect(check({ maintenanceOverdueNurseDays: 28 })).toEqual(['maintenanceOverduePhysicianDays not-after']);
    expect(checkProtocol({ ...DEFAULT_PROTOCOL, maintenanceMonths: 4 })).toEqual([
      { parameter: 'maintenanceMonths', code: 'above-maximum', facts: { value: 4, min: 1, max: 3, unit: 'months' } },
    ]);
  });

  it('the windows of two quarterly checks never share a day', () => {
    const { monitoringWindowBeforeDays: before, monitoringWindowAfterDays: after } = PROTOCOL_PARAMETERS;
    // The shortest three months have 89 days.
    expect(before.max + after.max).toBeLessThan(89);
  });
});
