// At the start: every rule is evaluated or shown somewhere and nothing speaks of a rule that is not registered, or the process does not
// start; and what the database has stored of rules that this software does not know is told to an operator.
import * as clinical from '@vastus/clinical';
import { PROTOCOL_MONITORING_PLANS, REGISTER, type Register, registerFaults } from '@vastus/clinical';
import * as contract from '@vastus/contract';
import type { Database } from '@vastus/db';
import type { Logger } from '../../platform/log.js';
import { loggable } from '../../platform/problems/causes.js';
import { StartError } from '../../platform/stopping.js';

/** Where a rule speaks there is a function of the clinical package, or a form that the contract declares. */
const isThere = (name: string) => Object.hasOwn(clinical, name) || Object.hasOwn(contract, name);

/** Throws a StartError that names every rule it is about. */
export function assertRegisterComplete(register: Register = REGISTER): void {
  const faults = registerFaults(register, isThere);
  if (faults.length > 0) throw new StartError(`The rules are not complete:\n  ${faults.join('\n  ')}`);
}

interface Stored {
  place: 'milestone' | 'alert' | 'finding' | 'parameter' | 'monitoring plan';
  name: string;
  code: string | null;
}

/**
 * Logs, once for each, what stored rows say that `register` does not know. The start goes on: the patients' data is there to be read, by an
 * older software beside a newer one, too, and derivation replaces what it can.
 */
export async function tellUnknownRules(database: Database, logger: Logger, register: Register = REGISTER): Promise<void> {
  try {
    const stored = await database.anywhere((q) =>
      q.many<Stored>('SELECT place, name, code FROM rules_stored() ORDER BY place, name, code'),
    );
    for (const { place, name, code } of stored.filter((one) => !isKnown(one, register)))
      logger.warn({ place, name, code }, `the database has a ${place} of a rule that this software does not know`);
  } catch (error) {
    logger.warn({ err: loggable(error) }, 'what is stored of rules could not be looked through');
  }
}

function isKnown({ place, name, code }: Stored, { rules, findingCodes, parameters }: Register): boolean {
  if (place === 'parameter') return Object.hasOwn(parameters, name);
  if (place === 'monitoring plan') return PROTOCOL_MONITORING_PLANS.some((plan) => plan === name);
  return Object.hasOwn(rules, name) && (place !== 'finding' || (code !== null && findingCodes[code] === name));
}
