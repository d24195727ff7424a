import type { Reason } from '../model/decision.ts';
import type { KindTypes } from '../model/kind-types.ts';
import { messageOf } from '../util/error-text.ts';
import type { GuardContext, GuardEvidence, GuardOn, Need, Verdict } from './guard.ts';
import { notChecked } from './shared/unchecked.ts';

export interface GuardVerdict extends Verdict {
  readonly code: string;
}

/** The verdicts of these guards, in their order. A guard that throws refuses. */
export function checkGuards<N extends Need, Of extends KindTypes>(
  guards: readonly GuardOn<N, Of>[],
  evidence: GuardEvidence<Of>[N],
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

/** The verdicts against a strike, as reasons. */
export function listRefusals(verdicts: readonly GuardVerdict[]): readonly Reason[] {
  return verdicts.flatMap(({ code, passes, saw }) => (passes ? [] : [{ code, text: saw }]));
}
