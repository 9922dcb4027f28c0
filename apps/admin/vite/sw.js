// The service worker. FILES and VERSION are filled in by the build (serviceWorker.ts). It keeps the program's own files and nothing
// else: what is below /api is never looked at here, so no patient's data can come to lie in the browser.
const VERSION = '__VERSION__';
const FILES = __FILES__;
const PREFIX = 'vastus-';
const CACHE = PREFIX + VERSION;

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(FILES)));
});

// The version before stays for the tabs that still show it. The tab that brought the first worker along is looked after at once: it may
// stay open for days, and its files may be gone from the server by then.
self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches.keys().then(async (names) => {
      const older = names.filter((name) => name.startsWith(PREFIX) && name !== CACHE);
      await Promise.all(older.slice(0, -1).map((name) => caches.delete(name)));
      await self.clients.claim();
    }),
  );
});

self.addEventListener('message', ({ data }) => {
  if (data === 'start') self.skipWaiting();
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin || pathname.startsWith('/api')) return;
  // A page is asked of the network, so that it is the newest; without one, the kept page of this version opens, not that of the one before.
  if (request.mode === 'navigate') event.respondWith(fetch(request).catch(() => caches.match('/index.html', { cacheName: CACHE })));
  // Files are named after their content: the kept one is the right one.
  else if (pathname.startsWith('/assets/')) event.respondWith(caches.match(request).then((kept) => kept ?? fetch(request)));
});
