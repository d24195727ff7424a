import { isOwn } from '../model/experiment-slot.ts';
import type { GuardOn } from './guard.ts';
import { ifAvailable } from './shared/if-available.ts';

/** The minimum gap of a rate in days, counted in work days. */
export const minDays: GuardOn<'ledger'> = {
  code: 'min-days',
  summary:
    'The group has a rate in days, and its last strike was fewer work days ago than its minimum (`rate.minDays`, tag `chaos:min-days`). Such a group is never struck twice on the same day.',
  needs: 'ledger',
  check: ({ rate, record }, context) => {
    if (rate.mode !== 'mean-days') return { passes: true, saw: 'its rate is not in days' };
    return ifAvailable(record, ({ last }) => {
      const { calendar, day, ownSlots } = context;
      if (last === undefined) return { passes: true, saw: 'never struck' };
      if (isOwn(last, ownSlots)) return { passes: true, saw: 'last struck by this experiment' };
      const earliest = calendar.workDayAfter(last.day, rate.minDays);
      return { passes: day >= earliest, saw: `last struck on ${last.day}, eligible again from ${earliest}` };
    });
  },
};
