import * as z from 'zod';
import type { UsedBudget } from '#core/model/budget.ts';
import { type Group, type InspectedInstance, type Member, protections } from '#core/model/group.ts';
import type { UnreadableItem } from '#core/model/unreadable-item.ts';
import type { RecordedGroup, Recording } from '#core/reports/recording.ts';
import { DecisionShape } from '#core/reports/run-report-schema.ts';
import type { Lookup } from '#core/util/lookup.ts';
import { optionalInJson } from '#core/util/optional.ts';
import { GroupRecordShape, StrikeEntryShape } from './shapes.ts';

/**
 * What a run was decided on, as JSON. What another version kept beside what is known here is passed over; a recording that
 * lacks something could not be decided again.
 */

function known<Value>(value: z.ZodType<Value>): z.ZodType<Lookup<Value>> {
  return z.union([
    z.object({ ok: z.literal(true), value }),
    z.object({ ok: z.literal(false), reason: z.string() }),
  ]);
}

const Tags = z.record(z.string(), z.string());

const MemberShape: z.ZodType<Member> = z.object({
  instanceId: z.string(),
  zone: z.string(),
  capacity: z.number(),
  healthy: z.boolean(),
  lifecycle: z.string(),
  protectedFromScaleIn: z.boolean(),
  state: z.string(),
});

const GroupShape: z.ZodType<Group> = z.object({
  key: z.string(),
  account: z.string(),
  region: z.string(),
  kind: z.enum(['asg', 'tag']),
  name: z.string(),
  arn: optionalInJson(z.string()),
  tags: Tags,
  conflictingTags: z.array(z.string()),
  desired: z.number(),
  createdAt: optionalInJson(z.number()),
  suspendedProcesses: z.array(z.string()),
  members: z.array(MemberShape),
});

const InstanceShape: z.ZodType<InspectedInstance> = z.object({
  instanceId: z.string(),
  arn: z.string(),
  state: z.string(),
  launchedAt: z.number(),
  tags: Tags,
  rootDevice: optionalInJson(z.string()),
  purchase: optionalInJson(z.string()),
  managedBy: optionalInJson(z.string()),
});

const LookedShape: z.ZodType<NonNullable<RecordedGroup['looked']>> = z.object({
  group: optionalInJson(z.union([GroupShape, z.literal('unchanged')])),
  instances: z.array(InstanceShape),
  refreshes: known(z.array(z.string())),
  activities: known(z.array(z.string())),
  alarms: known(
    z.array(z.object({ name: z.string(), state: z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA', 'MISSING']) })),
  ),
  safetyLever: optionalInJson(
    known(z.object({ status: z.enum(['engaged', 'disengaged', 'engaging']), reason: z.string() })),
  ),
});

const UsedBudgetShape: z.ZodType<UsedBudget> = z.object({
  scope: z.enum(['organization', 'account', 'region', 'app', 'group']),
  of: z.string(),
  over: z.string(),
  max: z.number(),
  used: z.number(),
});

const RecordedGroupShape: z.ZodType<RecordedGroup> = z.object({
  decision: DecisionShape,
  group: GroupShape,
  ledgerState: z
    .strictObject({ record: known(GroupRecordShape), budgets: known(z.array(UsedBudgetShape)) })
    .optional(),
  looked: LookedShape.optional(),
  protections: z.record(z.string(), known(z.array(z.enum(protections)))).optional(),
  targetId: z.string().optional(),
});

const UnreadableItemShape: z.ZodType<UnreadableItem> = z.object({
  table: z.string(),
  pk: z.string(),
  sk: z.string(),
  why: z.string(),
  group: optionalInJson(z.string()),
});

export const RecordingShape: z.ZodType<Recording> = z.object({
  schemaVersion: z.literal(1),
  runId: z.string(),
  slot: z.object({ id: z.string(), at: z.number() }),
  now: z.number(),
  config: z.unknown(),
  request: z.unknown(),
  open: known(z.array(StrikeEntryShape)),
  unreadable: z.array(UnreadableItemShape).exactOptional(),
  groups: z.array(RecordedGroupShape),
});
