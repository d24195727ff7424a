import { describeControlPlane } from '../model/control-plane.ts';
import type { GuardOn } from './guard.ts';

/** Whoever opts in whole stacks may opt in ours as well. What undoes faults must not suffer from one. IAM refuses it, too. */
export const ownControlPlane: GuardOn<'listing'> = {
  code: 'own-control-plane',
  summary: 'It is part of the chaos control plane: by its tag `chaos:control-plane=true`, or by its name.',
  needs: 'listing',
  isForeseeable: true,
  check: ({ group: { name, tags } }) => {
    const why = describeControlPlane(name, tags);
    return why === undefined
      ? { passes: true, saw: 'it is not part of the control plane' }
      : { passes: false, saw: why };
  },
};
