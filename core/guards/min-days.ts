import type { RecordGuard } from './guard.ts';
import { ifAvailable } from './shared/if-available.ts';

/** The shortest gap of a rate in days, counted in work days. Such a group is never struck twice on a day. */
export const minDays: RecordGuard = {
  code: 'min-days',
  check: ({ rate, record }, { calendar, day }) => {
    if (rate.mode !== 'mean-days') return { passes: true, saw: 'its rate is not in days' };
    return ifAvailable(record, ({ last }) => {
      if (last === undefined) return { passes: true, saw: 'never struck' };
      const earliest = calendar.workDayAfter(last.day, rate.minDays);
      return { passes: day >= earliest, saw: `last struck on ${last.day}, again from ${earliest} on` };
    });
  },
};
