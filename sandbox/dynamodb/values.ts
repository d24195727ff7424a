import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { compareDecimals, normalDecimal } from './decimal.ts';

export const attributeTypes = ['S', 'N', 'B', 'SS', 'NS', 'BS', 'M', 'L', 'NULL', 'BOOL'] as const;
export type AttributeType = (typeof attributeTypes)[number];

export function typeOf(value: AttributeValue): AttributeType | undefined {
  return attributeTypes.find((type) => value[type] !== undefined);
}

/** Whether two values are the same: in type too, and sets in any order. */
export function equalValues(a: AttributeValue, b: AttributeValue): boolean {
  return canonical(a) === canonical(b);
}

/** Negative, zero or positive; undefined where two values have no order. */
export function compareValues(a: AttributeValue, b: AttributeValue): number | undefined {
  if (a.S !== undefined && b.S !== undefined) return Buffer.compare(Buffer.from(a.S), Buffer.from(b.S));
  if (a.N !== undefined && b.N !== undefined) return compareDecimals(a.N, b.N);
  if (a.B !== undefined && b.B !== undefined) return Buffer.compare(a.B, b.B);
  return undefined;
}

/** What the function `size` says; undefined for types that have none. */
export function lengthOf(value: AttributeValue): number | undefined {
  if (value.S !== undefined) return Buffer.byteLength(value.S);
  if (value.M !== undefined) return Object.keys(value.M).length;
  return (value.B ?? value.L ?? value.SS ?? value.NS ?? value.BS)?.length;
}

/** Bytes that an item takes: names and values. Source: Developer Guide, "DynamoDB item sizes and formats". */
export function sizeOfItem(item: Readonly<Record<string, AttributeValue>>): number {
  return Object.entries(item).reduce(
    (bytes, [name, value]) => bytes + Buffer.byteLength(name) + sizeOf(value),
    0,
  );
}

function sizeOf(value: AttributeValue): number {
  if (value.S !== undefined) return Buffer.byteLength(value.S);
  if (value.N !== undefined) return sizeOfNumber(value.N);
  if (value.B !== undefined) return value.B.length;
  if (value.SS !== undefined) return sum(value.SS, (member) => Buffer.byteLength(member));
  if (value.NS !== undefined) return sum(value.NS, sizeOfNumber);
  if (value.BS !== undefined) return sum(value.BS, (member) => member.length);
  // Lists and maps take 3 bytes, and each of their elements 1 besides its own.
  if (value.L !== undefined) return 3 + sum(value.L, (element) => 1 + sizeOf(element));
  if (value.M !== undefined) return 3 + Object.keys(value.M).length + sizeOfItem(value.M);
  return 1;
}

/** One byte for two significant digits, and one more. */
function sizeOfNumber(number: string): number {
  const significant = (normalDecimal(number) ?? '').replace(/\D/g, '').replace(/^0+|0+$/g, '');
  return Math.ceil(significant.length / 2) + 1;
}

function sum<Member>(members: readonly Member[], bytes: (member: Member) => number): number {
  return members.reduce((total, member) => total + bytes(member), 0);
}

/** The same text for the same value. */
export function canonical(value: AttributeValue): string {
  if (value.N !== undefined) return `N:${normalDecimal(value.N)}`;
  if (value.B !== undefined) return `B:${Buffer.from(value.B).toString('base64')}`;
  if (value.SS !== undefined) return `SS:${JSON.stringify(value.SS.toSorted())}`;
  if (value.NS !== undefined) return `NS:${JSON.stringify(value.NS.map((n) => normalDecimal(n)).sort())}`;
  if (value.BS !== undefined) {
    return `BS:${JSON.stringify(value.BS.map((member) => Buffer.from(member).toString('base64')).sort())}`;
  }
  if (value.L !== undefined) return `L:${JSON.stringify(value.L.map(canonical))}`;
  if (value.M !== undefined) {
    const entries = Object.entries(value.M).toSorted(([a], [b]) => (a < b ? -1 : 1));
    return `M:${JSON.stringify(entries.map(([name, inner]) => [name, canonical(inner)]))}`;
  }
  return JSON.stringify(value);
}
