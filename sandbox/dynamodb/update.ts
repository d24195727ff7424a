import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { addDecimals, subtractDecimals } from './decimal.ts';
import { validationError } from './errors.ts';
import type { ExpressionReader } from './expression-reader.ts';
import { overlap, type Path, valueAt, without, withValue } from './path.ts';
import type { Item } from './table.ts';

/** One thing that an UpdateExpression does. `undefined` as the new value removes what is at the path. */
interface Change {
  readonly path: Path;
  /** The value after; it sees the item as it was before the whole update. */
  readonly value: (before: Item) => AttributeValue | undefined;
}

/** What an UpdateExpression does, in its order. */
export type Update = readonly Change[];

const clauses = {
  SET: setChange,
  REMOVE: removeChange,
  ADD: addChange,
  DELETE: deleteChange,
} as const;

export function readUpdate(reader: ExpressionReader): Update {
  const changes: Change[] = [];
  const seen = new Set<string>();
  while (reader.peek() !== '') {
    const clause = (Object.keys(clauses) as (keyof typeof clauses)[]).find((name) => reader.take(name));
    if (clause === undefined) throw reader.syntaxError();
    if (seen.has(clause))
      throw reader.error(`The "${clause}" section can only be used once in an update expression;`);
    seen.add(clause);
    do changes.push(clauses[clause](reader));
    while (reader.take(','));
  }
  refuseOverlaps(changes, reader);
  return changes;
}

export function applyUpdate(update: Update, before: Item): Item {
  // From the back of a list, so that the places of other removed elements stay what they were.
  const inOrder = update.toSorted((a, b) => lastIndex(b.path) - lastIndex(a.path));
  return inOrder.reduce((item, { path, value }) => {
    const after = value(before);
    return after === undefined ? without(item, path) : withValue(item, path, after);
  }, before);
}

function lastIndex(path: Path): number {
  const last = path.at(-1);
  return typeof last === 'number' ? last : -1;
}

type Expression = (before: Item) => AttributeValue;

function setChange(reader: ExpressionReader): Change {
  const path = reader.path();
  reader.expect('=');
  const left = operand(reader);
  const combine = reader.take('+') ? addDecimals : reader.take('-') ? subtractDecimals : undefined;
  if (combine === undefined) return { path, value: left };
  const right = operand(reader);
  return { path, value: (before) => arithmetic(left(before), right(before), combine) };
}

function operand(reader: ExpressionReader): Expression {
  const name = reader.peek();
  if (reader.peek(1) === '(') {
    if (name !== 'if_not_exists' && name !== 'list_append') {
      throw reader.error(`Invalid function name; function: ${name}`);
    }
    reader.next();
    reader.expect('(');
    const expression = name === 'if_not_exists' ? ifNotExists(reader) : listAppend(reader);
    reader.expect(')');
    return expression;
  }
  if (name.startsWith(':')) {
    const value = reader.value();
    return () => value;
  }
  const path = reader.path();
  return (before) => {
    const value = valueAt(before, path);
    if (value !== undefined) return value;
    throw validationError('The provided expression refers to an attribute that does not exist in the item');
  };
}

function ifNotExists(reader: ExpressionReader): Expression {
  const path = reader.path();
  reader.expect(',');
  const otherwise = operand(reader);
  return (before) => valueAt(before, path) ?? otherwise(before);
}

function listAppend(reader: ExpressionReader): Expression {
  const first = operand(reader);
  reader.expect(',');
  const second = operand(reader);
  return (before) => {
    const [a, b] = [first(before).L, second(before).L];
    if (a === undefined || b === undefined) throw wrongOperand();
    return { L: [...a, ...b] };
  };
}

function arithmetic(
  left: AttributeValue,
  right: AttributeValue,
  combine: (a: string, b: string) => string,
): AttributeValue {
  if (left.N === undefined || right.N === undefined) throw wrongOperand();
  return { N: combine(left.N, right.N) };
}

function removeChange(reader: ExpressionReader): Change {
  return { path: reader.path(), value: () => undefined };
}

/** Adds to a number or to a set; an absent one counts as 0 or empty. */
function addChange(reader: ExpressionReader): Change {
  const path = reader.path();
  const added = reader.value();
  return {
    path,
    value: (before) => {
      const old = valueAt(before, path);
      if (added.N !== undefined) return arithmetic(old ?? { N: '0' }, added, addDecimals);
      return old === undefined ? added : united(old, added);
    },
  };
}

function deleteChange(reader: ExpressionReader): Change {
  const path = reader.path();
  const removed = reader.value();
  return {
    path,
    value: (before) => {
      const old = valueAt(before, path);
      return old === undefined ? undefined : reduced(old, removed);
    },
  };
}

function united(a: AttributeValue, b: AttributeValue): AttributeValue {
  if (a.SS !== undefined && b.SS !== undefined) return { SS: [...new Set([...a.SS, ...b.SS])] };
  if (a.NS !== undefined && b.NS !== undefined) return { NS: [...new Set([...a.NS, ...b.NS])] };
  throw wrongOperand();
}

/** Undefined when nothing is left: there are no empty sets. */
function reduced(a: AttributeValue, b: AttributeValue): AttributeValue | undefined {
  const left = (members: readonly string[], gone: readonly string[]) =>
    members.filter((member) => !gone.includes(member));
  if (a.SS !== undefined && b.SS !== undefined) {
    const SS = left(a.SS, b.SS);
    return SS.length === 0 ? undefined : { SS };
  }
  if (a.NS !== undefined && b.NS !== undefined) {
    const NS = left(a.NS, b.NS);
    return NS.length === 0 ? undefined : { NS };
  }
  throw wrongOperand();
}

function refuseOverlaps(changes: readonly Change[], reader: ExpressionReader): void {
  changes.forEach(({ path }, index) => {
    const other = changes.find((change, place) => place !== index && overlap(change.path, path));
    if (other === undefined) return;
    throw reader.error(
      `Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [${path.join(', ')}], path two: [${other.path.join(', ')}]`,
    );
  });
}

function wrongOperand(): Error {
  return validationError('An operand in the update expression has an incorrect data type');
}
