import * as z from 'zod';
import type { Parsed } from '../util/parse.ts';
import { Target } from './target.ts';

/** How a strike ended for its group. */
export const Recovery = z.object({
  /** `gone`: the group is no more. */
  outcome: z.enum(['recovered', 'not-recovered', 'gone']),
  /** ISO 8601, UTC: when it was seen. */
  at: z.string(),
  /** From the strike until the group was back; at most that long where `exact` is false. Only where it recovered. */
  tookMs: z.number().exactOptional(),
  exact: z.boolean().exactOptional(),
  /** What was seen, in a few words. */
  text: z.string(),
});
export type Recovery = Parsed<typeof Recovery>;

/** A strike of an earlier run, and how its group got over it. */
export const Recovered = z.object({
  /** The group's key. */
  group: z.string(),
  target: Target,
  /** The run that struck, and its slot. */
  runId: z.string(),
  slot: z.string(),
  /** ISO 8601, UTC. */
  struckAt: z.string(),
  recovery: Recovery,
});
export type Recovered = Parsed<typeof Recovered>;
