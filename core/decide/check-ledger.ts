import type { GuardContext } from '../guards/guard.ts';
import { recordGuards } from '../guards/index.ts';
import { verdictsOf } from '../guards/verdicts.ts';
import { appOf, budgetKey, budgetsOf } from '../ledger/budgets.ts';
import type { BudgetLimit, UsedBudget } from '../model/budget.ts';
import type { Decision, Reason } from '../model/decision.ts';
import type { Group } from '../model/group.ts';
import type { Slot } from '../model/slot.ts';
import type { LedgerState, Standing } from '../model/standing.ts';
import type { StrikeEntry } from '../model/strike.ts';
import { type Readable, type UnreadableItem, unreadableText } from '../model/unreadable-item.ts';
import type { Ledger } from '../ports/ledger.ts';
import { asKnown, type Known } from '../util/lookup.ts';
import { type DecisionContext, type Drawn, spared, sparedBy } from './decide-group.ts';
import { refusalsOn, refusedTooOften } from './refusals.ts';

/** What the ledger has about these groups. */
export interface Records {
  of(key: string): LedgerState;
  /** Items that cannot be read: what they hold is unknown, of the groups that they are about and no others. */
  readonly unreadable: readonly UnreadableItem[];
}

/** What the ledger does not answer is unknown; it never rejects. */
export async function readLedgerState(
  groups: readonly Group[],
  context: GuardContext,
  ledger: Pick<Ledger, 'standings' | 'spent'>,
): Promise<Records> {
  const budgets = new Map(groups.map((group) => [group.key, budgetsOfGroup(group, context)]));
  // Most groups share most of their budgets.
  const distinct = new Map([...budgets.values()].flat().map((budget) => [budgetKey(budget), budget]));
  const asked = [...distinct].filter(([, budget]) => !isOfOneGroup(budget));
  const [standings, spent] = await Promise.all([
    asKnown(ledger.standings([...budgets.keys()])),
    asKnown(ledger.spent(asked.map(([, budget]) => budget))),
  ]);
  const used = usedIn(spent, asked, context.open);
  return {
    of: (key) => ({ standing: standingOf(key, standings), budgets: used(budgets.get(key) ?? []) }),
    unreadable: [standings, spent].flatMap((read) => ('known' in read ? read.known.unreadable : [])),
  };
}

/** How much of budgets is used: as their counters say now, or the list of open strikes. Unknown where one of them is. */
function usedIn(
  spent: Known<Readable<readonly (number | undefined)[]>>,
  asked: readonly (readonly [string, BudgetLimit])[],
  open: GuardContext['open'],
): (budgets: readonly BudgetLimit[]) => Known<readonly UsedBudget[]> {
  if ('unknown' in spent) return () => spent;
  if ('unknown' in open) return () => open;
  const { found, unreadable } = spent.known;
  const missing = unreadable.values();
  const counted = new Map(
    asked.map(([key], index): [string, Known<number>] => {
      const count = found[index];
      if (count !== undefined) return [key, { known: count }];
      const item = missing.next().value;
      return [key, { unknown: item === undefined ? notAnswered : unreadableText(item) }];
    }),
  );
  return (budgets) => {
    const used: UsedBudget[] = [];
    for (const budget of budgets) {
      const count: Known<number> = isOfOneGroup(budget)
        ? { known: openOf(budget, open.known) }
        : (counted.get(budgetKey(budget)) ?? { unknown: notAnswered });
      if ('unknown' in count) return count;
      used.push({ ...budget, used: count.known });
    }
    return { known: used };
  };
}

const notAnswered = 'the ledger did not answer for it';

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
function standingOf(key: string, standings: Known<Readable<ReadonlyMap<string, Standing>>>): Known<Standing> {
  if ('unknown' in standings) return standings;
  const { found, unreadable } = standings.known;
  const known = found.get(key);
  if (known !== undefined) return { known };
  const item = unreadable.find(({ group }) => group === key);
  return { unknown: item === undefined ? notAnswered : unreadableText(item) };
}

/** The decision where what the ledger has spares a drawn group; undefined where nothing of it does. */
export function sparedByLedger(
  { group, rate }: Pick<Drawn, 'group' | 'rate'>,
  decision: Decision,
  ledgerState: LedgerState,
  { context, slot }: Pick<DecisionContext, 'context' | 'slot'>,
): Decision | undefined {
  const already = alreadyStruck(group, ledgerState.standing, slot, context);
  if (already !== undefined) return spared(decision, already.code, already.text);
  const { standing, budgets } = ledgerState;
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
