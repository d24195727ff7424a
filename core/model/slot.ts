import * as z from 'zod';
import type { Parsed } from '../util/parse.ts';

export interface Slot {
  /** Draws and claims depend on it: the scheduled moment in UTC, or `adhoc/ID` for a run outside the schedule. */
  readonly id: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** What started a run. */
export const Trigger = z.enum(['schedule', 'invoke', 'api', 'cli']);
export type Trigger = Parsed<typeof Trigger>;

/** The id of a scheduled slot: its moment as EventBridge Scheduler formats it, UTC in whole seconds. */
export function slotId(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}
