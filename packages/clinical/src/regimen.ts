/** Which regimen to propose when a course starts. A person decides; the form only begins with the usual answer. */
import { COBALAMINS, type Regimen, type Substance } from './facts.js';

/**
 * DX-SEVERE (S2), RX-LOAD-NEURO, RX-LOAD-PLAIN, RX-METHYL (S3, S4): the neurological involvement chooses the regimen.
 * Methylcobalamin has its own schedule; vitamins other than B12 are not loaded.
 */
export function proposedRegimen(substance: Substance, neurologicalInvolvement: boolean): Regimen {
  if (!COBALAMINS.includes(substance)) return 'maintenance';
  if (neurologicalInvolvement) return 'loading-alternate-days';
  return substance === 'methylcobalamin' ? 'methylcobalamin-three-weekly' : 'loading-three-weekly';
}
