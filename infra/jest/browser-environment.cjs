// jsdom with what a current browser has and jsdom lacks.
const { TestEnvironment } = require('jest-environment-jsdom');

const FROM_NODE = [
  'TextEncoder',
  'TextDecoder',
  'structuredClone',
  'fetch',
  'Request',
  'Response',
  'Headers',
  'ReadableStream',
  'TransformStream',
  'BroadcastChannel',
];

class Observer {
  observe() {}
  unobserve() {}
  disconnect() {}
}

// The tests see a wide, light screen.
const matchMedia = (query) => ({
  matches: /min-width/.test(query),
  media: query,
  addEventListener() {},
  removeEventListener() {},
  addListener() {},
  removeListener() {},
  dispatchEvent: () => false,
});

module.exports = class BrowserEnvironment extends TestEnvironment {
  async setup() {
    await super.setup();
    for (const name of FROM_NODE) this.global[name] ??= globalThis[name];
    this.global.ResizeObserver ??= Observer;
    this.global.IntersectionObserver ??= Observer;
    this.global.matchMedia ??= matchMedia;
    this.global.Element.prototype.scrollIntoView ??= () => {};
  }
};
