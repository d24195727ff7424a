import { accountAlarm } from './account-alarm.ts';
import { budgetExhausted } from './budget-exhausted.ts';
import { cooldown } from './cooldown.ts';
import { frozen } from './frozen.ts';
import { groupAlarm } from './group-alarm.ts';
import type { Guard, GuardOn } from './guard.ts';
import { leashedGroup } from './leashed-group.ts';
import { minDays } from './min-days.ts';
import { notOptedIn } from './not-opted-in.ts';
import { ownControlPlane } from './own-control-plane.ts';
import { safetyLever } from './safety-lever.ts';
import { strikeUnverified } from './strike-unverified.ts';
import { vetoed } from './vetoed.ts';

/**
 * All guards, including those of a kind of target. If several refuse, the first one's reason is the main one.
 */
export function listGuards(ofTargets: readonly Guard[]): readonly Guard[] {
  return [
    notOptedIn,
    ownControlPlane,
    frozen,
    vetoed,
    leashedGroup,
    minDays,
    cooldown,
    strikeUnverified,
    budgetExhausted,
    ...ofTargets,
    groupAlarm,
    accountAlarm,
    safetyLever,
  ];
}

/** Those that are also asked of whatever else a fault hits: it is not what was drawn, and need not be fit to be struck. */
export const othersGuards: {
  readonly listing: readonly GuardOn<'listing'>[];
  readonly ledger: readonly GuardOn<'ledger'>[];
} = { listing: [ownControlPlane, frozen], ledger: [vetoed, leashedGroup] };
