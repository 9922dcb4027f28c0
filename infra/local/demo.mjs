// The accounts of the demo clinic, for whoever signs in to it by program.
export const DEMO_PASSWORD = 'vastus-demo-2026';

/** @param {string} role */
export const demoEmail = (role) => `${role}@demo.vastus.local`;
