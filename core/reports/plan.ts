import * as z from 'zod';
import { Stop } from '../model/control-record.ts';
import { Failure } from '../model/failure.ts';
import { Count } from '../util/count.ts';
import { optionalInJson } from '../util/optional.ts';
import type { Parsed } from '../util/parse.ts';

const Day = z.iso.date('expected a date such as "2026-11-23"');
const Moment = z.iso.datetime('expected a moment in UTC such as "2026-11-23T09:00:00Z"');

const PlannedStrike = z.object({
  /** The group's key. */
  group: z.string(),
  fault: z.string(),
  /** The slot that strikes, ISO 8601, UTC. */
  slot: Moment,
  /** The moment that was drawn, where the rate is in days. */
  due: optionalInJson(Moment),
  /** The instance that would be struck if the group's members stay as they are; undefined if each is spared as it is. */
  targetId: optionalInJson(z.string()),
  /** What else has to stay away: `only if it is not struck on 2026-11-23`. Empty: guards alone can spare it. */
  dependsOn: z.array(z.string()),
});
export type PlannedStrike = Parsed<typeof PlannedStrike>;

const PlannedDay = z.object({
  /** `2026-11-23`. */
  day: Day,
  /** Why nothing is struck on this day: a holiday, a freeze; undefined on a work day. */
  off: optionalInJson(z.string()),
  strikes: z.array(PlannedStrike),
  /** Strikes that were left out to fit where the plan went, the last ones of the day. */
  omitted: Count.exactOptional(),
});
export type PlannedDay = Parsed<typeof PlannedDay>;

/** What one guard is certain to spare: a veto that lasts beyond the slot, a leash, a probability of 0. */
const LeftOut = z.object({
  /** The reason code that runs give. */
  code: z.string(),
  groups: Count,
  /** How many strikes the draws had made of them; 0 where none is drawn at all. */
  strikes: Count,
  /** Keys of the first of these groups. */
  examples: z.array(z.string()),
});
export type LeftOut = Parsed<typeof LeftOut>;

/** Who will be struck and when, as far as it can be foreseen: from the same draws that the runs will make. */
export const Plan = z.object({
  schemaVersion: z.literal(2),
  /** ISO 8601, UTC: when the groups were looked at. */
  madeAt: Moment,
  /** `leashed`: as the configuration stands nothing will be touched. */
  mode: z.enum(['live', 'leashed']),
  /** The stop that stood then: while it does, nothing is struck. */
  stop: Stop.exactOptional(),
  /** Calendar days in the schedule's zone, first and last. */
  from: Day,
  to: Day,
  timeZone: z.string(),
  days: z.array(PlannedDay),
  /** What is certain to be spared, as everything stands, and is not among the strikes; the most groups first. */
  leftOut: z.array(LeftOut),
  /** What could not be looked at, or not planned: groups there are not in the plan. */
  failures: z.array(Failure),
  /** Failures that were left out to fit where the plan went. */
  omittedFailures: Count.exactOptional(),
});
export type Plan = Parsed<typeof Plan>;
