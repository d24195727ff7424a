import { DynamoDBServiceException, ProvisionedThroughputExceededException } from '@aws-sdk/client-dynamodb';
import type { Scope } from '../service.ts';
import type { Table } from './table.ts';
import type { TableControl } from './table-control.ts';

/** Source: DynamoDB Developer Guide, "Read consistency", "Read and write operations". */
const bytesOfUnit = { read: 4_096, write: 1_024 };

/** What has been taken of a table in one second. */
interface Taken {
  readonly second: number;
  read: number;
  write: number;
}

const takenOf = new WeakMap<TableControl, Taken>();

/**
 * Takes what a request costs from what the table can take in this second, and throws where that is used up. There are no bursts: what
 * one second leaves is lost to the next. `share`: half for a read that need not be consistent.
 */
export function consume(
  table: Table,
  kind: 'read' | 'write',
  bytes: number,
  { region, now }: Scope,
  share = 1,
): void {
  const control = region.control(table);
  const limit = limitAt(control, kind, now);
  if (limit === undefined) return;
  const second = Math.floor(now / 1_000);
  const known = takenOf.get(control);
  const taken = known?.second === second ? known : { second, read: 0, write: 0 };
  takenOf.set(control, taken);
  if (taken[kind] >= limit) throw tooMuch(control);
  taken[kind] += Math.max(1, Math.ceil(bytes / bytesOfUnit[kind])) * share;
}

/** Units a second; undefined where there is no limit. */
function limitAt({ capacity, maximum }: TableControl, kind: 'read' | 'write', now: number) {
  const provisioned = capacity?.describe(now);
  const most = maximum.describe(now);
  return kind === 'read'
    ? (provisioned?.ReadCapacityUnits ?? most?.MaxReadRequestUnits)
    : (provisioned?.WriteCapacityUnits ?? most?.MaxWriteRequestUnits);
}

/** Source: DynamoDB Developer Guide, "Error handling with DynamoDB". */
function tooMuch({ capacity }: TableControl): Error {
  const $metadata = { httpStatusCode: 400 };
  if (capacity !== undefined) {
    const message = 'The level of configured provisioned throughput for the table was exceeded.';
    return new ProvisionedThroughputExceededException({ message, $metadata });
  }
  return new DynamoDBServiceException({
    ...{ name: 'ThrottlingException', $fault: 'client', $metadata },
    message: 'Throughput exceeds the maximum OnDemandThroughput configured on table or index.',
  });
}
