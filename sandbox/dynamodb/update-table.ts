import {
  type GlobalSecondaryIndexUpdate,
  ResourceNotFoundException,
  type UpdateTableInput,
  type UpdateTableOutput,
} from '@aws-sdk/client-dynamodb';
import { NotImplemented } from '../not-implemented.ts';
import type { Operation } from '../service.ts';
import { describe } from './describe-table.ts';
import { resourceInUse, validationError } from './errors.ts';
import { findControl, tableAccess } from './find-table.ts';
import type { TableControl, Throughput } from './table-control.ts';

const action = 'dynamodb:UpdateTable';

/** Changes the throughput of a table and its indexes: all of what is asked for, or nothing. */
export const updateTable: Operation<UpdateTableInput, UpdateTableOutput> = {
  action,
  inputs: ['TableName', 'ProvisionedThroughput', 'OnDemandThroughput', 'GlobalSecondaryIndexUpdates'],
  requires: ({ TableName }, scope) => [tableAccess(action, TableName, scope)],
  run: (input, scope) => {
    const { now, region } = scope;
    const control = findControl(input.TableName, scope);
    if (now < control.updatingUntil) {
      throw resourceInUse(
        `Attempt to change a resource which is still in use: Table is being updated: ${control.table.name}`,
      );
    }
    const changes = [
      ...plan(control, input, now),
      ...(input.GlobalSecondaryIndexUpdates ?? []).flatMap((update) => planIndex(control, update, now)),
    ];
    if (changes.length === 0) {
      throw validationError(
        'At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates is required',
      );
    }
    const until = now + region.timings.tableUpdateMs;
    for (const { of, change } of changes) {
      change();
      of.updatingUntil = until;
    }
    control.updatingUntil = until;
    return { TableDescription: describe(control, now) };
  },
};

interface Change {
  readonly of: Throughput;
  readonly change: () => void;
}

type Wish = Pick<UpdateTableInput, 'ProvisionedThroughput' | 'OnDemandThroughput'>;

function plan(of: Throughput, { ProvisionedThroughput, OnDemandThroughput }: Wish, now: number): Change[] {
  const { capacity, maximum } = of;
  const changes: Change[] = [];
  if (ProvisionedThroughput !== undefined) {
    if (capacity === undefined) {
      throw validationError(
        'One or more parameter values were invalid: Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST',
      );
    }
    changes.push({ of, change: capacity.plan(ProvisionedThroughput, now) });
  }
  if (OnDemandThroughput !== undefined) {
    if (capacity !== undefined) {
      throw validationError(
        'One or more parameter values were invalid: MaxReadRequestUnits for OnDemandThroughput cannot be specified when BillingMode is PROVISIONED',
      );
    }
    changes.push({ of, change: maximum.plan(OnDemandThroughput, now) });
  }
  return changes;
}

function planIndex(
  { indexes }: TableControl,
  { Update, ...others }: GlobalSecondaryIndexUpdate,
  now: number,
): Change[] {
  if (Update === undefined || Object.values(others).some((other) => other !== undefined)) {
    throw new NotImplemented(`UpdateTable.GlobalSecondaryIndexUpdates but Update`);
  }
  const { IndexName, ProvisionedThroughput, OnDemandThroughput, WarmThroughput } = Update;
  if (WarmThroughput !== undefined) throw new NotImplemented('UpdateTable, WarmThroughput of an index');
  const index = indexes.find(({ seed }) => seed.name === IndexName);
  if (index === undefined) {
    throw new ResourceNotFoundException({
      message: `Requested resource not found: Index: ${IndexName}`,
      $metadata: { httpStatusCode: 400 },
    });
  }
  return plan(index, { ProvisionedThroughput, OnDemandThroughput }, now);
}
