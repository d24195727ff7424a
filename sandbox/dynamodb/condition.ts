import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { type ExpressionReader, readList } from './expression-reader.ts';
import type { Item } from './table.ts';
import { compareValues, equalValues, typeOf } from './values.ts';

/** Whether a condition holds for an item. */
export type Condition = (item: Item) => boolean;

/** Reads a whole ConditionExpression or FilterExpression: OR binds least, then AND, then NOT. There are no parentheses. */
export function readCondition(reader: ExpressionReader): Condition {
  const condition = readOr(reader);
  reader.expectEnd();
  return condition;
}

function readOr(reader: ExpressionReader): Condition {
  const parts = [readAnd(reader)];
  while (reader.take('OR')) parts.push(readAnd(reader));
  return (item) => parts.some((holds) => holds(item));
}

function readAnd(reader: ExpressionReader): Condition {
  const parts = [readNot(reader)];
  while (reader.take('AND')) parts.push(readNot(reader));
  return (item) => parts.every((holds) => holds(item));
}

function readNot(reader: ExpressionReader): Condition {
  if (!reader.take('NOT')) return readCall(reader) ?? readComparison(reader);
  const holds = readNot(reader);
  return (item) => !holds(item);
}

type Predicate = (found: AttributeValue | undefined, argument: AttributeValue) => boolean;

const functions: Readonly<Record<string, Predicate>> = {
  attribute_type: (found, { S: type }) => found !== undefined && typeOf(found) === type,
  begins_with: (found, { S: start }) => start !== undefined && (found?.S?.startsWith(start) ?? false),
};

function readCall(reader: ExpressionReader): Condition | undefined {
  for (const [name, expected] of [
    ['attribute_exists', true],
    ['attribute_not_exists', false],
  ] as const) {
    if (!reader.takeCall(name)) continue;
    const attribute = reader.name();
    reader.expect(')');
    return (item) => (item[attribute] !== undefined) === expected;
  }
  for (const [name, holds] of Object.entries(functions)) {
    if (!reader.takeCall(name)) continue;
    const attribute = reader.name();
    reader.expect(',');
    const argument = reader.value();
    reader.expect(')');
    return (item) => holds(item[attribute], argument);
  }
  return undefined;
}

/** Nothing compares to an attribute that does not exist, and values of different types have no order. */
const comparators: Readonly<Record<string, Predicate>> = {
  '=': (found, value) => found !== undefined && equalValues(found, value),
  '<': (found, value) => compareValues(found, value) < 0,
  '>=': (found, value) => compareValues(found, value) >= 0,
};

function readComparison(reader: ExpressionReader): Condition {
  const attribute = reader.name();
  if (reader.take('IN')) {
    reader.expect('(');
    const values = readList(reader, () => reader.value());
    reader.expect(')');
    return ({ [attribute]: found }) =>
      found !== undefined && values.some((value) => equalValues(found, value));
  }
  const [, holds] = Object.entries(comparators).find(([sign]) => reader.take(sign)) ?? [];
  if (holds === undefined) throw reader.unexpected();
  const value = reader.value();
  return (item) => holds(item[attribute], value);
}
