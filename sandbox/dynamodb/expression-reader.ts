import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { NotImplemented } from '../not-implemented.ts';
import type { Placeholders } from './placeholders.ts';

const tokenPattern = /[#:]?\w+|<>|<=|>=|\S/g;

/**
 * Bare names that are known not to be among DynamoDB's 573 reserved words: those in the stops that are printed for the aws CLI. Any
 * other name needs a placeholder here. Source: Developer Guide, "Reserved words in DynamoDB".
 */
const unreservedNames = new Set(['pk', 'stop', 'ended', 'schemaVersion']);

/** Reads one expression from left to right. What it may contain is up to the caller. */
export class ExpressionReader {
  readonly #text: string;
  readonly #member: string;
  readonly #placeholders: Placeholders;
  readonly #tokens: readonly string[];
  #at = 0;

  /** `member` is the name of the request's member: `ConditionExpression`. */
  constructor(text: string, member: string, placeholders: Placeholders) {
    this.#text = text;
    this.#member = member;
    this.#placeholders = placeholders;
    this.#tokens = text.match(tokenPattern) ?? [];
  }

  /** The next token; an empty string at the end. */
  peek(): string {
    return this.#tokens[this.#at] ?? '';
  }

  /** Whether the next token is this keyword or sign, which is then consumed. Keywords may be in any case. */
  take(token: string): boolean {
    if (this.peek().toUpperCase() !== token) return false;
    this.#at += 1;
    return true;
  }

  /** Whether this function is called next; its name and parenthesis are then consumed. Functions are in lower case only. */
  takeCall(name: string): boolean {
    if (this.peek() !== name || this.#tokens[this.#at + 1] !== '(') return false;
    this.#at += 2;
    return true;
  }

  expect(token: string): void {
    if (!this.take(token)) throw this.unexpected();
  }

  expectEnd(): void {
    if (this.#at < this.#tokens.length) throw this.unexpected();
  }

  /** The name of a top-level attribute. */
  name(): string {
    const token = this.peek();
    if (!token.startsWith('#') && !unreservedNames.has(token)) throw this.unexpected();
    this.#at += 1;
    return token.startsWith('#') ? this.#placeholders.name(token) : token;
  }

  value(): AttributeValue {
    const token = this.peek();
    if (!token.startsWith(':')) throw this.unexpected();
    this.#at += 1;
    return this.#placeholders.value(token);
  }

  /** DynamoDB may know more, and may refuse it too: the sandbox does not tell these apart. */
  unexpected(): Error {
    const token = this.peek() === '' ? 'the end' : `"${this.peek()}"`;
    return new NotImplemented(`${token} in this place of the ${this.#member} "${this.#text}"`);
  }
}

/** Reads `one, two, three`. */
export function readList<Element>(reader: ExpressionReader, element: () => Element): readonly Element[] {
  const list = [element()];
  while (reader.take(',')) list.push(element());
  return list;
}
