import { openShop } from '../shop/page/shop.mjs';
import { type LoopbackServer, listenOnLoopback } from './loopback.ts';

/**
 * A visitor of the shop, with a browser that probes can ask: each request is what one visit or one click comes to. The status is 200
 * where that works, 202 where it will be done later, and 502 where the visitor sees an error.
 */
export function servePage(
  api: string,
  { graceful }: { readonly graceful: boolean },
): Promise<LoopbackServer> {
  const shop = openShop({ api, graceful, fetch });
  const visit = async (method: string, path: string): Promise<readonly [status: number, body: string]> => {
    if (method === 'GET' && path === '/') {
      const images = await shop.images();
      return [200, images.map(({ url, likes }) => `<img src="${url}"> ${likes} likes`).join('\n')];
    }
    const [, id = '', what] = /^\/images\/(\w+)\/(likes|shares)$/.exec(path) ?? [];
    if (method !== 'POST' || what === undefined) return [404, 'there is no such page'];
    const done = await (what === 'likes' ? shop.like(id) : shop.share(id));
    return [done === 'done' ? 200 : 202, done];
  };
  return listenOnLoopback(({ method = '', url = '' }, response) => {
    visit(method, url)
      .catch((error: Error) => [502, error.message] as const)
      .then(([status, body]) => response.writeHead(status, { 'content-type': 'text/html' }).end(body))
      .catch(() => response.destroy());
  });
}
