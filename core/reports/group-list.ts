import * as z from 'zod';
import { Failure } from '../model/failure.ts';
import { GroupLeash, LastStrike, Veto } from '../model/group-record.ts';
import { Count } from '../util/count.ts';
import type { Parsed } from '../util/parse.ts';

/** A different version may have answered: members that this version does not know are ignored. */

const ListedRate = z.discriminatedUnion('mode', [
  /** Chance in each slot. */
  z.object({ mode: z.literal('probability'), probability: z.number(), perDay: z.number() }),
  /** Work days between two strikes, on average and at least. */
  z.object({ mode: z.literal('mean-days'), meanDays: z.number(), minDays: z.number(), perDay: z.number() }),
  /** Its tags are not valid, and it is spared. */
  z.object({ mode: z.literal('none'), why: z.string() }),
]);
export type ListedRate = Parsed<typeof ListedRate>;

/** An opted-in group as it was listed, with its record. */
const ListedGroup = z.object({
  /** Its key. */
  group: z.string(),
  /** Healthy or not. */
  targets: Count,
  /** In targets, or in units if they are weighted. */
  healthy: z.number(),
  desired: z.number(),
  /** The tags that affect decisions. */
  tags: z.record(z.string(), z.string()),
  /** `perDay`: mean strikes per work day, by the draws alone. */
  rate: ListedRate,
  /** Null if the ledger could not be read, which is one of the failures. */
  record: z
    .object({
      /** The last strike that did not fail. */
      last: LastStrike.pick({ slot: true, at: true }).nullable(),
      /** Null if it has ended. */
      veto: Veto.nullable(),
      leash: GroupLeash.nullable(),
    })
    .nullable(),
});
export type ListedGroup = Parsed<typeof ListedGroup>;

/** All groups that have opted in. */
export const GroupList = z.object({
  schemaVersion: z.literal(2),
  /** ISO 8601, UTC: when the groups were listed. */
  at: z.string(),
  /** The version of the function that answered. */
  version: z.string(),
  /** Whether the deployed configuration is leashed. */
  leashed: z.boolean(),
  timeZone: z.string(),
  /** The last day whose holidays that configuration knows; null if it has none. */
  holidaysThrough: z.string().nullable(),
  /** Groups seen, including those that are left out below. */
  seen: Count,
  /** By key. */
  groups: z.array(ListedGroup),
  /** What could not be surveyed: groups there are missing from the list. */
  failures: z.array(Failure),
  /** Failures that were left out to fit. */
  omittedFailures: Count.exactOptional(),
});
export type GroupList = Parsed<typeof GroupList>;
