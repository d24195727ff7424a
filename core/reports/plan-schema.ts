import * as z from 'zod';
import { optionalInJson } from '../util/optional.ts';
import { parse } from '../util/parse.ts';
import type { LeftOut, Plan, PlannedDay, PlannedStrike } from './plan.ts';
import { FailureShape } from './run-report-schema.ts';

/** Plans that come back from outside: as the answer of the deployed function, or from the topic. */

const Count = z.int().nonnegative();
const Day = z.iso.date('expected a date such as "2026-11-23"');
const Moment = z.iso.datetime('expected a moment in UTC such as "2026-11-23T09:00:00Z"');

const PlannedStrikeShape: z.ZodType<PlannedStrike> = z.object({
  group: z.string(),
  fault: z.string(),
  slot: Moment,
  due: optionalInJson(Moment),
  targetId: optionalInJson(z.string()),
  dependsOn: z.array(z.string()),
});

const PlannedDayShape: z.ZodType<PlannedDay> = z.object({
  day: Day,
  off: optionalInJson(z.string()),
  strikes: z.array(PlannedStrikeShape),
  omitted: Count.exactOptional(),
});

const LeftOutShape: z.ZodType<LeftOut> = z.object({
  code: z.string(),
  groups: Count,
  strikes: Count,
  examples: z.array(z.string()),
});

const PlanShape: z.ZodType<Plan> = z.object({
  schemaVersion: z.literal(1),
  madeAt: Moment,
  mode: z.enum(['live', 'leashed']),
  stop: z.object({ reason: z.string(), by: z.string(), at: z.string() }).exactOptional(),
  from: Day,
  to: Day,
  timeZone: z.string(),
  days: z.array(PlannedDayShape),
  leftOut: z.array(LeftOutShape).default([]),
  failures: z.array(FailureShape),
  omittedFailures: Count.exactOptional(),
});

/** Throws `InvalidInput`, naming each mistake by its path. `what` says where the plan came from. */
export function parsePlan(input: unknown, what: string): Plan {
  return parse(PlanShape, input, what);
}
