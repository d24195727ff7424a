import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { NotImplemented } from '../not-implemented.ts';
import { validationError } from './errors.ts';
import { type ExpressionReader, readList } from './expression-reader.ts';
import type { Item } from './table.ts';

/** What an UpdateExpression does to one attribute. */
interface Change {
  readonly name: string;
  /** The value after, from the item before the whole update; undefined to remove the attribute. */
  readonly value: (before: Item) => AttributeValue | undefined;
}

export type Update = readonly Change[];

/** Reads `SET #a = :a, #b = #b + :b REMOVE #c`: SET first, each section at most once. */
export function readUpdate(reader: ExpressionReader): Update {
  const changes = [
    ...(reader.take('SET') ? readList(reader, () => readAssignment(reader)) : []),
    ...(reader.take('REMOVE')
      ? readList(reader, (): Change => ({ name: reader.name(), value: () => undefined }))
      : []),
  ];
  reader.expectEnd();
  const twice = changes.find(({ name }, index) => changes.findIndex((one) => one.name === name) !== index);
  if (twice === undefined) return changes;
  throw validationError(
    `Invalid UpdateExpression: Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [${twice.name}], path two: [${twice.name}]`,
  );
}

export function applyUpdate(update: Update, before: Item): Item {
  const after = { ...before };
  for (const { name, value } of update) {
    const changed = value(before);
    if (changed === undefined) delete after[name];
    else after[name] = changed;
  }
  return after;
}

type Expression = (before: Item) => AttributeValue;

function readAssignment(reader: ExpressionReader): Change {
  const name = reader.name();
  reader.expect('=');
  const left = readOperand(reader);
  const sign = reader.take('+') ? 1 : reader.take('-') ? -1 : undefined;
  if (sign === undefined) return { name, value: left };
  const right = readOperand(reader);
  return { name, value: (before) => sumOf(left(before), right(before), sign) };
}

function readOperand(reader: ExpressionReader): Expression {
  if (reader.takeCall('if_not_exists')) {
    const name = reader.name();
    reader.expect(',');
    const otherwise = reader.value();
    reader.expect(')');
    return (before) => before[name] ?? otherwise;
  }
  if (reader.peek().startsWith(':')) {
    const value = reader.value();
    return () => value;
  }
  const name = reader.name();
  return ({ [name]: value }) => {
    if (value !== undefined) return value;
    throw validationError('The provided expression refers to an attribute that does not exist in the item');
  };
}

/** Only of whole numbers and halves, whose sums are exact in JavaScript: DynamoDB's numbers have 38 decimal digits. */
function sumOf(left: AttributeValue, right: AttributeValue, sign: 1 | -1): AttributeValue {
  if (left.N === undefined || right.N === undefined) {
    throw validationError('An operand in the update expression has an incorrect data type');
  }
  const [a, b] = [Number(left.N), sign * Number(right.N)];
  if ([a, b, a + b].every((number) => Number.isSafeInteger(2 * number))) return { N: String(a + b) };
  throw new NotImplemented(`arithmetic on ${left.N} and ${right.N}`);
}
