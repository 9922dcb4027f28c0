import { screenStore } from './store.js';

describe('light or dark', () => {
  beforeEach(() => localStorage.clear());

  it('is the device’s own until somebody chooses', () => {
    const store = screenStore();
    store.setup();
    expect([store.getItem('theme', 'dark'), store.getItem('theme', 'light')]).toEqual(['dark', 'light']);
    store.reset();
    expect(store.getItem('theme', 'dark')).toBe('dark');
  });

  it('stays as chosen on this device, for whoever signs in next', () => {
    const before = screenStore();
    before.setup();
    before.setItem('theme', 'light');
    before.reset();
    const after = screenStore();
    after.setup();
    expect([before, after].map((store) => store.getItem('theme', 'dark'))).toEqual(['light', 'light']);
  });
});
