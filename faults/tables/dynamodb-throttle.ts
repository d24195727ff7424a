import {
  ApplicationAutoScalingClient,
  DescribeScalableTargetsCommand,
} from '@aws-sdk/client-application-auto-scaling';
import {
  DescribeTableCommand,
  DynamoDBClient,
  type TableDescription,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { LastingFault } from '#core/model/fault.ts';
import type { Injector } from '#core/model/injector.ts';
import { codeOf } from '#core/util/error-text.ts';
import { counted } from '#core/util/format.ts';
import { sumOfMetrics } from '#targets/shared/sum-of-metrics.ts';
import type { Tables } from '#targets/tables/kind.ts';
import { minutes } from '../shared/minutes.ts';
import {
  capacityOf,
  decreasesToday,
  isBeingChanged,
  Saved,
  sightCapacity,
  toBeLowered,
  updateInput,
} from './shared/table-capacity.ts';

const units = z.int().min(1).max(10_000).default(1);

const Parameters = z.strictObject({
  readUnits: units.describe(
    'Read units a second that the table, and each of its indexes, is left with at most',
  ),
  writeUnits: units.describe('Write units a second that these are left with at most'),
  minutes,
});

/** Each UTC day; more only an hour after the last. Source: DynamoDB Developer Guide, "Quotas", decreasing provisioned throughput. */
const decreasesADay = 4;

const minuteMs = 60_000;

/**
 * How long after a minute CloudWatch has it: an assumption, one of docs/verified.md. Where nothing was throttled there is no value at
 * all, so nothing else tells a minute without throttling from one that is not reported yet.
 */
const reportedAfterMs = 3 * minuteMs;

export const dynamodbThrottle: LastingFault<Tables, z.infer<typeof Parameters>, Saved> = {
  name: 'dynamodb-throttle',
  summary:
    'Lowers what a table and its indexes can take, provisioned or on demand: reads and writes above it are throttled.',
  kind: 'dynamodb-table',
  lasts: true,
  version: 1,
  parameters: Parameters,
  saved: Saved,
  propagationMs: 60_000,
  leaves:
    'writes that their callers have given up, and decreases of provisioned capacity, of which a day has few',
  wide: 'any other change of the table itself, such as removing indexes, replicas or its deletion protection',
  ends: {
    by: 'schedule',
    // One each: where one part is as it was, or is gone, AWS refuses a call that names it, and the others with it.
    calls: (_strike, { id }, { mode, parts }) =>
      parts.map((part) => ({
        service: 'dynamodb',
        action: 'updateTable',
        input: { ...updateInput(id, { mode, parts: [part] }, 'before') },
      })),
  },
  permissions: [
    { action: 'dynamodb:DescribeTable', on: 'table', phases: ['prepare', 'inject', 'undo'] },
    { action: 'application-autoscaling:DescribeScalableTargets', phases: ['prepare'] },
    { action: 'dynamodb:UpdateTable', on: 'table', phases: ['inject', 'undo'] },
    { action: 'cloudwatch:GetMetricData', phases: ['undo'] },
  ],

  prepare: async (aws, { id, arns }, { readUnits, writeUnits }) => {
    const table = await describe(aws, id);
    if (isBeingChanged(table)) return { unfit: `it is ${table.TableStatus}, or one of its indexes is` };
    if ((table.Replicas ?? []).length > 0) return { unfit: 'it has replicas, which would be changed too' };
    if (await isAutoScaled(aws, id, table)) return { unfit: 'its capacity is scaled automatically' };
    const { mode } = capacityOf(table);
    const parts = toBeLowered(table, { read: readUnits, write: writeUnits });
    if (parts.length === 0) return { unfit: 'it takes no more than that already' };
    const decreases = mode === 'provisioned' ? decreasesToday(table, parts) : 0;
    if (decreases >= decreasesADay) {
      return { unfit: `its capacity was lowered ${decreases} times today, and may not be lowered again` };
    }
    const arn = arns.table ?? '';
    return { saved: { mode, parts }, locks: [arn], hits: [arn] };
  },

  inject: async (hand, { id }, _parameters, saved) => {
    await hand.client(DynamoDBClient).send(new UpdateTableCommand(updateInput(id, saved, 'ours')));
  },

  observe: async (aws, { id }, saved) => {
    try {
      const table = await describe(aws, id);
      const { seen } = sightCapacity(table, saved);
      // What was accepted is shown only when the update is over.
      return seen === 'before' && isBeingChanged(table) ? 'partly' : seen;
    } catch (error) {
      if (codeOf(error) === 'ResourceNotFoundException') return 'gone';
      throw error;
    }
  },

  undo: async (hand, { id }, saved) => {
    try {
      const table = await describe(hand, id);
      if (isBeingChanged(table)) return { outcome: 'busy', why: 'the table is being changed' };
      const { seen, ours } = sightCapacity(table, saved);
      if (ours.length > 0) {
        const back = updateInput(id, { ...saved, parts: ours }, 'before');
        await hand.client(DynamoDBClient).send(new UpdateTableCommand(back));
      }
      return { outcome: seen === 'other' ? 'contested' : 'undone' };
    } catch (error) {
      const code = codeOf(error);
      if (code === 'ResourceNotFoundException') return { outcome: 'gone' };
      if (code === 'ResourceInUseException') return { outcome: 'busy', why: 'the table is being changed' };
      throw error;
    }
  },

  effect: async (aws, { id }, { parts }, { activeAt, deadline, now }) => {
    // What was throttled in the minute in which it began may have been throttled before.
    const from = Math.ceil(activeAt / minuteMs) * minuteMs;
    const reported = Math.floor((now - reportedAfterMs) / minuteMs) * minuteMs;
    const isKnown = reported >= deadline;
    // Source: DynamoDB Developer Guide, "DynamoDB metrics and dimensions".
    const metrics = {
      ...{ from, to: now },
      namespace: 'AWS/DynamoDB',
      names: ['ReadThrottleEvents', 'WriteThrottleEvents'],
      dimensions: parts.map(({ index }) => [
        { Name: 'TableName', Value: id },
        ...(index === null ? [] : [{ Name: 'GlobalSecondaryIndexName', Value: index }]),
      ]),
    };
    const throttled = from < now ? await sumOfMetrics(aws.client, metrics) : 0;
    if (throttled > 0) return `throttled ${isKnown ? '' : 'at least '}${counted(throttled, 'request')}`;
    if (isKnown) return 'had no effect: CloudWatch reports no throttled request';
    if (reported <= from) return 'was in place; CloudWatch reports what it throttled some minutes later';
    const upTo = new Date(reported).toISOString().slice(11, 16);
    return `was in place; CloudWatch reports no throttled request up to ${upTo} UTC`;
  },

  byHand: (_strike, { id, region }, { mode, parts }) =>
    parts.flatMap((part) => [
      `aws dynamodb update-table --region ${region} --cli-input-json '${JSON.stringify(updateInput(id, { mode, parts: [part] }, 'before'))}'`,
      `aws dynamodb wait table-exists --table-name ${id} --region ${region} # until it is ACTIVE`,
    ]),
};

async function describe(aws: Injector, TableName: string): Promise<TableDescription> {
  const { Table = {} } = await aws.client(DynamoDBClient).send(new DescribeTableCommand({ TableName }));
  return Table;
}

async function isAutoScaled(
  aws: Injector,
  id: string,
  { GlobalSecondaryIndexes = [] }: TableDescription,
): Promise<boolean> {
  const command = new DescribeScalableTargetsCommand({
    ServiceNamespace: 'dynamodb',
    ResourceIds: [
      `table/${id}`,
      ...GlobalSecondaryIndexes.map(({ IndexName }) => `table/${id}/index/${IndexName}`),
    ],
  });
  const { ScalableTargets = [] } = await aws.client(ApplicationAutoScalingClient).send(command);
  return ScalableTargets.length > 0;
}
