import type { GuardOn } from './guard.ts';
import { ifAvailable } from './shared/if-available.ts';
import { notChecked } from './shared/unchecked.ts';

/** AWS FIS's switch of the account and region: whoever engages it wants no experiment there, ours included. */
export const safetyLever: GuardOn<'inspection'> = {
  code: 'safety-lever',
  summary:
    "The AWS FIS safety lever of the group's account and region is engaged. Asked only with `gates.fisSafetyLever`.",
  needs: 'inspection',
  check: ({ inspection }, { config }) => {
    if (inspection.safetyLever === undefined) {
      return config.gates.fisSafetyLever
        ? { passes: false, saw: `${notChecked}: it was not asked for` }
        : { passes: true, saw: 'not asked for (gates.fisSafetyLever)' };
    }
    return ifAvailable(inspection.safetyLever, ({ status, reason }) => ({
      passes: status === 'disengaged',
      saw: reason === '' ? status : `${status}: ${reason}`,
    }));
  },
};
