import { messageOf } from './error-text.ts';

/** Something that was asked for: what it is, or why that is not known. What is not known counts as the worst it could be. */
export type Known<Value> = { readonly known: Value } | { readonly unknown: string };

/** Never rejects. */
export async function asKnown<Value>(answer: Promise<Value>): Promise<Known<Value>> {
  return answer.then(
    (known) => ({ known }),
    (error: unknown) => ({ unknown: messageOf(error) }),
  );
}
