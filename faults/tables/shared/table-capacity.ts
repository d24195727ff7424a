import type {
  GlobalSecondaryIndexDescription,
  TableDescription,
  UpdateTableInput,
} from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { Sighting } from '#core/model/lasting.ts';

/** Null: no maximum, which only a table on demand can have. */
const Units = z.strictObject({ read: z.int().nullable(), write: z.int().nullable() });
type Units = z.infer<typeof Units>;

const Part = z.strictObject({
  /** Null: the table itself. */
  index: z.string().nullable(),
  before: Units,
  ours: Units,
});
type Part = z.infer<typeof Part>;

export const Saved = z.strictObject({
  mode: z.enum(['provisioned', 'on-demand']),
  /** Those that are lowered. */
  parts: z.array(Part),
});
export type Saved = z.infer<typeof Saved>;

/** What a table and its indexes can take, as it is described. */
export function capacityOf(table: TableDescription) {
  const { BillingModeSummary, GlobalSecondaryIndexes = [] } = table;
  const mode: Saved['mode'] =
    BillingModeSummary?.BillingMode === 'PAY_PER_REQUEST' ? 'on-demand' : 'provisioned';
  const parts = [
    { index: null, ...throughputOf(table, mode) },
    ...GlobalSecondaryIndexes.map((one) => ({ index: one.IndexName ?? '', ...throughputOf(one, mode) })),
  ];
  return { mode, parts };
}

function throughputOf(
  {
    ProvisionedThroughput: provisioned,
    OnDemandThroughput: maximum,
  }: Pick<GlobalSecondaryIndexDescription, 'ProvisionedThroughput' | 'OnDemandThroughput'>,
  mode: Saved['mode'],
): { readonly units: Units; readonly decreases: number } {
  const units =
    mode === 'provisioned'
      ? { read: provisioned?.ReadCapacityUnits ?? 0, write: provisioned?.WriteCapacityUnits ?? 0 }
      : { read: limit(maximum?.MaxReadRequestUnits), write: limit(maximum?.MaxWriteRequestUnits) };
  return { units, decreases: provisioned?.NumberOfDecreasesToday ?? 0 };
}

/** -1 is asked for to have none. */
function limit(units: number | undefined): number | null {
  return units === undefined || units === -1 ? null : units;
}

/** The parts of a table that can take more than this. None is ever raised. */
export function toBeLowered(
  table: TableDescription,
  to: { readonly read: number; readonly write: number },
): Part[] {
  return capacityOf(table)
    .parts.map(({ index, units }) => ({
      index,
      before: units,
      ours: {
        read: Math.min(units.read ?? to.read, to.read),
        write: Math.min(units.write ?? to.write, to.write),
      },
    }))
    .filter(({ before, ours }) => !isSame(before, ours));
}

/** The most of any of these parts. */
export function decreasesToday(table: TableDescription, lowered: readonly Pick<Part, 'index'>[]): number {
  const of = new Set(lowered.map(({ index }) => index));
  const parts = capacityOf(table).parts.filter(({ index }) => of.has(index));
  return Math.max(0, ...parts.map(({ decreases }) => decreases));
}

export function isBeingChanged({ TableStatus, GlobalSecondaryIndexes = [] }: TableDescription): boolean {
  const statuses = [TableStatus, ...GlobalSecondaryIndexes.map(({ IndexStatus }) => IndexStatus)];
  return statuses.some((status) => status === 'CREATING' || status === 'UPDATING' || status === 'DELETING');
}

/** How a table stands towards a strike, and which parts are as that has left them. An index that is gone has nothing to undo. */
export function sightCapacity(
  table: TableDescription,
  saved: Saved,
): { readonly seen: Exclude<Sighting, 'gone'>; readonly ours: Part[] } {
  const { mode, parts } = capacityOf(table);
  if (mode !== saved.mode) return { seen: 'other', ours: [] };
  const now = new Map(parts.map(({ index, units }) => [index, units]));
  const there = saved.parts.flatMap((part): { readonly part: Part; readonly is: Sighting }[] => {
    const units = now.get(part.index);
    if (units === undefined) return [];
    if (isSame(units, part.ours)) return [{ part, is: 'ours' }];
    if (isSame(units, part.before)) return [{ part, is: 'before' }];
    return [{ part: { ...part, before: withoutOurs(units, part) }, is: 'other' }];
  });
  // Of two units that were lowered, somebody may have changed one alone.
  const ours = there
    .filter(({ part, is }) => is === 'ours' || (is === 'other' && !isSame(now.get(part.index), part.before)))
    .map(({ part }) => part);
  if (there.some(({ is }) => is === 'other')) return { seen: 'other', ours };
  if (ours.length === 0) return { seen: 'before', ours };
  return { seen: ours.length === there.length ? 'ours' : 'partly', ours };
}

/** One call for the table and its indexes, with the names of DynamoDB's own API. */
export function updateInput(
  TableName: string,
  { mode, parts }: Saved,
  to: 'before' | 'ours',
): UpdateTableInput {
  const throughput = ({ [to]: { read, write } }: Part) =>
    mode === 'provisioned'
      ? { ProvisionedThroughput: { ReadCapacityUnits: read ?? 0, WriteCapacityUnits: write ?? 0 } }
      : { OnDemandThroughput: { MaxReadRequestUnits: read ?? -1, MaxWriteRequestUnits: write ?? -1 } };
  const ofTable = parts.filter(({ index }) => index === null).map(throughput);
  const ofIndexes = parts.flatMap((part) =>
    part.index === null ? [] : [{ Update: { IndexName: part.index, ...throughput(part) } }],
  );
  return {
    TableName,
    ...ofTable[0],
    ...(ofIndexes.length > 0 && { GlobalSecondaryIndexUpdates: ofIndexes }),
  };
}

/** What a part can take as others have changed it, once what is ours has been taken back. */
function withoutOurs(now: Units, { before, ours }: Part): Units {
  const back = (unit: keyof Units) => (now[unit] === ours[unit] ? before[unit] : now[unit]);
  return { read: back('read'), write: back('write') };
}

function isSame(a: Units | undefined, b: Units): boolean {
  return a?.read === b.read && a.write === b.write;
}
