import { readRate } from '../draws/read-rate.ts';
import { checkGuards, type GuardVerdict } from '../guards/check-guards.ts';
import type { GuardContext } from '../guards/guard.ts';
import { othersGuards } from '../guards/index.ts';
import { exhaustedText, hasRoom } from '../ledger/budgets.ts';
import type { Group } from '../model/group.ts';
import type { KnownOthers } from '../model/known-others.ts';
import { listFirst } from '../util/list-first.ts';
import { available } from '../util/lookup.ts';

/** A claim is one transaction of at most 100 writes, which also has the strike, its entry, its locks, and each group hit. */
const mostBudgets = 60;
const mostOthers = 20;

/** Whether all that a fault hits beside its target may be hit, and whether budgets have room for all of it. */
export function othersVerdicts(
  { groups, budgets }: KnownOthers,
  context: GuardContext,
): readonly GuardVerdict[] {
  if (groups.length === 0) return [];
  const names = `it would hit ${listFirst(groups.map(({ group }) => group.key))} as well`;
  const ofEach = groups.flatMap(({ group, record }) =>
    [
      ...optedOut(group, context),
      ...checkGuards(othersGuards.listing, { group }, context),
      ...checkGuards(
        othersGuards.ledger,
        { group, record, rate: { mode: 'probability', probability: 0 }, budgets: available([]) },
        context,
      ),
    ].map((verdict) => ({ ...verdict, saw: `it would hit ${group.key} as well: ${verdict.saw}` })),
  );
  if (!budgets.ok) {
    return [...ofEach, { code: 'budget-exhausted', passes: false, saw: `${names}: ${budgets.reason}` }];
  }
  const spent = budgets.value.filter((budget) => !hasRoom(budget));
  const isTooMany = groups.length > mostOthers || budgets.value.length > mostBudgets;
  return [
    ...ofEach,
    ...(isTooMany
      ? [{ code: 'fault-unfit', passes: false, saw: `${names}: more than one strike may hit` }]
      : []),
    {
      code: 'budget-exhausted',
      passes: spent.length === 0,
      saw: `${names}: ${spent.length === 0 ? 'budgets have room for all of it' : exhaustedText(spent)}`,
    },
  ];
}

/** By the opt-in tag with another value, or by a probability of 0: their owner has said never. In doubt, too. */
function optedOut(group: Group, { config }: GuardContext): readonly GuardVerdict[] {
  const { optIn, probability } = config.tags;
  const value = group.tags[optIn.key];
  if (value !== undefined && value !== optIn.value) {
    return [{ code: 'not-opted-in', passes: false, saw: `it has opted out: ${optIn.key}=${value}` }];
  }
  const rate = readRate(group, config);
  if ('badTag' in rate) return [{ code: 'bad-tag', passes: false, saw: rate.badTag }];
  return group.tags[probability] !== undefined && rate.probability === 0
    ? [{ code: 'probability-zero', passes: false, saw: 'its probability is 0: never' }]
    : [];
}
