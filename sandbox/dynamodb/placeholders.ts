import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { validationError } from './errors.ts';
import { checkValue } from './values.ts';

/** The `#names` and `:values` that a request supplies for its expressions. */
export class Placeholders {
  readonly #names: Readonly<Record<string, string>>;
  readonly #values: Readonly<Record<string, AttributeValue>>;
  readonly #used = new Set<string>();

  constructor(input: {
    readonly ExpressionAttributeNames?: Record<string, string> | undefined;
    readonly ExpressionAttributeValues?: Record<string, AttributeValue> | undefined;
  }) {
    this.#names = input.ExpressionAttributeNames ?? {};
    this.#values = input.ExpressionAttributeValues ?? {};
  }

  name(placeholder: string): string {
    return this.#find(this.#names, placeholder);
  }

  value(placeholder: string): AttributeValue {
    const value = this.#find(this.#values, placeholder);
    checkValue(value);
    // A copy: what the caller does to its object afterward must not reach the table.
    return structuredClone(value);
  }

  /** To be called when all expressions have been read: DynamoDB accepts none that they do not use. */
  refuseUnused(): void {
    const unused = Object.keys({ ...this.#names, ...this.#values }).filter((one) => !this.#used.has(one));
    if (unused.length === 0) return;
    throw validationError(
      `Value provided in ExpressionAttributeNames or ExpressionAttributeValues unused in expressions: keys: {${unused.join(', ')}}`,
    );
  }

  #find<Value>(given: Readonly<Record<string, Value>>, placeholder: string): Value {
    this.#used.add(placeholder);
    const found = given[placeholder];
    if (found !== undefined) return found;
    throw validationError(`An expression attribute used in an expression is not defined: ${placeholder}`);
  }
}
