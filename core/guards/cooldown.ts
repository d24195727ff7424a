import { isOwn } from '../model/experiment-slot.ts';
import { counted } from '../util/format.ts';
import type { GuardOn } from './guard.ts';
import { countMinutes, minutesText, spanText } from './shared/age.ts';
import { ifAvailable } from './shared/if-available.ts';

/** Spares a group for a while after a strike, whatever its rate. */
export const cooldown: GuardOn<'ledger'> = {
  code: 'cooldown',
  summary: 'The last strike was less than `guards.cooldownMinutes` ago.',
  needs: 'ledger',
  check: ({ record }, context) =>
    ifAvailable(record, ({ last }) => {
      const { config, now, ownSlots } = context;
      if (last === undefined) return { passes: true, saw: 'never struck' };
      if (isOwn(last, ownSlots)) return { passes: true, saw: 'last struck by this experiment' };
      const { cooldownMinutes } = config.guards;
      const ago = countMinutes(Date.parse(last.at), now);
      const passes = ago >= cooldownMinutes;
      return {
        passes,
        saw: `struck ${passes ? spanText(ago) : minutesText(ago)} ago, cooldown is ${counted(cooldownMinutes, 'minute')}`,
      };
    }),
};
