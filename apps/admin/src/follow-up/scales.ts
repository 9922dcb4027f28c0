/** The three scales of MON-NEURO, in the order they are asked and drawn. */
export const SCALES = ['pain', 'sensory', 'motor'] as const;
export type Scale = (typeof SCALES)[number];
