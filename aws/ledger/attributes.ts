import type { AttributeValue } from '@aws-sdk/client-dynamodb';

/** DynamoDB's own notation, so that people can read every item in the console. The SDK's document client would add 21 KB to the bundle. */
export type Item = Record<string, AttributeValue>;

/** Omits undefined members. */
export function toItem(value: object): Item {
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([name, member]) => [name, toAttribute(member)]),
  );
}

/** Accepts JSON values only. Throws `TypeError` for anything else. */
export function toAttribute(value: unknown): AttributeValue {
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number') return { N: String(value) };
  if (typeof value === 'boolean') return { BOOL: value };
  if (value === null) return { NULL: true };
  if (Array.isArray(value)) return { L: value.map(toAttribute) };
  if (typeof value === 'object') return { M: toItem(value) };
  throw new TypeError(`a ${typeof value} cannot be kept in the ledger`);
}

/** An item without its keys and expiry. Not validated: the table may contain anything. */
export function toRecord(item: Item): Readonly<Record<string, unknown>> {
  const { pk: _pk, sk: _sk, expiresAt: _expiresAt, ...rest } = item;
  return toPlainObject(rest);
}

function toPlainObject(item: Item): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(item).map(([name, attribute]) => [name, toPlainValue(attribute)]));
}

function toPlainValue(attribute: AttributeValue): unknown {
  if (attribute.N !== undefined) return Number(attribute.N);
  if (attribute.NULL !== undefined) return null;
  if (attribute.L !== undefined) return attribute.L.map(toPlainValue);
  if (attribute.M !== undefined) return toPlainObject(attribute.M);
  return attribute.S ?? attribute.BOOL ?? attribute.B ?? attribute;
}
