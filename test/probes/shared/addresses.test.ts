import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { refusedAddress, refusedHost } from '#probes/shared/addresses.ts';

const deployed = { hosts: ['shop.example.com', '*.example.net', '10.1.2.3'], loopback: false };
const laptop = { hosts: [], loopback: true };

/** As a probe's URL has it. */
const hostOf = (url: string) => new URL(url).hostname;

describe('refusedAddress', () => {
  test.each([
    // This machine, the metadata services, Lambda's own, in every disguise.
    ...['127.0.0.1', '127.255.255.254', '::1', '0.0.0.0', '0.1.2.3', '::'],
    ...['169.254.169.254', '169.254.170.2', '169.254.79.129', 'fd00:ec2::254', 'fe80::1', 'fe80::1%eth0'],
    ...['::ffff:127.0.0.1', '::ffff:169.254.169.254', '::ffff:7f00:1', '::ffff:8.8.8.8', '::127.0.0.1'],
    ...['64:ff9b::a9fe:a9fe', '64:ff9b:1::1', '2002:7f00:1::', '2001:0:7f00:1::'],
    ...['224.0.0.1', '255.255.255.255', 'ff02::1', 'fec0::1'],
    // Private and shared ones.
    ...['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', '100.64.0.1', '198.18.0.1', 'fd12::1'],
    'shop.example.com',
  ])('%s must not be asked', (address) => {
    expect(refusedAddress(address, deployed)).toContain(address);
  });

  test.each(['93.184.216.34', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '2a00:1450::1'])(
    'the public address %s may be',
    (address) => {
      expect(refusedAddress(address, deployed)).toBeUndefined();
    },
  );

  test('a private one may be if it is listed itself, and what is no network of anybody never', () => {
    expect(refusedAddress('10.1.2.3', deployed)).toBeUndefined();
    expect(refusedAddress('10.1.2.4', deployed)).toContain('is private');
    for (const address of ['169.254.169.254', '127.0.0.1', 'fd00:ec2::254']) {
      expect(refusedAddress(address, { hosts: [address], loopback: false })).toBeDefined();
    }
  });

  test('on a laptop this machine may be, and nothing else besides', () => {
    expect(refusedAddress('127.0.0.1', laptop)).toBeUndefined();
    expect(refusedAddress('::1', laptop)).toBeUndefined();
    expect(refusedAddress('::ffff:127.0.0.1', laptop)).toBeDefined();
    expect(refusedAddress('169.254.169.254', laptop)).toBeDefined();
    expect(refusedAddress('10.0.0.1', laptop)).toBeDefined();
  });
});

describe('refusedHost', () => {
  test.each([
    'http://2130706433/',
    'http://0x7f000001/',
    'http://0x7f.1/',
    'http://0177.0.0.1/',
    'http://127.1/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:a9fe:a9fe]/',
    'http://[::]/',
    'http://0/',
    'http://１２７.0.0.1/',
    'http://2852039166/latest/meta-data',
  ])('%s is this machine or the metadata service, listed or not', (url) => {
    const host = hostOf(url);
    const listed = { hosts: [host, host.slice(1, -1)], loopback: false };
    expect(refusedHost(host, listed)).toMatch(/is this machine itself|reserved$/);
  });

  test.each([
    ['shop.example.com', true],
    ['SHOP.example.com', true],
    ['api.shop.example.com', false],
    ['shop.example.com.', false],
    ['shop.example.com.evil.org', false],
    ['api.example.net', true],
    ['a.b.example.net', true],
    ['example.net', false],
    ['notexample.net', false],
    ['10.1.2.3', true],
    ['93.184.216.34', false],
    ['localhost', false],
  ])('%s is allowed: %s', (host, isAllowed) => {
    expect(refusedHost(hostOf(`https://${host}/`), deployed) === undefined).toBe(isAllowed);
  });

  test('an address that is listed may be asked, also one of IPv6', () => {
    const allowed = { hosts: ['93.184.216.34', '2606:4700::1111'], loopback: false };
    expect(refusedHost(hostOf('http://93.184.216.34/'), allowed)).toBeUndefined();
    expect(refusedHost(hostOf('http://[2606:4700::1111]/'), allowed)).toBeUndefined();
  });

  test('on a laptop, this machine needs no list', () => {
    for (const url of ['http://localhost:3000/', 'http://127.0.0.1:3000/', 'http://[::1]:3000/']) {
      expect(refusedHost(hostOf(url), laptop)).toBeUndefined();
    }
    expect(refusedHost('shop.example.com', laptop)).toContain('not in the list');
  });

  test('whatever a URL looks like, what is not public is refused where only names are listed', () => {
    const octets = fc.tuple(...[0, 1, 2, 3].map(() => fc.nat(255)));
    const forms = fc.constantFrom<(parts: number[]) => string>(
      (parts) => parts.join('.'),
      (parts) => parts.map((part) => `0x${part.toString(16)}`).join('.'),
      (parts) => parts.map((part) => `0${part.toString(8)}`).join('.'),
      (parts) => String(parts.reduce((sum, part) => sum * 256 + part, 0)),
      (parts) => `[::ffff:${parts.join('.')}]`,
    );
    fc.assert(
      fc.property(octets, forms, (parts, form) => {
        expect(refusedHost(hostOf(`http://${form(parts)}/`), deployed) === undefined).toBe(
          parts.join('.') === '10.1.2.3' && !form(parts).startsWith('['),
        );
      }),
    );
  });
});
