import { type GuardVerdict, refusals } from '../guards/verdicts.ts';
import type { Decision, Reason } from '../model/decision.ts';

/** A strike that something turned into a spare; its draw stays in the decision. */
export function spared(decision: Decision, { code, text }: Reason): Decision {
  return { ...decision, verdict: 'spare', reason: { code, text } };
}

/** The decision as refusing guards turned it into a spare, the first of them named first; undefined if none refuses. */
export function sparedBy(decision: Decision, verdicts: readonly GuardVerdict[]): Decision | undefined {
  const [first, ...also] = refusals(verdicts);
  if (first === undefined) return undefined;
  return { ...spared(decision, first), ...(also.length > 0 && { also }) };
}
