import * as z from 'zod';
import type { Outcome, Replay } from '#core/replay/replay.ts';
import type { ExplainedStrike, Explanation } from '#core/reports/explanation.ts';
import { DecisionShape, RecoveryShape } from '#core/reports/run-report-schema.ts';
import { optionalInJson } from '#core/util/optional.ts';
import { parse } from '#core/util/parse.ts';

/** The answers of the deployed function to `explain` and `replay`. */

const Count = z.int().nonnegative();

const ExplainedStrikeShape: z.ZodType<ExplainedStrike> = z.strictObject({
  at: z.string(),
  runId: z.string(),
  instanceId: z.string(),
  fault: z.string(),
  state: z.string(),
  detail: z.string(),
  recovery: RecoveryShape.exactOptional(),
});

const ExplanationShape: z.ZodType<Explanation> = z.strictObject({
  schemaVersion: z.literal(1),
  group: z.string(),
  at: z.string(),
  day: z.string(),
  timeZone: z.string().default('UTC'),
  gates: z.array(z.strictObject({ gate: z.string(), open: z.boolean(), text: z.string() })),
  leashed: z.boolean(),
  rate: z.string(),
  draws: z.array(
    z.strictObject({ slot: optionalInJson(z.string()), strikes: z.boolean(), text: z.string() }),
  ),
  guards: z.array(
    z.strictObject({
      code: z.string(),
      instanceId: z.string().exactOptional(),
      passes: z.boolean(),
      saw: z.string(),
    }),
  ),
  budgets: z.array(z.strictObject({ text: z.string(), used: z.number(), max: Count })),
  strikes: z.array(ExplainedStrikeShape),
  failures: z.array(z.string()),
  elsewhere: z.array(z.string()),
});

const OutcomeShape: z.ZodType<Outcome> = z.strictObject({
  decision: DecisionShape,
  instanceId: z.string().nullable(),
});

const ReplayShape: z.ZodType<Replay> = z.strictObject({
  schemaVersion: z.literal(1),
  runId: z.string(),
  groups: Count,
  chosen: Count,
  differences: Count,
  first: z
    .strictObject({ group: z.string(), recorded: OutcomeShape, replayed: OutcomeShape })
    .exactOptional(),
});

/** Throws `InvalidInput`, naming each mistake by its path. */
export function parseExplanation(input: unknown, what: string): Explanation {
  return parse(ExplanationShape, input, what);
}

/** Throws `InvalidInput`, naming each mistake by its path. */
export function parseReplay(input: unknown, what: string): Replay {
  return parse(ReplayShape, input, what);
}
