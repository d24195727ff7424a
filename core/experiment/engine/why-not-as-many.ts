import { counted } from '../../util/format.ts';
import type { ResolvedStep } from './resolved-step.ts';

/** Why the targets of a step are not as many as they must be. `before`: those of the stage before. */
export function whyNotAsMany(resolved: ResolvedStep, before = 0): string | undefined {
  const { found, wanted, allowed, rounds } = resolved;
  const chosen = rounds.flat().length;
  if (chosen === 0 || chosen < wanted) return tooFew(resolved);
  if (chosen > allowed) {
    return `${chosen} of the ${counted(found, 'target')} that can be struck are more than the ${allowed} that the configuration allows (experiments.maxPercent)`;
  }
  // What fewer would show, more have shown before: a stage that survived would say less than it seems to.
  if (chosen < before) {
    return `${counted(chosen, 'target')} of ${found} would be fewer than the ${before} of the stage before: a ramp never shrinks`;
  }
  return undefined;
}

function tooFew({ found, wanted, spared: [first], failures: [problem] }: ResolvedStep): string {
  const why =
    first === undefined
      ? (problem?.message ?? 'nothing that has opted in matches')
      : `${first.group}: ${first.reason.text}`;
  return found === 0
    ? `it can strike nothing: ${why}`
    : `only ${found} of the ${counted(wanted, 'target')} that it wants can be struck: ${why}`;
}
