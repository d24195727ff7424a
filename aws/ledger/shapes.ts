import * as z from 'zod';
import type { BudgetLimit } from '#core/model/budget.ts';
import type { ChosenFault } from '#core/model/fault.ts';
import type { GroupLeash, GroupRecord, LastStrike, Refusals, Veto } from '#core/model/group-record.ts';
import type { Recovery } from '#core/model/recovery.ts';
import type { StrikeEntry } from '#core/model/strike.ts';
import { Target } from '#core/model/target.ts';
import { optionalInJson } from '#core/util/optional.ts';

const FaultShape: z.ZodType<ChosenFault> = z.object({ name: z.string(), parameters: z.unknown() });

const BudgetLimitShape: z.ZodType<BudgetLimit> = z.object({
  scope: z.enum(['organization', 'account', 'region', 'app', 'group']),
  of: z.string(),
  over: z.string(),
  max: z.int(),
});

const StrikeRecoveryShape: z.ZodType<Recovery> = z.object({
  outcome: z.enum(['recovered', 'not-recovered', 'gone']),
  at: z.string(),
  tookMs: z.number().exactOptional(),
  exact: z.boolean().exactOptional(),
  text: z.string(),
});

/**
 * A strike, in its item and in a recording. What another version wrote beside it is passed over, here and in all that is read
 * of the ledger.
 */
export const StrikeEntryShape: z.ZodType<StrikeEntry> = z.object({
  slot: z.string(),
  group: z.string(),
  runId: z.string(),
  target: Target,
  fault: FaultShape,
  app: optionalInJson(z.string()),
  healthy: z.number(),
  version: z.int(),
  day: z.string(),
  at: z.string(),
  abandonedAfter: z.number(),
  budgets: z.array(BudgetLimitShape),
  state: z.enum(['planned', 'striking', 'succeeded', 'failed', 'unknown']),
  detail: z.string(),
  recovery: optionalInJson(StrikeRecoveryShape),
});

export const LastStrikeShape: z.ZodType<LastStrike> = z.object({
  slot: z.string(),
  day: z.string(),
  at: z.string(),
});

export const VetoShape: z.ZodType<Veto> = z.object({
  reason: z.string(),
  by: z.string(),
  at: z.string(),
  until: z.string(),
});

export const GroupLeashShape: z.ZodType<GroupLeash> = z.object({
  reason: z.string(),
  by: z.string(),
  at: z.string(),
});

export const RefusalsShape: z.ZodType<Refusals> = z.object({
  day: z.string(),
  of: z.array(z.object({ targetId: z.string(), detail: z.string() })),
});

/** What stands about a group, in its item and in a recording. */
export const GroupRecordShape: z.ZodType<GroupRecord> = z.object({
  version: z.int(),
  last: optionalInJson(LastStrikeShape),
  veto: optionalInJson(VetoShape),
  leash: optionalInJson(GroupLeashShape),
  refusals: RefusalsShape.exactOptional(),
});
