import { readApp } from '../ledger/budgets.ts';
import { groupsHit, ownStrikes } from '../ledger/own-strikes.ts';
import type { StrikeEntry } from '../model/strike.ts';
import { unreadableText } from '../model/unreadable-item.ts';
import { counted } from '../util/format.ts';
import { listFirst } from '../util/list-first.ts';
import { unavailable } from '../util/lookup.ts';
import type { GuardOn } from './guard.ts';
import { ifAvailable } from './shared/if-available.ts';

/**
 * The group or its app may still be recovering from a strike that is not of the same experiment. The claim checks the same limits exactly,
 * even if a strike's item is unreadable; this guard reports it before anything is claimed, and in explanations.
 */
export const strikeUnverified: GuardOn<'ledger'> = {
  code: 'strike-unverified',
  summary:
    'The group or its app has as many unverified strikes as allowed (`budgets.unverified.group`, `budgets.unverified.app`).',
  needs: 'ledger',
  check: ({ group }, { config, open, unreadable, ownSlots }) => {
    const item = unreadable.find((one) => one.group === group.key);
    const known = item === undefined ? open : unavailable(unreadableText(item));
    return ifAvailable(known, (all) => {
      const strikes = ownStrikes(all, ownSlots).counting(group.key);
      const { group: ofGroup, app: ofApp } = config.budgets.unverified;
      const key = config.tags.app;
      const app = readApp(group, config);
      const limits = [
        {
          what: '',
          max: ofGroup,
          found: strikes.filter((strike) => groupsHit(strike).includes(group.key)),
        },
        ...(app === undefined
          ? []
          : [
              {
                what: ` of ${key}=${app}`,
                max: ofApp,
                found: strikes.filter((strike) => strike.app === app),
              },
            ]),
      ];
      const reached = limits.filter(({ found, max }) => found.length >= max);
      return {
        passes: reached.length === 0,
        saw: (reached.length === 0 ? limits : reached).map(limitText).join('; '),
      };
    });
  },
};

function limitText({
  what,
  max,
  found,
}: {
  what: string;
  max: number;
  found: readonly StrikeEntry[];
}): string {
  const count = `${counted(found.length, 'unverified strike')}${what}, the limit is ${max}`;
  const names = found.map(({ target, at }) => `${target.id} at ${at}`);
  return names.length === 0 ? count : `${count}: ${listFirst(names)}`;
}
