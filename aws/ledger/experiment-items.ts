import { ExperimentRecord } from '#core/reports/experiment-record.ts';
import { type Item, toItem } from './attributes.ts';
import { buildExpressions } from './build-expressions.ts';
import { findMisplaced, type Read, readItem } from './read.ts';
import { inDays } from './table.ts';
import type { Write } from './writes.ts';

export const experimentsPartition = 'experiments';
/** Holds a pointer to each experiment that is not over: a single query finds them, and is empty nearly always. */
export const runningPartition = 'running';

/** Holds the id of the experiment that was begun last: every start replaces it, so of those that are made at once one comes first. */
export const lastStartPartition = 'last-start';

const keptDays = 400;

export function parseExperiment(item: Item, tableName: string, id: string): Read<ExperimentRecord> {
  const found = { tableName, key: experimentKey(id) };
  const misplaced = findMisplaced(item, { id }, found);
  return misplaced === undefined ? readItem(ExperimentRecord, item, found) : { unreadable: misplaced };
}

/** Refused, with the existing record, if there is one. */
export function putExperiment(record: ExperimentRecord, now: number): Write {
  return {
    Put: {
      Item: { ...experimentKey(record.id), ...toItem({ ...record, expiresAt: inDays(keptDays, now) }) },
      ...buildExpressions({ ConditionExpression: 'attribute_not_exists(#pk)' }),
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
  };
}

/** Refused, with the record, if there is one, unless it meets the condition. */
export function changeExperiment(
  id: string,
  changes: Partial<ExperimentRecord>,
  ConditionExpression: string,
  values: Item = {},
): Write {
  const sets = Object.keys(changes).map((name) => `#${name} = :${name}`);
  const UpdateExpression = `SET ${sets.join(', ')}`;
  return {
    Update: {
      Key: experimentKey(id),
      ...buildExpressions({ ConditionExpression, UpdateExpression }, { ...toItem(changes), ...values }),
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
  };
}

export function putRunning(id: string): Write {
  return { Put: { Item: runningKey(id) } };
}

export function deleteRunning(id: string): Write {
  return { Delete: { Key: runningKey(id) } };
}

/** Refused if another was begun since `before` was read. */
export function putLastStart(id: string, before: string | undefined): Write {
  const ConditionExpression = before === undefined ? 'attribute_not_exists(#pk)' : '#experiment = :before';
  return {
    Put: {
      Item: { ...lastStartKey, ...toItem({ experiment: id }) },
      ...buildExpressions({ ConditionExpression }, toItem({ before })),
    },
  };
}

export const lastStartKey: Item = toItem({ pk: lastStartPartition, sk: lastStartPartition });

export function experimentKey(id: string): Item {
  return toItem({ pk: experimentsPartition, sk: id });
}

export function runningKey(id: string): Item {
  return toItem({ pk: runningPartition, sk: id });
}
