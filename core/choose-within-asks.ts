import { type Chosen, chooseTarget, type LookedUp } from './choose-target.ts';
import { type Grounds, spared } from './decide.ts';
import type { Decision } from './report.ts';
import { notChecked } from './unchecked.ts';

/**
 * Instances of a group that are asked whether they are protected. Each is a call of its own, one after another: a group of 400
 * protected ones, or one where the call is throttled, would take the time of all others.
 */
const mostAsks = 5;

/**
 * Chooses the instance of a drawn group; one that has not been asked whether it is protected is still to be asked. Spares the
 * group where no more are asked: an answer could not be had, or as many as are asked were protected. Pure, as decisions are.
 */
export function chooseWithinAsks(decision: Decision, lookedUp: LookedUp, grounds: Grounds): Chosen {
  const chosen = chooseTarget(decision, lookedUp, grounds);
  const { protections } = lookedUp;
  if (chosen.order === undefined || protections.has(chosen.order.target.instanceId)) return chosen;
  const spare = (text: string): Chosen => ({
    order: undefined,
    decision: spared(chosen.decision, 'termination-protected', text),
  });
  for (const [instanceId, protection] of protections) {
    // What kept this one from answering would keep the next.
    if ('unknown' in protection) return spare(`${instanceId}: ${notChecked}: ${protection.unknown}`);
  }
  return protections.size < mostAsks
    ? chosen
    : spare(`${protections.size} instances asked are protected from termination, and no more are asked`);
}
