/** Since when the protocol asks for something. A version makes nothing due that lay before it took effect. */
import { compareInstants } from './calendar.js';
import type { Instant, PatientFacts } from './facts.js';
import type { ProtocolParameters } from './protocol.js';

type History = Pick<PatientFacts, 'protocolBefore'>;

/**
 * When the unbroken run of versions began for which `holds` is true, up to the one in force, for which it has to be; `null` = it was so
 * from the beginning.
 */
export function heldSince({ protocolBefore = [] }: History, holds: (version: ProtocolParameters) => boolean): Instant | null {
  const last = protocolBefore.findLastIndex(({ parameters }) => !holds(parameters));
  return protocolBefore[last]?.until ?? null;
}

/**
 * Whether a value of the past became remarkable only by a version that took effect after it: it was found in order by those who read it,
 * and a limit that is moved later asks nobody to answer for it.
 */
export function remarkableOnlySince(at: Instant, history: History, isRemarkable: (version: ProtocolParameters) => boolean): boolean {
  const since = heldSince(history, isRemarkable);
  return since !== null && compareInstants(at, since) < 0;
}
