import { notChecked } from '../guards/shared/unchecked.ts';
import { stopProtected } from '../guards/stop-protected.ts';
import { terminationProtected } from '../guards/termination-protected.ts';
import type { Decision } from '../model/decision.ts';
import { type Chosen, chooseTarget, type LookedUp } from './choose-target.ts';
import { type DecisionContext, spared } from './decide-group.ts';

/**
 * Instances of a group that are asked whether they are protected. Each is a call of its own, one after another: a group of 400
 * protected ones, or one where the call is throttled, would take the time of all others.
 */
const mostAsks = 5;

/**
 * Chooses the instance of a drawn group; one that has not been asked whether it is protected is still to be asked. Spares the
 * group where no more are asked: an answer could not be had, or as many as are asked were protected. Pure, as decisions are.
 */
export function chooseUnprotected(decision: Decision, inspected: LookedUp, grounds: DecisionContext): Chosen {
  const chosen = chooseTarget(decision, inspected, grounds);
  const { protections } = inspected;
  if (chosen.order === undefined || protections.has(chosen.order.target.id)) return chosen;
  const spare = (code: string, text: string): Chosen => ({
    order: undefined,
    decision: spared(chosen.decision, code, text),
  });
  for (const [instanceId, known] of protections) {
    // What kept this one from answering would keep the next.
    if (!known.ok) {
      return spare(terminationProtected.code, `${instanceId}: ${notChecked}: ${known.reason}`);
    }
  }
  if (protections.size < mostAsks) return chosen;
  const seen = [...protections.values()].flatMap((known) => (known.ok ? known.value : []));
  const from = [...new Set(seen)].toSorted();
  return spare(
    seen.includes('termination') ? terminationProtected.code : stopProtected.code,
    `${protections.size} instances asked are protected from ${from.join(' or ')}, and no more are asked`,
  );
}
