/** RX-OBSERVE: how long somebody stays within sight after the needle. */
import { addHours } from './calendar.js';
import type { Instant } from './facts.js';
import type { ProtocolParameters } from './protocol.js';
import { parameterOf } from './protocol-parameters.js';

/**
 * RX-OBSERVE (`observationMinutes`): when the observation after a dose ends; `null` where the clinic observes nobody. Reckoned from the
 * dose itself, so that every screen and every reload says the same. Throws `RangeError` for a text that is not an instant.
 */
export function observationEndsAt(givenAt: Instant, protocol: ProtocolParameters): Instant | null {
  const minutes = parameterOf(protocol, 'observationMinutes');
  return minutes === 0 ? null : addHours(givenAt, minutes / 60);
}
