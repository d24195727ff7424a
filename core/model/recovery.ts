import * as z from 'zod';
import type { Parsed } from '../util/parse.ts';
import { Target } from './target.ts';

/** How a group ended up after a strike. */
export const Recovery = z.object({
  /** `gone`: the group no longer exists. */
  outcome: z.enum(['recovered', 'not-recovered', 'gone']),
  /** When it was observed, ISO 8601, UTC. */
  at: z.string(),
  /** Time from the strike to recovery; an upper bound unless `exact`. Absent if the group did not recover. */
  tookMs: z.number().exactOptional(),
  exact: z.boolean().exactOptional(),
  /** What was observed, in a few words. */
  text: z.string(),
});
export type Recovery = Parsed<typeof Recovery>;

/** A strike of an earlier run, and whether its group recovered. */
export const Recovered = z.object({
  /** The group's key. */
  group: z.string(),
  target: Target,
  /** The run that struck. */
  runId: z.string(),
  slot: z.string(),
  /** ISO 8601, UTC. */
  struckAt: z.string(),
  recovery: Recovery,
});
export type Recovered = Parsed<typeof Recovered>;
