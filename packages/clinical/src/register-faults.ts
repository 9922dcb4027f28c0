/** What is wrong with the register of rules, for the start of the product to refuse: what the types cannot see. */
import { ALERT_RULE_IDS } from './absence.js';
import { CARE_FINDING_CODES, FINDING_CODES } from './finding-codes.js';
import { PROTOCOL_CHOICES, PROTOCOL_PARAMETERS } from './protocol-parameters.js';
import { ENFORCED_IN, RULE_PLACES } from './rule-places.js';
import { CONFLICTS } from './rule-sources.js';
import { RULES } from './rules.js';

/** Everything that names a rule, as plain names: what was compiled against an older register, or written past the types, is looked at, too. */
export interface Register {
  rules: Readonly<Record<string, { parameters: readonly string[]; conflict?: string; sources: readonly unknown[] }>>;
  enforcedIn: Readonly<Record<string, readonly string[]>>;
  places: Readonly<Record<string, { by: string }>>;
  findingCodes: Readonly<Record<string, string>>;
  parameters: Readonly<Record<string, { rules: readonly string[] }>>;
  alerting: readonly string[];
  conflicts: Readonly<Record<string, unknown>>;
}

/** The register this software runs with. */
export const REGISTER: Register = {
  rules: RULES,
  enforcedIn: ENFORCED_IN,
  places: RULE_PLACES,
  findingCodes: { ...FINDING_CODES, ...CARE_FINDING_CODES },
  parameters: { ...PROTOCOL_PARAMETERS, ...PROTOCOL_CHOICES },
  alerting: ALERT_RULE_IDS,
  conflicts: CONFLICTS,
};

/**
 * One line for each fault, naming the rule; none where every rule is evaluated or shown somewhere and nothing speaks of a rule that is not
 * registered. `speaks` answers whether the function that is said to speak at a place is there.
 */
export function registerFaults(register: Register, speaks: (name: string) => boolean): string[] {
  const { rules, enforcedIn, places, findingCodes, parameters, alerting, conflicts } = register;
  const named = (what: string, ids: readonly string[]) =>
    ids.filter((id) => !Object.hasOwn(rules, id)).map((id) => `${what} names the rule ${id}, which is not registered`);
  const ofRules = Object.entries(rules).flatMap(([id, { sources, conflict, ...rule }]) => [
    ...((enforcedIn[id] ?? []).length === 0 ? [`${id} is evaluated nowhere and shown nowhere`] : []),
    ...(enforcedIn[id] ?? [])
      .filter((place) => !Object.hasOwn(places, place))
      .map((place) => `${id} speaks at ${place}, which is no place`),
    ...(sources.length === 0 ? [`${id} has no source`] : []),
    ...(conflict !== undefined && !Object.hasOwn(conflicts, conflict) ? [`${id} takes part in ${conflict}, which is no conflict`] : []),
    ...rule.parameters.filter((name) => !parameters[name]?.rules.includes(id)).map((name) => `${id} reads ${name}, which does not say so`),
  ]);
  const ofPlaces = Object.entries(places).flatMap(([place, { by }]) => {
    const missing = by.split(', ').filter((name) => !speaks(name));
    const silenced = Object.keys(enforcedIn).filter((id) => enforcedIn[id]?.includes(place));
    return missing.map((name) => `${name}, which speaks at ${place} for ${silenced.join(', ')}, is not there`);
  });
  return [
    ...ofRules,
    ...ofPlaces,
    ...named('the list of places', Object.keys(enforcedIn)),
    ...Object.entries(findingCodes).flatMap(([code, id]) => named(`the finding ${code}`, [id])),
    ...Object.entries(parameters).flatMap(([name, { rules: readers }]) => named(`the parameter ${name}`, readers)),
    ...named('the list of rules with alerts', alerting),
    ...alerting
      .filter((id) => !(enforcedIn[id] ?? []).some((place) => ALERT_PLACES.includes(place)))
      .map((id) => `${id} makes alerts nowhere`),
  ];
}

const ALERT_PLACES: readonly string[] = ['obligations', 'recording'];
