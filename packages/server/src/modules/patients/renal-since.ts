/**
 * SQL: when the kidneys were first known to fail, where `flag` is written at `now`. What was recorded before there was this column stays
 * unknown; taken back, it is gone.
 */
export const renalSince = (flag: string, now: string) =>
  `CASE WHEN ${flag} IS NOT TRUE THEN NULL WHEN renal_dysfunction IS TRUE THEN renal_dysfunction_since ELSE ${now}::timestamptz END`;
