import type { QueryInput, QueryOutput } from '@aws-sdk/client-dynamodb';
import type { Scope } from '../service.ts';
import type { Condition } from './condition.ts';
import { consume } from './consume.ts';
import { validationError } from './errors.ts';
import { ExpressionReader, readList } from './expression-reader.ts';
import { checkKey } from './keys.ts';
import type { Placeholders } from './placeholders.ts';
import type { Item, Table } from './table.ts';
import { sizeOfItem } from './values.ts';

/** The most that one answer reads, before filtering. Source: API reference, Query and Scan. */
const pageBytes = 1_048_576;

/** The inputs that Query and Scan share. */
export const pageInputs = [
  'TableName',
  'ExpressionAttributeNames',
  'ExpressionAttributeValues',
  'Limit',
  'ExclusiveStartKey',
  'ConsistentRead',
] as const;

interface Page {
  readonly table: Table;
  /** In the order of their keys. */
  readonly items: readonly Item[];
  /** Left out: all are answered. */
  readonly filter?: Condition;
  /** Left out: items are answered whole. */
  readonly project?: (item: Item) => Item;
}

/** What Query and Scan have in common: one page of items, from where the previous page ended. */
export function readPage(
  { table, items, filter = () => true, project = (item) => item }: Page,
  input: Pick<QueryInput, 'Limit' | 'ExclusiveStartKey' | 'ScanIndexForward' | 'ConsistentRead'>,
  scope: Scope,
): QueryOutput {
  const { Limit = Number.POSITIVE_INFINITY, ExclusiveStartKey, ScanIndexForward = true } = input;
  if (Limit < 1) throw validationError('Limit must be greater than or equal to 1');
  const start = ExclusiveStartKey && checkKey(table, ExclusiveStartKey);
  const ordered = ScanIndexForward ? items : items.toReversed();
  const sign = ScanIndexForward ? 1 : -1;
  const rest = start ? ordered.filter((item) => sign * table.compare(item, start) > 0) : ordered;
  let bytes = 0;
  // The page may end just as the items do: DynamoDB does not look ahead.
  const end = rest.findIndex((item, index) => {
    bytes += sizeOfItem(item);
    return index + 1 >= Limit || bytes >= pageBytes;
  });
  consume(table, 'read', bytes, scope, input.ConsistentRead ? 1 : 0.5);
  const page = end === -1 ? rest : rest.slice(0, end + 1);
  const answered = page.filter(filter);
  const last = rest[end];
  return {
    Items: answered.map((item) => structuredClone(project(item))),
    Count: answered.length,
    ScannedCount: page.length,
    ...(last && { LastEvaluatedKey: table.keyOf(last) }),
  };
}

/** Cuts an item down to the attributes that a ProjectionExpression names; without one, it stays whole. */
export function readProjection(text: string | undefined, placeholders: Placeholders): (item: Item) => Item {
  if (text === undefined) return (item) => item;
  const reader = new ExpressionReader(text, 'ProjectionExpression', placeholders);
  const names = readList(reader, () => reader.name());
  reader.expectEnd();
  return (item) =>
    Object.fromEntries(names.flatMap((name) => (item[name] === undefined ? [] : [[name, item[name]]])));
}
