import type { GuardOn } from './guard.ts';
import { ifAvailable } from './shared/if-available.ts';
import { notChecked } from './shared/unchecked.ts';

/** AWS FIS's switch for an account and region: whoever engages it wants no experiments there, including ours. */
export const safetyLever: GuardOn<'inspection'> = {
  code: 'safety-lever',
  summary:
    "The AWS FIS safety lever of the group's account and region is engaged. Only checked with `gates.fisSafetyLever`.",
  needs: 'inspection',
  check: ({ inspection }, { config }) => {
    if (inspection.safetyLever === undefined) {
      return config.gates.fisSafetyLever
        ? { passes: false, saw: `${notChecked}: it was not read` }
        : { passes: true, saw: 'not checked (gates.fisSafetyLever)' };
    }
    return ifAvailable(inspection.safetyLever, ({ status, reason }) => ({
      passes: status === 'disengaged',
      saw: reason === '' ? status : `${status}: ${reason}`,
    }));
  },
};
