import { networkFirst } from '../shop/page/service-worker.mjs';
import { openShop } from '../shop/page/shop.mjs';
import { type LoopbackServer, listenOnLoopback } from './loopback.ts';

/** Where the page is to the browser: what asks the API from there needs the API's leave. */
export const pageOrigin = 'https://shop.example.com';

/**
 * A visitor of the shop, with a browser that probes can ask: each request is what one visit or one click comes to. The status is 200
 * where that works, 202 where it will be done later, and 502 where the visitor sees an error.
 */
export function serveVisitor({
  bucket,
  api,
  graceful,
}: {
  /** Where the page is loaded from, and what it calls: `http://127.0.0.1:54321`. */
  readonly bucket: string;
  readonly api: string;
  readonly graceful: boolean;
}): Promise<LoopbackServer> {
  const shop = openShop({ api, graceful, fetch: fetchFromPage });
  const cache = memoryCache();
  const loadPage = async () => {
    const page = `${bucket}/index.html`;
    const response = graceful ? await networkFirst(page, { fetch, cache }) : await fetch(page);
    await response.arrayBuffer();
    if (!response.ok) throw new Error(`the page answered with status ${response.status}`);
  };
  const visit = async (method: string, path: string): Promise<readonly [status: number, body: string]> => {
    if (method === 'GET' && path === '/') {
      await loadPage();
      const images = await shop.images();
      return [200, images.map(({ url, likes }) => `${url} ${likes}`).join('\n')];
    }
    const [, id = '', what] = /^\/images\/(\w+)\/(likes|shares)$/.exec(path) ?? [];
    if (method !== 'POST' || what === undefined) return [404, 'there is no such page'];
    const done = await (what === 'likes' ? shop.like(id) : shop.share(id));
    return [done === 'done' ? 200 : 202, done];
  };
  return listenOnLoopback(({ method = '', url = '' }, response) => {
    visit(method, url)
      .catch((error: Error) => [502, error.message] as const)
      .then(([status, body]) => response.writeHead(status, { 'content-type': 'text/plain' }).end(body))
      .catch(() => response.destroy());
  });
}

/** As browsers do it: an answer from elsewhere is kept from the page unless that names its origin. Source: Fetch standard, "CORS check". */
const fetchFromPage: typeof fetch = async (input, options = {}) => {
  const response = await fetch(input, { ...options, headers: { origin: pageOrigin } });
  const allowed = response.headers.get('access-control-allow-origin');
  if (allowed === '*' || allowed === pageOrigin) return response;
  await response.body?.cancel();
  throw new TypeError('Failed to fetch');
};

/** What the service worker needs of a browser's cache. */
function memoryCache() {
  const kept = new Map<string, Response>();
  return {
    match: async (request: string) => kept.get(request)?.clone(),
    put: async (request: string, response: Response) => {
      kept.set(request, response);
    },
  };
}
