import { messageOf } from '#core/util/error-text.ts';
import { durationText } from '#core/util/format.ts';
import type { CliContext } from '../context/cli-context.ts';
import { line } from '../render/layout.ts';
import { type Finding, unknown } from './finding.ts';

/** How long a check waits. */
export interface Patience {
  /** For one question to AWS. */
  readonly callMs: number;
  /** For one that has the function look at accounts. */
  readonly lookMs: number;
}
export const usualPatience: Patience = { callMs: 10_000, lookMs: 120_000 };

/** What checks act in. */
export interface Examination extends CliContext {
  readonly patience: Patience;
}

/** What was asked for, or that it could not be had. */
export type Attempt<Value> =
  | { readonly value: Value }
  | { readonly finding: Finding; readonly error: unknown };

/**
 * What a check needs to know, within `limitMs`; where it fails or takes longer, the finding says so and the other checks go on. It is
 * told then to give up, as a call that goes on keeps the process from ending.
 */
export async function attempt<Value>(
  check: string,
  limitMs: number,
  ask: (giveUp: AbortSignal) => Promise<Value>,
): Promise<Attempt<Value>> {
  const ending = new AbortController();
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    reject(new Error(`no answer in ${durationText(limitMs)}`));
    ending.abort();
  }, limitMs);
  try {
    return { value: await Promise.race([ask(ending.signal), late]) };
  } catch (error) {
    return { error, finding: unknown(check, `could not be checked: ${line(messageOf(error))}`) };
  } finally {
    clearTimeout(timer);
  }
}
