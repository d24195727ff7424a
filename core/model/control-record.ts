import * as z from 'zod';
import type { Parsed } from '../util/parse.ts';
import type { UnreadableItem } from './unreadable-item.ts';

export const Stop = z.object({
  reason: z.string(),
  /** The caller's ARN, or whatever else identifies them. */
  by: z.string(),
  /** ISO 8601, UTC. */
  at: z.string(),
});
export type Stop = Parsed<typeof Stop>;

export interface ControlRecord {
  /** 64 hex digits. Draws depend on it, so nobody without access to the ledger can predict them. */
  readonly secret: string;
  /** An unreadable stop counts as a stop. */
  readonly stop: Stop | undefined;
  /** The control item itself, if a part that runs can do without is unreadable. */
  readonly unreadable: readonly UnreadableItem[];
  /** The last calendar day whose plan was announced. */
  readonly planAnnounced: string | undefined;
}
