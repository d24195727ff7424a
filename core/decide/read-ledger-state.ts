import type { GuardContext } from '../guards/guard.ts';
import { budgetKey, countIn, listBudgets, readApp } from '../ledger/budgets.ts';
import { type OwnStrikes, ownStrikes } from '../ledger/own-strikes.ts';
import type { BudgetLimit, UsedBudget } from '../model/budget.ts';
import { isOwn } from '../model/experiment-slot.ts';
import type { Group } from '../model/group.ts';
import type { GroupRecord, LedgerState } from '../model/group-record.ts';
import type { KnownOthers } from '../model/known-others.ts';
import type { Order, StrikeEntry } from '../model/strike.ts';
import { type Readable, type UnreadableItem, unreadableText } from '../model/unreadable-item.ts';
import type { Ledger } from '../ports/ledger.ts';
import { available, type Lookup, lookUp, unavailable } from '../util/lookup.ts';

/** What the ledger knows about some groups. */
export interface LedgerStates {
  of(key: string): LedgerState;
  /** Unreadable items: their content is unknown for the groups that they belong to, and for no others. */
  readonly unreadable: readonly UnreadableItem[];
}

/** Never rejects: whatever the ledger does not return is unknown. */
export async function readLedgerState(
  groups: readonly Group[],
  context: Pick<GuardContext, 'config' | 'day' | 'open' | 'ownSlots'>,
  ledger: Pick<Ledger, 'groupRecords' | 'usage'>,
): Promise<LedgerStates> {
  const own = ownOf(context);
  const budgets = new Map(groups.map((group) => [group.key, budgetsOfGroup(group, own, context)]));
  // Groups share most of their budgets.
  const distinct = new Map([...budgets.values()].flat().map((budget) => [budgetKey(budget), budget]));
  const asked = [...distinct].filter(([, budget]) => !isOfOneGroup(budget));
  const [groupRecords, usage] = await Promise.all([
    lookUp(ledger.groupRecords([...budgets.keys()])),
    lookUp(ledger.usage(asked.map(([, budget]) => budget))),
  ]);
  const used = readUsage(usage, asked, context);
  return {
    of: (key) => ({ record: findGroupRecord(key, groupRecords), budgets: used(budgets.get(key) ?? []) }),
    unreadable: [groupRecords, usage].flatMap((read) => (read.ok ? read.value.unreadable : [])),
  };
}

/** What the ledger knows about the groups that a strike hits beside its target's own. Never rejects. */
export async function readOthers(
  { target, app }: Pick<Order, 'target' | 'app'>,
  others: readonly Group[],
  context: Pick<GuardContext, 'config' | 'day' | 'open' | 'ownSlots'>,
  ledger: Pick<Ledger, 'groupRecords' | 'usage'>,
): Promise<KnownOthers> {
  const { config, day } = context;
  const hits = others.map((group) => ({
    ...{ group: group.key, account: group.account, region: group.region },
    app: readApp(group, config),
  }));
  const budgets = listBudgets(target, app, day, config, hits, ownOf(context));
  const [records, usage] = await Promise.all([
    lookUp(ledger.groupRecords(others.map(({ key }) => key))),
    lookUp(ledger.usage(budgets)),
  ]);
  const counted = usage.ok ? usage.value.found : [];
  const used = budgets.flatMap((budget, index) => {
    const count = counted[index];
    return count === undefined ? [] : [{ ...budget, used: count }];
  });
  const [unreadable] = usage.ok ? usage.value.unreadable : [];
  const notCounted = usage.ok ? (unreadable ? unreadableText(unreadable) : notAnswered) : usage.reason;
  return {
    groups: others.map((group) => ({ group, record: findGroupRecord(group.key, records) })),
    budgets: used.length === budgets.length ? available(used) : unavailable(notCounted),
  };
}

/** How much of each budget is used, by its counter or by the list of open strikes. Unknown if any of them is. */
function readUsage(
  usage: Lookup<Readable<readonly (number | undefined)[]>>,
  asked: readonly (readonly [string, BudgetLimit])[],
  { open, ownSlots }: Pick<GuardContext, 'open' | 'ownSlots'>,
): (budgets: readonly BudgetLimit[]) => Lookup<readonly UsedBudget[]> {
  if (!usage.ok) return () => usage;
  if (!open.ok) return () => open;
  const { found, unreadable } = usage.value;
  const missing = unreadable.values();
  const counted = new Map(
    asked.map(([key], index): [string, Lookup<number>] => {
      const count = found[index];
      if (count !== undefined) return [key, available(count)];
      const item = missing.next().value;
      return [key, unavailable(item === undefined ? notAnswered : unreadableText(item))];
    }),
  );
  return (budgets) => {
    const used: UsedBudget[] = [];
    for (const budget of budgets) {
      const count: Lookup<number> = isOfOneGroup(budget)
        ? available(openOf(budget, open.value, ownSlots))
        : (counted.get(budgetKey(budget)) ?? unavailable(notAnswered));
      if (!count.ok) return count;
      used.push({ ...budget, used: count.value });
    }
    return available(used);
  };
}

const notAnswered = 'the ledger did not answer for it';

function budgetsOfGroup(
  group: Group,
  own: OwnStrikes,
  { config, day }: Pick<GuardContext, 'config' | 'day'>,
): readonly BudgetLimit[] {
  return listBudgets({ ...group, group: group.key }, readApp(group, config), day, config, [], own);
}

/** It need not be read: all strikes that count toward it are open, and those are already listed. */
function isOfOneGroup({ scope, over }: BudgetLimit): boolean {
  return scope === 'group' && over === 'unverified';
}

function openOf(
  budget: BudgetLimit,
  open: readonly StrikeEntry[],
  ownSlots: GuardContext['ownSlots'],
): number {
  const isOnIt = (strike: StrikeEntry) => strike.group === budget.of && !isOwn(strike, ownSlots);
  const onIt = open.filter(isOnIt).length;
  const counted = open
    .filter((strike) => !isOnIt(strike))
    .flatMap(({ budgets }) => budgets.filter((one) => budgetKey(one) === budgetKey(budget)));
  return counted.reduce((sum, one) => sum + countIn(one), onIt);
}

/** Where open strikes are not known, no budget is: nothing is struck. */
function ownOf({ open, ownSlots }: Pick<GuardContext, 'open' | 'ownSlots'>): OwnStrikes {
  return ownStrikes(open.ok ? open.value : [], ownSlots);
}

/** One group's record; unknown if the ledger did not answer. */
function findGroupRecord(
  key: string,
  groupRecords: Lookup<Readable<ReadonlyMap<string, GroupRecord>>>,
): Lookup<GroupRecord> {
  if (!groupRecords.ok) return groupRecords;
  const { found, unreadable } = groupRecords.value;
  const known = found.get(key);
  if (known !== undefined) return available(known);
  const item = unreadable.find(({ group }) => group === key);
  return unavailable(item === undefined ? notAnswered : unreadableText(item));
}
