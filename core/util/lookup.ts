import { messageOf } from './error-text.ts';

/** A fetched value, or why it could not be fetched, which counts as the worst case. */
export type Lookup<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly reason: string };

export function available<Value>(value: Value): Lookup<Value> {
  return { ok: true, value };
}

export function unavailable(reason: string): Lookup<never> {
  return { ok: false, reason };
}

/** Never rejects. */
export async function lookUp<Value>(answer: Promise<Value>): Promise<Lookup<Value>> {
  return answer.then(available, (error: unknown) => unavailable(messageOf(error)));
}
