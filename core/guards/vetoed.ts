import { vetoHolds } from '../model/held-groups.ts';
import type { GuardOn } from './guard.ts';
import { ifAvailable } from './shared/if-available.ts';

/** Somebody asked to spare the group for a while. */
export const vetoed: GuardOn<'ledger'> = {
  code: 'vetoed',
  summary: 'A veto is in force (`./chaos veto`).',
  needs: 'ledger',
  check: ({ record }, { now }) =>
    ifAvailable(record, ({ veto }) => {
      if (veto === undefined) return { passes: true, saw: 'no veto' };
      const { until, by, reason } = veto;
      return vetoHolds(veto, now)
        ? { passes: false, saw: `vetoed until ${until} by ${by}: ${reason}` }
        : { passes: true, saw: `the veto by ${by} ended at ${until}` };
    }),
};
