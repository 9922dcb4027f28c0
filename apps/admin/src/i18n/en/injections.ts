export const injections = {};
