import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { devNull } from 'node:os';
import fc from 'fast-check';
import { testSeed } from './test-seed.ts';

// Before every test file, so that a run of the tests is like any other.

// Nobody's credentials, profiles and endpoints.
for (const key of Object.keys(process.env)) if (key.startsWith('AWS_')) delete process.env[key];
Object.assign(process.env, {
  AWS_CONFIG_FILE: devNull,
  AWS_SHARED_CREDENTIALS_FILE: devNull,
  AWS_EC2_METADATA_DISABLED: 'true',
});

// Whatever is left to chance comes from one seed. Tests hold for every seed all the same: `npm run test:soak` looks for one for
// which they do not.
const seed = testSeed();
// Half as many as usual, as there are hundreds of properties: a soak of two rounds plays the rest.
fc.configureGlobal({ seed, numRuns: 50 });

let state = seed | 0;
/** Mulberry32: 32 bits, equally likely. */
function next(): number {
  state = (state + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), state | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return (mixed ^ (mixed >>> 14)) >>> 0;
}

function bytes(size: number): Buffer {
  return Buffer.from(Uint8Array.from({ length: size }, () => next() & 0xff));
}

Math.random = () => next() / 2 ** 32;
Object.assign(crypto, {
  randomBytes: bytes,
  randomUUID: () => {
    const hex = bytes(16).toString('hex');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
  },
});
// What a module has imported by name is told as well.
syncBuiltinESMExports();
