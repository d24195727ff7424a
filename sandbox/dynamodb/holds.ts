import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Comparator, Condition, Operand } from './condition.ts';
import { valueAt } from './path.ts';
import type { Item } from './table.ts';
import { canonical, compareValues, equalValues, lengthOf, typeOf } from './values.ts';

/** Whether a condition holds for an item; an absent item is one without attributes. */
export function holds(condition: Condition, item: Item): boolean {
  const value = (operand: Operand) => operandValue(operand, item);
  switch (condition.kind) {
    case 'and':
      return holds(condition.left, item) && holds(condition.right, item);
    case 'or':
      return holds(condition.left, item) || holds(condition.right, item);
    case 'not':
      return !holds(condition.condition, item);
    case 'compare':
      return compares(condition.operator, value(condition.left), value(condition.right));
    case 'between': {
      const middle = value(condition.operand);
      return compares('>=', middle, value(condition.low)) && compares('<=', middle, value(condition.high));
    }
    case 'in':
      return condition.list.some((one) => compares('=', value(condition.operand), value(one)));
    case 'exists':
      return (valueAt(item, condition.path) !== undefined) === condition.expected;
    case 'begins_with':
      return beginsWith(valueAt(item, condition.path), value(condition.argument));
    case 'contains':
      return contains(valueAt(item, condition.path), value(condition.argument));
    case 'attribute_type': {
      const found = valueAt(item, condition.path);
      return found !== undefined && typeOf(found) === value(condition.argument)?.S;
    }
  }
}

function operandValue(operand: Operand, item: Item): AttributeValue | undefined {
  if (operand.kind === 'value') return operand.value;
  const value = valueAt(item, operand.path);
  if (operand.kind === 'path') return value;
  const length = value === undefined ? undefined : lengthOf(value);
  return length === undefined ? undefined : { N: String(length) };
}

/** Nothing compares to an absent value, except that it is not equal to one that is there. */
function compares(operator: Comparator, a: AttributeValue | undefined, b: AttributeValue | undefined) {
  if (operator === '<>') return a === undefined || b === undefined ? a !== b : !equalValues(a, b);
  if (a === undefined || b === undefined) return false;
  if (operator === '=') return equalValues(a, b);
  const order = compareValues(a, b);
  if (order === undefined) return false;
  return { '<': order < 0, '<=': order <= 0, '>': order > 0, '>=': order >= 0 }[operator];
}

function beginsWith(whole: AttributeValue | undefined, start: AttributeValue | undefined): boolean {
  if (whole?.S !== undefined && start?.S !== undefined) return whole.S.startsWith(start.S);
  if (whole?.B === undefined || start?.B === undefined) return false;
  return Buffer.from(whole.B).subarray(0, start.B.length).equals(start.B);
}

function contains(whole: AttributeValue | undefined, part: AttributeValue | undefined): boolean {
  if (whole === undefined || part === undefined) return false;
  if (whole.S !== undefined) return part.S !== undefined && whole.S.includes(part.S);
  if (whole.B !== undefined)
    return part.B !== undefined && Buffer.from(whole.B).includes(Buffer.from(part.B));
  const members: readonly AttributeValue[] =
    whole.L ??
    whole.SS?.map((S) => ({ S })) ??
    whole.NS?.map((N) => ({ N })) ??
    whole.BS?.map((B) => ({ B })) ??
    [];
  return members.some((member) => canonical(member) === canonical(part));
}
