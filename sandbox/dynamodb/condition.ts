import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { ExpressionReader } from './expression-reader.ts';
import type { Path } from './path.ts';

/** A condition as read: ConditionExpression, FilterExpression and KeyConditionExpression are written alike. */
export type Condition =
  | { readonly kind: 'and' | 'or'; readonly left: Condition; readonly right: Condition }
  | { readonly kind: 'not'; readonly condition: Condition }
  | {
      readonly kind: 'compare';
      readonly operator: Comparator;
      readonly left: Operand;
      readonly right: Operand;
    }
  | { readonly kind: 'between'; readonly operand: Operand; readonly low: Operand; readonly high: Operand }
  | { readonly kind: 'in'; readonly operand: Operand; readonly list: readonly Operand[] }
  | { readonly kind: 'exists'; readonly path: Path; readonly expected: boolean }
  | { readonly kind: TwoArguments; readonly path: Path; readonly argument: Operand };

export type Operand =
  | { readonly kind: 'path' | 'size'; readonly path: Path }
  | { readonly kind: 'value'; readonly value: AttributeValue };

const comparators = ['=', '<>', '<', '<=', '>', '>='] as const;
export type Comparator = (typeof comparators)[number];

const twoArguments = ['begins_with', 'contains', 'attribute_type'] as const;
type TwoArguments = (typeof twoArguments)[number];

/** Reads a whole expression: OR binds least, then AND, then NOT. */
export function readCondition(reader: ExpressionReader): Condition {
  const condition = disjunction(reader);
  reader.end();
  return condition;
}

function disjunction(reader: ExpressionReader): Condition {
  let left = conjunction(reader);
  while (reader.take('OR')) left = { kind: 'or', left, right: conjunction(reader) };
  return left;
}

function conjunction(reader: ExpressionReader): Condition {
  let left = negation(reader);
  while (reader.take('AND')) left = { kind: 'and', left, right: negation(reader) };
  return left;
}

function negation(reader: ExpressionReader): Condition {
  if (reader.take('NOT')) return { kind: 'not', condition: negation(reader) };
  if (reader.take('(')) {
    const inner = disjunction(reader);
    reader.expect(')');
    return inner;
  }
  return functionCall(reader) ?? comparison(reader);
}

/** Function names, unlike keywords, are in lower case only. */
function functionCall(reader: ExpressionReader): Condition | undefined {
  const name = reader.peek();
  if (reader.peek(1) !== '(' || name === 'size') return undefined;
  const two = twoArguments.find((known) => known === name);
  if (two === undefined && name !== 'attribute_exists' && name !== 'attribute_not_exists') {
    throw reader.error(`Invalid function name; function: ${name}`);
  }
  reader.next();
  reader.expect('(');
  const path = reader.path();
  if (two === undefined) {
    reader.expect(')');
    return { kind: 'exists', path, expected: name === 'attribute_exists' };
  }
  reader.expect(',');
  const argument = operand(reader);
  reader.expect(')');
  return { kind: two, path, argument };
}

function comparison(reader: ExpressionReader): Condition {
  const left = operand(reader);
  if (reader.take('BETWEEN')) {
    const low = operand(reader);
    reader.expect('AND');
    return { kind: 'between', operand: left, low, high: operand(reader) };
  }
  if (reader.take('IN')) {
    reader.expect('(');
    const list = [operand(reader)];
    while (reader.take(',')) list.push(operand(reader));
    reader.expect(')');
    return { kind: 'in', operand: left, list };
  }
  const operator = comparators.find((sign) => reader.take(sign));
  if (operator === undefined) throw reader.syntaxError();
  return { kind: 'compare', operator, left, right: operand(reader) };
}

function operand(reader: ExpressionReader): Operand {
  if (reader.peek().startsWith(':')) return { kind: 'value', value: reader.value() };
  if (reader.peek() === 'size' && reader.peek(1) === '(') {
    reader.next();
    reader.expect('(');
    const path = reader.path();
    reader.expect(')');
    return { kind: 'size', path };
  }
  return { kind: 'path', path: reader.path() };
}
