/**
 * Which revision of the rules this software derives by. It is stored beside what was derived: where another revision stands there, a job
 * derives the patient anew. So it has to be raised whenever the same facts give other milestones, holds, restrictions or windows.
 */

export interface RulesRevision {
  revision: number;
  /** What a fixed set of histories gives, as a hash; `rules-revision.test.ts` computes it. */
  derivation: string;
  /** The query that loads the facts, as a hash; `patient-facts.test.ts` computes it. */
  loading: string;
}

/**
 * Every revision there has been, oldest first. Lines are added, never changed: a database may have been left by any of them. Whether a new
 * line is needed is no matter of judgement; the two tests say so, with the hashes to write down.
 */
export const RULES_REVISIONS: readonly RulesRevision[] = [
  { revision: 1, derivation: '8c4152118f12043c', loading: '70083acff39e20ee' },
  { revision: 2, derivation: '5cb175f4f99a19d6', loading: 'e40562e570172204' },
];

/** The present revision; 0 in a database means: derived before revisions were counted. */
export const RULES_REVISION: number = Math.max(...RULES_REVISIONS.map(({ revision }) => revision));
