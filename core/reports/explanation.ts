import * as z from 'zod';
import { Recovery } from '../model/recovery.ts';
import { Target } from '../model/target.ts';
import { Count } from '../util/count.ts';
import { optionalInJson } from '../util/optional.ts';
import type { Parsed } from '../util/parse.ts';
import { GateVerdict } from './run-report.ts';

const ExplainedDraw = z.object({
  /** The slot that strikes if drawn, ISO 8601, UTC. Undefined if there is none. */
  slot: optionalInJson(z.string()),
  strikes: z.boolean(),
  text: z.string(),
});
export type ExplainedDraw = Parsed<typeof ExplainedDraw>;

const ExplainedGuard = z.object({
  code: z.string(),
  targetId: z.string().exactOptional(),
  passes: z.boolean(),
  saw: z.string(),
});
export type ExplainedGuard = Parsed<typeof ExplainedGuard>;

const ExplainedStrike = z.object({
  at: z.string(),
  runId: z.string(),
  target: Target,
  fault: z.string(),
  state: z.string(),
  detail: z.string(),
  recovery: Recovery.exactOptional(),
});
export type ExplainedStrike = Parsed<typeof ExplainedStrike>;

/** Everything for and against a strike of one group, now. */
export const Explanation = z.object({
  schemaVersion: z.literal(2),
  /** The group's key. */
  group: z.string(),
  /** ISO 8601, UTC. */
  at: z.string(),
  /** The calendar day, in the schedule's zone. */
  day: z.string(),
  /** The schedule's zone, in which times are shown. */
  timeZone: z.string(),
  gates: z.array(GateVerdict),
  /** Whether the configuration is leashed: whatever is decided, nothing is touched. */
  leashed: z.boolean(),
  /** `1/6 in each slot`, `every 5 work days on average, at least 2 apart`; or why there is no rate. */
  rate: z.string(),
  /** Today's draws: one for the day, or one for each slot. */
  draws: z.array(ExplainedDraw),
  /**
   * In the order in which their reasons are named. A target's verdicts name it. Other reasons that spare a group are only
   * included when they apply: `gone`, `bad-tag`, `probability-zero`, `already-claimed`, `fault-unfit`, `strike-refused`.
   */
  guards: z.array(ExplainedGuard),
  budgets: z.array(z.object({ text: z.string(), used: z.number(), max: Count })),
  /** Newest first. */
  strikes: z.array(ExplainedStrike),
  /** What could not be read about it. */
  failures: z.array(z.string()),
  /** Places that could not be searched: another group of that name may be there. */
  elsewhere: z.array(z.string()),
});
export type Explanation = Parsed<typeof Explanation>;
