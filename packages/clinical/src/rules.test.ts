import { FINDING_CODES } from './finding-codes.js';
import { DEFAULT_PROTOCOL } from './protocol.js';
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
      for (const parameter of rule.parameters) expect(DEFAULT_PROTOCOL).toHaveProperty(parameter);
    }
  });

  it('every parameter but the route of a window is read by some rule, and every conflict speaks somewhere', () => {
    const used = new Set(rules.flatMap(({ parameters }) => parameters));
    expect(Object.keys(DEFAULT_PROTOCOL).filter((parameter) => !used.has(parameter as never))).toEqual([]);
    const speaking = new Set(rules.map(({ conflict }) => conflict));
    expect(Object.keys(CONFLICTS).filter((conflict) => !speaking.has(conflict as never))).toEqual([]);
  });

  it('every finding code belongs to a rule that can refuse or warn', () => {
    for (const ruleId of Object.values(FINDING_CODES)) {
      expect(RULES[ruleId].kinds.some((kind) => kind === 'block' || kind === 'warn')).toBe(true);
    }
  });
});
