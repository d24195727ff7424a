import { isDeepStrictEqual } from 'node:util';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { NotImplemented } from '../not-implemented.ts';

const implementedTypes = ['S', 'N', 'B', 'M', 'L', 'NULL', 'BOOL'] as const;

/**
 * Throws for a value that the sandbox could not keep as DynamoDB does: a set, or a number that JavaScript would write differently.
 * So two equal numbers are two equal strings.
 */
export function checkValue(value: AttributeValue): void {
  const type = typeOf(value);
  if (type === undefined) throw new NotImplemented(`values of the type ${Object.keys(value)}`);
  if (value.N !== undefined && (String(Number(value.N)) !== value.N || !/^-?\d+(\.\d+)?$/.test(value.N))) {
    throw new NotImplemented(`the number "${value.N}"`);
  }
  for (const inner of value.L ?? Object.values(value.M ?? {})) checkValue(inner);
}

export function typeOf(value: AttributeValue): (typeof implementedTypes)[number] | undefined {
  return implementedTypes.find((type) => value[type] !== undefined);
}

/** Whether two values are the same, in type too. */
export function equalValues(a: AttributeValue, b: AttributeValue): boolean {
  return isDeepStrictEqual(a, b);
}

/** Negative, zero or positive; NaN where two values have no order. */
export function compareValues(a: AttributeValue | undefined, b: AttributeValue | undefined): number {
  if (a?.S !== undefined && b?.S !== undefined) return compareStrings(a.S, b.S);
  return a?.N !== undefined && b?.N !== undefined ? Number(a.N) - Number(b.N) : Number.NaN;
}

/** In the order of their UTF-8 bytes. */
export function compareStrings(a: string, b: string): number {
  return a === b ? 0 : Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** The size of an item in bytes: names and values. Source: Developer Guide, "DynamoDB item sizes and formats". */
export function sizeOfItem(item: Readonly<Record<string, AttributeValue>>): number {
  return sum(Object.entries(item), ([name, value]) => Buffer.byteLength(name) + sizeOf(value));
}

function sizeOf(value: AttributeValue): number {
  if (value.S !== undefined) return Buffer.byteLength(value.S);
  if (value.N !== undefined) return sizeOfNumber(value.N);
  if (value.B !== undefined) return value.B.length;
  // A list or a map takes 3 bytes, and 1 more for each element.
  if (value.L !== undefined) return 3 + sum(value.L, (element) => 1 + sizeOf(element));
  if (value.M !== undefined) return 3 + Object.keys(value.M).length + sizeOfItem(value.M);
  return 1;
}

/** One byte for each two significant digits, and one more. */
function sizeOfNumber(number: string): number {
  const significant = number.replace(/\D/g, '').replace(/^0+|0+$/g, '');
  return Math.ceil(significant.length / 2) + 1;
}

function sum<Member>(members: readonly Member[], bytes: (member: Member) => number): number {
  return members.reduce((total, member) => total + bytes(member), 0);
}
