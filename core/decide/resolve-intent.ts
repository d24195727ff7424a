import type { Config } from '../config/config.ts';
import { tagNames } from '../config/config-sections.ts';
import type { Draws } from '../draws/draw.ts';
import { pickFault } from '../draws/pick-fault.ts';
import { type GroupRate, readRate } from '../draws/read-rate.ts';
import { findKind } from '../kinds/kind.ts';
import { readApp } from '../ledger/budgets.ts';
import { findKeyTooLong } from '../ledger/find-key-too-long.ts';
import type { Reason } from '../model/decision.ts';
import type { ChosenFault } from '../model/fault.ts';
import type { Group } from '../model/group.ts';
import type { DecisionContext } from './decision-context.ts';

/** How often to strike a group, and with what. */
export interface Intent {
  readonly rate: GroupRate;
  readonly fault: ChosenFault;
}

/** A group's intent, from its tags and the configuration; or why it is never struck. */
export function resolveIntent(
  group: Group,
  {
    config,
    faults,
    kinds,
    request,
    draws,
  }: Pick<DecisionContext, 'config' | 'faults' | 'kinds' | 'request' | 'draws'>,
): Intent | { readonly refused: Reason } {
  const refused = (code: string, text: string) => ({ refused: { code, text } });
  const conflicting = listConflictingKeys(group, config);
  if (conflicting.length > 0) {
    return refused('bad-tag', `its targets disagree about ${conflicting.join(' and ')}`);
  }
  const tooLong = findKeyTooLong(group.key, readApp(group, config));
  if (tooLong !== undefined) return refused('key-too-long', tooLong);
  const rate = readRate(group, config);
  if ('badTag' in rate) return refused('bad-tag', rate.badTag);
  const { kind } = findKind(kinds, group);
  const fault = pickFault(group, { config, faults, kind }, request.fault, drawsFor(rate, { draws }));
  if ('badTag' in fault) return refused('bad-tag', fault.badTag);
  if ('notAllowed' in fault) return refused('fault-not-allowed', fault.notAllowed);
  // `force` skips the draw, but not the owner's explicit "never".
  if (rate.probability === 0) return refused('probability-zero', 'its probability is 0: never');
  return { rate, fault };
}

/** The tags that affect decisions and on which the group's targets disagree, even if the one that differs has not opted in. */
export function listConflictingKeys(group: Group, { tags }: Pick<Config, 'tags'>): readonly string[] {
  return tagNames(tags).filter((key) => group.conflictingTags.includes(key));
}

export function drawsFor(rate: GroupRate, { draws }: Pick<DecisionContext, 'draws'>): Draws {
  return rate.mode === 'mean-days' ? draws.day : draws.slot;
}
