import type { Reason } from '../model/decision.ts';
import { messageOf } from '../util/error-text.ts';
import type { GuardContext, GuardEvidence, GuardOn, Need, Verdict } from './guard.ts';
import { notChecked } from './shared/unchecked.ts';

/** What one guard said. */
export interface GuardVerdict extends Verdict {
  readonly code: string;
}

/** What each of these guards says about the evidence, in their order. A guard that throws refuses. */
export function verdictsOf<N extends Need>(
  guards: readonly GuardOn<N>[],
  evidence: GuardEvidence[N],
  context: GuardContext,
): readonly GuardVerdict[] {
  return guards.map((guard) => {
    try {
      const { passes, saw } = guard.check(evidence, context);
      return { code: guard.code, passes, saw };
    } catch (error) {
      return { code: guard.code, passes: false, saw: `${notChecked}: ${messageOf(error)}` };
    }
  });
}

/** The verdicts that stand against a strike, as reasons. */
export function refusals(verdicts: readonly GuardVerdict[]): readonly Reason[] {
  return verdicts.flatMap(({ code, passes, saw }) => (passes ? [] : [{ code, text: saw }]));
}
