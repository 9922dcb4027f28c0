export const lots = {};
