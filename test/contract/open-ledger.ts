import { randomBytes } from 'node:crypto';
import type { ExperimentLedger } from '#core/ports/experiment-ledger.ts';
import type { Ledger } from '#core/ports/ledger.ts';

/** A store of its own, empty, with as many ledgers on it as are opened: each stands for a process. */
export type FreshStore = () => Promise<{ open(): Ledger & ExperimentLedger }>;

/** Opens one more ledger on the store of the test. */
export type Open = () => Ledger & ExperimentLedger;

export const newSecret = () => randomBytes(32).toString('hex');
