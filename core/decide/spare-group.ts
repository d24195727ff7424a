import { type GuardVerdict, listRefusals } from '../guards/check-guards.ts';
import type { Decision, Reason } from '../model/decision.ts';

/** Turns a strike into a spare. The decision keeps its draw. */
export function spareGroup(decision: Decision, { code, text }: Reason): Decision {
  return { ...decision, verdict: 'spare', reason: { code, text } };
}

/** The decision turned into a spare by the guards that refuse, in their order; undefined if none does. */
export function spareIfRefused(decision: Decision, verdicts: readonly GuardVerdict[]): Decision | undefined {
  const [first, ...also] = listRefusals(verdicts);
  if (first === undefined) return undefined;
  return { ...spareGroup(decision, first), ...(also.length > 0 && { also }) };
}
