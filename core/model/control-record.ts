import * as z from 'zod';
import type { Parsed } from '../util/parse.ts';
import type { UnreadableItem } from './unreadable-item.ts';

export const Stop = z.object({
  reason: z.string(),
  /** The caller's ARN, or what else is known of them. */
  by: z.string(),
  /** ISO 8601, UTC. */
  at: z.string(),
});
export type Stop = Parsed<typeof Stop>;

export interface ControlRecord {
  /** 64 hex digits. Draws are a function of it, so that nobody without access to the ledger can foresee them. */
  readonly secret: string;
  /** One that cannot be read is a stop like any other. */
  readonly stop: Stop | undefined;
  /** The item, where a part of it cannot be read that runs can do without. */
  readonly unreadable: readonly UnreadableItem[];
  /** The last calendar day whose plan was announced. */
  readonly planAnnounced: string | undefined;
}
