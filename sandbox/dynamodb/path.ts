import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { validationError } from './errors.ts';
import type { Item } from './table.ts';

/** A document path: an attribute's name, then names in maps and places in lists. */
export type Path = readonly (string | number)[];

export function valueAt(item: Item, path: Path): AttributeValue | undefined {
  return path.reduce<AttributeValue | undefined>(
    (value, step) => (typeof step === 'number' ? value?.L?.[step] : value?.M?.[step]),
    { M: item },
  );
}

/** The item with a value put at a path. Lists that are too short are added to at their end. */
export function withValue(item: Item, path: Path, value: AttributeValue): Item {
  return changed({ M: item }, path, value).M ?? {};
}

/** The item without what is at a path; the same where nothing is. */
export function without(item: Item, path: Path): Item {
  return changed({ M: item }, path, undefined).M ?? {};
}

/** Whether one path lies within the other, so that changing both would be ambiguous. */
export function overlap(a: Path, b: Path): boolean {
  return a.slice(0, b.length).every((step, index) => step === b[index]);
}

function changed(whole: AttributeValue, path: Path, value: AttributeValue | undefined): AttributeValue {
  const [step, ...rest] = path;
  if (typeof step === 'number' && whole.L !== undefined) {
    const inner = rest.length === 0 ? value : changedInner(whole.L[step], rest, value);
    if (inner === undefined) return { L: whole.L.filter((_, index) => index !== step) };
    return { L: step < whole.L.length ? whole.L.with(step, inner) : [...whole.L, inner] };
  }
  if (typeof step === 'string' && whole.M !== undefined) {
    const inner = rest.length === 0 ? value : changedInner(whole.M[step], rest, value);
    const { [step]: _, ...others } = whole.M;
    return { M: inner === undefined ? others : { ...others, [step]: inner } };
  }
  throw invalidPath();
}

function changedInner(
  inner: AttributeValue | undefined,
  rest: Path,
  value: AttributeValue | undefined,
): AttributeValue {
  if (inner === undefined) throw invalidPath();
  return changed(inner, rest, value);
}

function invalidPath(): Error {
  return validationError('The document path provided in the update expression is invalid for update');
}
