export const adverseEvents = {};
