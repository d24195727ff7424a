import type { LookupAddress } from 'node:dns';
import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { guardedLookup, RefusedAddress, type Resolve } from '#probes/shared/guarded-lookup.ts';

const deployed = { hosts: ['*.example.com'], loopback: false };

function resolving(...answers: readonly (readonly string[])[]) {
  let asked = 0;
  const resolve: Resolve = (_, __, done) => {
    const addresses = answers[Math.min(asked, answers.length - 1)] ?? [];
    asked += 1;
    done(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };
  return { resolve, asked: () => asked };
}

function lookUp(resolve: Resolve, all: boolean): Promise<string | LookupAddress[]> {
  return new Promise((found, fail) => {
    guardedLookup(deployed, resolve)('shop.example.com', { all }, (error, address) => {
      if (error === null) found(address);
      else fail(error);
    });
  });
}

test('gives what the resolver gives, in the form that it is asked for', async () => {
  const { resolve } = resolving(['93.184.216.34', '2606:4700::1111']);
  expect(await lookUp(resolve, false)).toBe('93.184.216.34');
  expect(await lookUp(resolve, true)).toEqual([
    { address: '93.184.216.34', family: 4 },
    { address: '2606:4700::1111', family: 6 },
  ]);
});

test('one refused address among others is enough', async () => {
  for (const all of [true, false]) {
    const { resolve } = resolving(['93.184.216.34', '169.254.169.254']);
    await expect(lookUp(resolve, all)).rejects.toThrow(
      'shop.example.com: 169.254.169.254 is link-local, multicast or reserved',
    );
  }
});

test('the connection is made with what was checked: a name that changes its mind is refused then', async () => {
  const { resolve, asked } = resolving(['93.184.216.34'], ['127.0.0.1']);
  await lookUp(resolve, true);
  const socket = connect({ host: 'shop.example.com', port: 9, lookup: guardedLookup(deployed, resolve) });
  const [error] = await once(socket, 'error');
  expect(error).toBeInstanceOf(RefusedAddress);
  // One look-up a connection.
  expect(asked()).toBe(2);
});

test('what the resolver says of its own is passed on', async () => {
  const failing: Resolve = (_, __, done) => done(Object.assign(new Error(), { code: 'ENOTFOUND' }), []);
  await expect(lookUp(failing, true)).rejects.toMatchObject({ code: 'ENOTFOUND' });
});
