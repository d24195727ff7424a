import type { InspectionGuard } from './guard.ts';
import { ifAvailable } from './shared/if-available.ts';
import { notChecked } from './shared/unchecked.ts';

/** AWS FIS's switch of the account and region: whoever engages it wants no experiment there, ours included. */
export const safetyLever: InspectionGuard = {
  code: 'safety-lever',
  check: ({ looked }, { config }) => {
    if (looked.safetyLever === undefined) {
      return config.gates.fisSafetyLever
        ? { passes: false, saw: `${notChecked}: it was not asked for` }
        : { passes: true, saw: 'not asked for (gates.fisSafetyLever)' };
    }
    return ifAvailable(looked.safetyLever, ({ status, reason }) => ({
      passes: status === 'disengaged',
      saw: reason === '' ? status : `${status}: ${reason}`,
    }));
  },
};
