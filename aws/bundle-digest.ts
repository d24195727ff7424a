import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The `bundleDigest` of code that runs from a clone's sources. It does not tell one clone from another. */
export const unbundled = 'sources';

/** The SHA-256 of the running bundle: what `sha256sum` prints for the deployed `handler.mjs`. */
export function bundleDigest(): string {
  const file = fileURLToPath(import.meta.url);
  return file.endsWith('.mjs') ? createHash('sha256').update(readFileSync(file)).digest('hex') : unbundled;
}
