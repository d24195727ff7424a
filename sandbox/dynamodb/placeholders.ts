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

  /** `expression` is the name of the request's member, for messages. */
  name(placeholder: string, expression: string): string {
    this.#used.add(placeholder);
    const name = this.#names[placeholder];
    if (name === undefined) {
      throw validationError(
        `Invalid ${expression}: An expression attribute name used in the document path is not defined; attribute name: ${placeholder}`,
      );
    }
    return name;
  }

  value(placeholder: string, expression: string): AttributeValue {
    this.#used.add(placeholder);
    const value = this.#values[placeholder];
    if (value === undefined) {
      throw validationError(
        `Invalid ${expression}: An expression attribute value used in expression is not defined; attribute value: ${placeholder}`,
      );
    }
    checkValue(value);
    // A copy: what the caller does to its object afterwards must not reach the table.
    return structuredClone(value);
  }

  /** To be called when all expressions have been read: DynamoDB accepts none that they do not use. */
  refuseUnused(): void {
    this.#refuse('ExpressionAttributeNames', this.#names);
    this.#refuse('ExpressionAttributeValues', this.#values);
  }

  #refuse(member: string, given: object): void {
    const unused = Object.keys(given).filter((placeholder) => !this.#used.has(placeholder));
    if (unused.length === 0) return;
    throw validationError(`Value provided in ${member} unused in expressions: keys: {${unused.join(', ')}}`);
  }
}
