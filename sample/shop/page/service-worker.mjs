/**
 * Keeps the page for visitors who come back: what cannot be loaded is taken from the cache. `cache`: a Cache of the browser, or
 * whatever else has its `match` and `put`.
 */
export async function networkFirst(request, { fetch, cache }) {
  try {
    const response = await fetch(request);
    if (!response.ok) throw new Error(`status ${response.status}`);
    await cache.put(request, response.clone());
    return response;
  } catch (error) {
    const cached = await cache.match(request);
    if (cached === undefined) throw error;
    return cached;
  }
}

// The page registers this file as a service worker if it is to be graceful; anybody else imports it.
if (typeof globalThis.ServiceWorkerGlobalScope === 'function') {
  globalThis.addEventListener('fetch', (event) => {
    if (event.request.method !== 'GET') return;
    const open = caches.open('shop');
    event.respondWith(open.then((cache) => networkFirst(event.request, { fetch, cache })));
  });
}
