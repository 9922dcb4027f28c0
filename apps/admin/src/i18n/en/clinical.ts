export const clinical = {};
