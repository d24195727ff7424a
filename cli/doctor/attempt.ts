import { messageOf } from '#core/util/error-text.ts';
import type { CliContext } from '../context/cli-context.ts';
import { within } from '../context/within.ts';
import { line } from '../render/layout.ts';
import { type Finding, unknown } from './finding.ts';

/** Time limits of checks. */
export interface Patience {
  /** For one call to AWS. */
  readonly callMs: number;
  /** For one call in which the function surveys or inspects accounts. */
  readonly lookMs: number;
}
export const usualPatience: Patience = { callMs: 10_000, lookMs: 120_000 };

/** What checks depend on. */
export interface Examination extends CliContext {
  readonly patience: Patience;
}

/** A value, or why it could not be obtained. */
export type Attempt<Value> =
  | { readonly value: Value }
  | { readonly finding: Finding; readonly error: unknown };

/** Obtains what a check needs, within `limitMs`. If that fails or takes longer, returns a finding, and the other checks continue. */
export async function attempt<Value>(
  check: string,
  limitMs: number,
  ask: (giveUp: AbortSignal) => Promise<Value>,
): Promise<Attempt<Value>> {
  try {
    return { value: await within(limitMs, ask) };
  } catch (error) {
    return { error, finding: unknown(check, `could not be checked: ${line(messageOf(error))}`) };
  }
}
