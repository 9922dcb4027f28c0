import type { Analyte } from '@vastus/clinical';

/** The three results that show whether treatment works. */
export const TREND_ANALYTES: readonly Analyte[] = ['b12', 'homocysteine', 'mma'];
