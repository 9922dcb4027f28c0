export const labResults = {};
