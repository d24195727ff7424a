import { IdempotentParameterMismatchException, type TransactWriteItemsInput } from '@aws-sdk/client-dynamodb';

/** How long a client's token is valid. Source: API reference, TransactWriteItems, ClientRequestToken. */
const rememberedMs = 600_000;

/**
 * The transactions of the last ten minutes. A transaction that is sent again because its answer was lost succeeds, and is not
 * executed again. If the caller gives no token, the SDK generates one, but only when it serializes the request: here the input
 * itself, which retries carry unchanged, takes its place.
 */
export class Transactions {
  readonly #byToken = new Map<string, { readonly at: number; readonly content: string }>();
  readonly #inputs = new WeakMap<TransactWriteItemsInput, number>();

  isRepeated(input: TransactWriteItemsInput, now: number): boolean {
    const { ClientRequestToken: token } = input;
    if (token === undefined)
      return now < (this.#inputs.get(input) ?? Number.NEGATIVE_INFINITY) + rememberedMs;
    const known = this.#byToken.get(token);
    if (known === undefined || now >= known.at + rememberedMs) return false;
    if (known.content === contentOf(input)) return true;
    throw new IdempotentParameterMismatchException({
      Message: 'Request parameters do not match those of the first request with this token',
      message: 'Request parameters do not match those of the first request with this token',
      $metadata: { httpStatusCode: 400 },
    });
  }

  remember(input: TransactWriteItemsInput, now: number): void {
    if (input.ClientRequestToken === undefined) this.#inputs.set(input, now);
    else this.#byToken.set(input.ClientRequestToken, { at: now, content: contentOf(input) });
  }
}

function contentOf({ TransactItems }: TransactWriteItemsInput): string {
  return JSON.stringify(TransactItems);
}
