import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { validationError } from './errors.ts';
import type { Path } from './path.ts';
import type { Placeholders } from './placeholders.ts';
import { reservedWords } from './reserved-words.ts';

const tokenPattern = /\s*(?:([#:]?[A-Za-z_][A-Za-z0-9_]*|[#:]\w+|\d+)|(<>|<=|>=|[=<>()[\],.+-]))/y;

/** Reads one expression from left to right. What it may say is the business of those who call it. */
export class ExpressionReader {
  readonly #member: string;
  readonly #placeholders: Placeholders;
  readonly #tokens: readonly string[];
  #at = 0;

  /** `member` is the name of the request's member: `ConditionExpression`. */
  constructor(text: string, member: string, placeholders: Placeholders) {
    this.#member = member;
    this.#placeholders = placeholders;
    this.#tokens = this.#tokenized(text);
    if (this.#tokens.length === 0) throw this.error('The expression can not be empty;');
  }

  /** The token to come; an empty text at the end. */
  peek(ahead = 0): string {
    return this.#tokens[this.#at + ahead] ?? '';
  }

  /** Whether a keyword or a sign comes next, which is then passed. Keywords are of any case. */
  take(token: string): boolean {
    if (this.peek().toUpperCase() !== token) return false;
    this.#at += 1;
    return true;
  }

  expect(token: string): void {
    if (!this.take(token)) throw this.syntaxError();
  }

  next(): string {
    const token = this.peek();
    if (token === '') throw this.syntaxError();
    this.#at += 1;
    return token;
  }

  end(): void {
    if (this.#at < this.#tokens.length) throw this.syntaxError();
  }

  path(): Path {
    const path: (string | number)[] = [this.#name()];
    for (;;) {
      if (this.take('.')) path.push(this.#name());
      else if (this.take('[')) {
        const index = this.next();
        if (!/^\d+$/.test(index)) throw this.syntaxError();
        path.push(Number(index));
        this.expect(']');
      } else return path;
    }
  }

  value(): AttributeValue {
    const placeholder = this.next();
    if (!placeholder.startsWith(':')) throw this.syntaxError();
    return this.#placeholders.value(placeholder, this.#member);
  }

  syntaxError(): Error {
    const token = this.peek() === '' ? '<EOF>' : this.peek();
    return this.error(`Syntax error; token: "${token}"`);
  }

  error(problem: string): Error {
    return validationError(`Invalid ${this.#member}: ${problem}`);
  }

  #name(): string {
    const token = this.next();
    if (token.startsWith('#')) return this.#placeholders.name(token, this.#member);
    if (!/^[A-Za-z_]/.test(token)) {
      this.#at -= 1;
      throw this.syntaxError();
    }
    if (reservedWords.has(token.toUpperCase())) {
      throw this.error(`Attribute name is a reserved keyword; reserved keyword: ${token}`);
    }
    return token;
  }

  #tokenized(text: string): readonly string[] {
    const tokens: string[] = [];
    let end = 0;
    while (text.slice(end).trim() !== '') {
      tokenPattern.lastIndex = end;
      const match = tokenPattern.exec(text);
      if (match === null) throw this.error(`Syntax error; token: "${text.slice(end).trim().charAt(0)}"`);
      tokens.push(match[1] ?? match[2] ?? '');
      end = tokenPattern.lastIndex;
    }
    return tokens;
  }
}
