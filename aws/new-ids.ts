import { randomBytes } from 'node:crypto';

/** What the ledger keeps for the draws: 256 bits. */
export function newSecret(): string {
  return randomBytes(32).toString('hex');
}

/** Tells runs of the same second apart. */
export function newId(): string {
  return randomBytes(4).toString('hex');
}
