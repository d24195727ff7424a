import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * The SHA-256 of the bundle that this is a part of: what `sha256sum` says of the `handler.mjs` that is deployed. `sources` in a
 * process that runs from those, which has no such file.
 */
export function bundleDigest(): string {
  const file = fileURLToPath(import.meta.url);
  return file.endsWith('.mjs') ? createHash('sha256').update(readFileSync(file)).digest('hex') : 'sources';
}
