export const patients = {};
