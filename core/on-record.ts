import { appOf, budgetKey, budgetsOf } from './budgets.ts';
import { type Drawn, type Grounds, spared, sparedBy } from './decide.ts';
import type { Group } from './group.ts';
import type { GuardContext, OnRecord } from './guards/guard.ts';
import { recordGuards } from './guards/index.ts';
import { verdictsOf } from './guards/verdicts.ts';
import { asKnown, type Known } from './known.ts';
import type { BudgetLimit, Ledger, Standing, StrikeEntry, UsedBudget } from './ports.ts';
import { refusalsOn, refusedTooOften } from './refusals.ts';
import type { Decision, Reason, Slot } from './report.ts';

/** What the ledger has about these groups, by key. What it does not answer is unknown; it never rejects. */
export async function readRecords(
  groups: readonly Group[],
  context: GuardContext,
  ledger: Pick<Ledger, 'standings' | 'spent'>,
): Promise<(key: string) => OnRecord> {
  const budgets = new Map(groups.map((group) => [group.key, budgetsOfGroup(group, context)]));
  // Most groups share most of their budgets.
  const distinct = new Map([...budgets.values()].flat().map((budget) => [budgetKey(budget), budget]));
  const asked = [...distinct].filter(([, budget]) => !isOfOneGroup(budget));
  const [standings, spent] = await Promise.all([
    asKnown(ledger.standings([...budgets.keys()])),
    asKnown(ledger.spent(asked.map(([, budget]) => budget))),
  ]);
  const usedOf = usedIn(spent, asked, context.open);
  return (key) => ({
    standing: standingOf(key, standings),
    budgets: 'unknown' in usedOf ? usedOf : { known: (budgets.get(key) ?? []).map(usedOf.known) },
  });
}

/** How much of a budget is used: as its counter says now, or the list of open strikes. */
function usedIn(
  spent: Known<readonly number[]>,
  asked: readonly (readonly [string, BudgetLimit])[],
  open: GuardContext['open'],
): Known<(budget: BudgetLimit) => UsedBudget> {
  if ('unknown' in spent) return spent;
  if ('unknown' in open) return open;
  const counted = new Map(asked.map(([key], index) => [key, spent.known[index]]));
  return {
    known: (budget) => ({
      ...budget,
      // A counter that was not answered for counts as used up.
      used: isOfOneGroup(budget)
        ? openOf(budget, open.known)
        : (counted.get(budgetKey(budget)) ?? budget.max),
    }),
  };
}

function budgetsOfGroup(group: Group, { config, day }: GuardContext): readonly BudgetLimit[] {
  return budgetsOf({ ...group, group: group.key }, appOf(group, config), day, config);
}

/** Its open strikes are listed, and no other group's strike adds to it while the run is under way: it need not be read. */
function isOfOneGroup({ scope, over }: BudgetLimit): boolean {
  return scope === 'group' && over === 'unverified';
}

function openOf({ of }: BudgetLimit, open: readonly StrikeEntry[]): number {
  return open.filter(({ group }) => group === of).length;
}

/** What stands about one group; not known where the ledger did not say. */
function standingOf(key: string, standings: Known<ReadonlyMap<string, Standing>>): Known<Standing> {
  if ('unknown' in standings) return standings;
  const known = standings.known.get(key);
  return known === undefined ? { unknown: 'the ledger did not answer for it' } : { known };
}

/** The decision where what the ledger has spares a drawn group; undefined where nothing of it does. */
export function sparedOnRecord(
  { group, rate }: Pick<Drawn, 'group' | 'rate'>,
  decision: Decision,
  onRecord: OnRecord,
  { context, slot }: Pick<Grounds, 'context' | 'slot'>,
): Decision | undefined {
  const already = alreadyStruck(group, onRecord.standing, slot, context);
  if (already !== undefined) return spared(decision, already.code, already.text);
  const { standing, budgets } = onRecord;
  const refused = refusedTooOften(refusalsOn(context.day, standing, slot), context.day);
  if (refused !== undefined) return spared(decision, refused.code, refused.text);
  return sparedBy(decision, verdictsOf(recordGuards, { group, rate, standing, budgets }, context));
}

/** Why a group that has been struck in a slot is not struck in it again; undefined if it has not, as far as is known. */
export function alreadyStruck(
  { key }: Group,
  standing: Known<Standing>,
  slot: Pick<Slot, 'id'>,
  { open }: Pick<GuardContext, 'open'>,
): Reason | undefined {
  if ('unknown' in standing || standing.known.last?.slot !== slot.id) return undefined;
  const entry = 'known' in open ? open.known.find(({ group }) => group === key) : undefined;
  const text =
    entry === undefined
      ? 'it has been struck in this slot'
      : `run ${entry.runId} has this slot: ${entry.target.instanceId}, ${entry.state}`;
  return { code: 'already-claimed', text };
}
