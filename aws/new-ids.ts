import { randomBytes } from 'node:crypto';

/** A secret for the draws, which the ledger keeps: 256 bits. */
export function newSecret(): string {
  return randomBytes(32).toString('hex');
}

/** Distinguishes runs that start in the same second. */
export function newId(): string {
  return randomBytes(4).toString('hex');
}
