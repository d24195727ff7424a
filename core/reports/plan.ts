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
  /** The drawn moment, if the rate is in days. */
  due: optionalInJson(Moment),
  /** The target that would be struck if the group's targets stay as they are; undefined if all of them would be spared. */
  targetId: optionalInJson(z.string()),
  /** The code of the guard that would spare the group as it is listed now; it then has no target either. */
  sparedNow: z.string().exactOptional(),
  /** Further conditions: `only if it is not struck on 2026-11-23`. If empty, only guards can still spare it. */
  dependsOn: z.array(z.string()),
});
export type PlannedStrike = Parsed<typeof PlannedStrike>;

const PlannedDay = z.object({
  /** `2026-11-23`. */
  day: Day,
  /** Why nothing is struck on this day: a holiday, a freeze; undefined on a work day. */
  off: optionalInJson(z.string()),
  strikes: z.array(PlannedStrike),
  /** The day's last strikes, which were left out to fit: how many. */
  omitted: Count.exactOptional(),
});
export type PlannedDay = Parsed<typeof PlannedDay>;

/** What one guard is certain to spare: because of a veto that lasts beyond the slot, a leash, a probability of 0. */
const LeftOut = z.object({
  /** The reason code that runs give. */
  code: z.string(),
  groups: Count,
  /** How many strikes were drawn for them; 0 if nothing is drawn. */
  strikes: Count,
  /** Keys of the first few groups. */
  examples: z.array(z.string()),
});
export type LeftOut = Parsed<typeof LeftOut>;

/** Who will be struck and when, as far as can be predicted, from the same draws that the runs will make. */
export const Plan = z.object({
  schemaVersion: z.literal(2),
  /** ISO 8601, UTC: when the groups were listed. */
  madeAt: Moment,
  /** `leashed`: by the present configuration, nothing will be touched. */
  mode: z.enum(['live', 'leashed']),
  /** The stop that was set then: until it is lifted, nothing is struck. */
  stop: Stop.exactOptional(),
  /** Calendar days in the schedule's zone, both inclusive. */
  from: Day,
  to: Day,
  timeZone: z.string(),
  days: z.array(PlannedDay),
  /** What is certain to be spared at present, and is not among the strikes; the most groups first. */
  leftOut: z.array(LeftOut),
  /** What could not be surveyed or planned: groups there are missing from the plan. */
  failures: z.array(Failure),
  /** Failures that were left out to fit. */
  omittedFailures: Count.exactOptional(),
});
export type Plan = Parsed<typeof Plan>;
