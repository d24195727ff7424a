import * as z from 'zod';
import { Failure } from '../model/failure.ts';
import { GroupLeash, LastStrike, Veto } from '../model/group-record.ts';
import { Count } from '../util/count.ts';
import type { Parsed } from '../util/parse.ts';

/** Another version of ours may have answered: members that this one does not know are passed over. */

const ListedRate = z.discriminatedUnion('mode', [
  /** Chance in each slot. */
  z.object({ mode: z.literal('probability'), probability: z.number(), perDay: z.number() }),
  /** Work days between two strikes, on average and at least. */
  z.object({ mode: z.literal('mean-days'), meanDays: z.number(), minDays: z.number(), perDay: z.number() }),
  /** Its tags leave none, and it is spared. */
  z.object({ mode: z.literal('none'), why: z.string() }),
]);
export type ListedRate = Parsed<typeof ListedRate>;

/** An opted-in group, as it was listed, and what is on record about it. */
const ListedGroup = z.object({
  /** Its key. */
  group: z.string(),
  /** Members, healthy or not. */
  instances: Count,
  /** In instances, or in units where the members are weighted. */
  healthy: z.number(),
  desired: z.number(),
  /** Those that decisions are made from. */
  tags: z.record(z.string(), z.string()),
  /** `perDay`: strikes in a work day on average, by the draws alone. */
  rate: ListedRate,
  /** Null where the ledger could not be read, which is among the failures. */
  record: z
    .object({
      /** The last strike that did not fail. */
      last: LastStrike.pick({ slot: true, at: true }).nullable(),
      /** Null for one that has ended. */
      veto: Veto.nullable(),
      leash: GroupLeash.nullable(),
    })
    .nullable(),
});
export type ListedGroup = Parsed<typeof ListedGroup>;

/** All groups that have opted in. */
export const GroupList = z.object({
  schemaVersion: z.literal(2),
  /** ISO 8601, UTC: when they were looked at. */
  at: z.string(),
  /** Of the function that answered. */
  version: z.string(),
  /** By the configuration that is deployed. */
  leashed: z.boolean(),
  timeZone: z.string(),
  /** The last day of which that configuration knows the holidays; null where it has none. */
  holidaysThrough: z.string().nullable(),
  /** Groups seen, those that are left out below as well. */
  seen: Count,
  /** By key. */
  groups: z.array(ListedGroup),
  /** What could not be looked at: groups there are not in the list. */
  failures: z.array(Failure),
  /** Failures that were left out to fit where the list went. */
  omittedFailures: Count.exactOptional(),
});
export type GroupList = Parsed<typeof GroupList>;
