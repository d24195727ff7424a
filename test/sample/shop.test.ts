import { describe, expect, test } from 'vitest';
import { networkFirst } from '../../sample/shop/page/service-worker.mjs';
import { openShop } from '../../sample/shop/page/shop.mjs';

const image = { id: '1', url: 'https://images.example.com/1.jpg', likes: 3 };
const works: typeof fetch = async () => Response.json({ images: [image] });
const fails: typeof fetch = async () => new Response(null, { status: 500 });
const hangs: typeof fetch = (_, options) =>
  new Promise((_resolve, reject) => {
    options?.signal?.addEventListener('abort', () => reject(options.signal?.reason));
  });

/** A shop whose network changes. */
function aShop(graceful: boolean) {
  const network = { fetch: works, asked: [] as string[] };
  const shop = openShop({
    ...{ api: 'https://api', graceful },
    fetch: (input, options) => {
      network.asked.push(`${options?.method ?? 'GET'} ${input}`);
      return network.fetch(input, options);
    },
  });
  return { shop, network };
}

describe('a graceful shop', () => {
  test.each([fails, hangs])('shows a placeholder first, and later the last images', async (broken) => {
    const { shop, network } = aShop(true);
    network.fetch = broken;
    expect(await shop.images()).toMatchObject([{ id: 'placeholder' }]);
    network.fetch = works;
    expect(await shop.images()).toEqual([image]);
    network.fetch = broken;
    expect(await shop.images()).toEqual([image]);
  });

  test('sends later what could not be sent', async () => {
    const { shop, network } = aShop(true);
    network.fetch = fails;
    expect([await shop.like('1'), await shop.share('2')]).toEqual(['later', 'later']);
    network.fetch = works;
    network.asked.length = 0;
    await shop.sendUnsent();
    await shop.sendUnsent();
    expect(network.asked).toEqual(['POST https://api/images/1/likes', 'POST https://api/images/2/shares']);
  });
});

test('a shop that is not graceful shows each failure', async () => {
  const { shop, network } = aShop(false);
  expect([await shop.images(), await shop.like('1')]).toEqual([[image], 'done']);
  network.fetch = fails;
  await expect(shop.images()).rejects.toThrow('status 500');
  await expect(shop.like('1')).rejects.toThrow('status 500');
});

test('the service worker takes from its cache what cannot be loaded', async () => {
  const kept = new Map<string, Response>();
  const cache = {
    match: async (request: string) => kept.get(request),
    put: async (request: string, response: Response) => void kept.set(request, response),
  };
  await expect(networkFirst('/', { fetch: fails, cache })).rejects.toThrow('status 500');
  await networkFirst('/', { fetch: async () => new Response('page'), cache });
  expect(await (await networkFirst('/', { fetch: fails, cache })).text()).toBe('page');
});
