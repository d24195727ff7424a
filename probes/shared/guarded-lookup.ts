import { type LookupAddress, type LookupOptions, lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import type { AllowedByConfig } from '#core/ports/probe.ts';
import { refusedAddress } from './addresses.ts';

/** A name that leads to where no probe may look. */
export class RefusedAddress extends Error {
  override readonly name = 'RefusedAddress';
}

/** As `dns.lookup` is called with all addresses. */
export type Resolve = (
  host: string,
  options: LookupOptions & { readonly all: true },
  done: (error: Error | null, addresses: readonly LookupAddress[]) => void,
) => void;

/**
 * The look-up that a connection is made with: between it and the connection nothing is looked up again, so that no server of names can
 * change its mind. One refused address is enough: an honest name has none.
 */
export function guardedLookup(allowed: AllowedByConfig, resolve: Resolve = lookup): LookupFunction {
  return (host, options, done) => {
    resolve(host, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return done(error, []);
      const [refused] = addresses.flatMap(({ address }) => refusedAddress(address, allowed) ?? []);
      if (refused !== undefined) return done(new RefusedAddress(`${host}: ${refused}`), []);
      const [first] = addresses;
      if (options.all === true || first === undefined) return done(null, [...addresses]);
      done(null, first.address, first.family);
    });
  };
}
