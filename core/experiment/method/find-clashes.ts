import type { Config } from '../../config/config.ts';
import { budgetKey, budgetText, countIn, listBudgets } from '../../ledger/budgets.ts';
import { groupsHit } from '../../ledger/own-strikes.ts';
import type { BudgetLimit } from '../../model/budget.ts';
import type { MethodStep } from '../../model/experiment.ts';
import type { Order } from '../../model/strike.ts';
import { counted } from '../../util/format.ts';
import { listFirst } from '../../util/list-first.ts';
import { stepsAtOnce } from '../engine/steps-at-once.ts';

/** What a step found. */
export interface LookedStep {
  readonly step: MethodStep;
  readonly wanted: number;
  readonly ready: readonly ReadyGroup[];
}

/** A group that may be struck, the strike that it would get, and how many targets it has. */
export interface ReadyGroup {
  readonly order: Order;
  readonly targets: number;
  readonly isDrawn: boolean;
}

export interface Clash {
  readonly step: string;
  readonly text: string;
}

/**
 * The steps of a stage that could not strike all that they want, as others are in place then: on the same thing, or on as many groups
 * as budgets allow an experiment at once. What is done once holds nothing.
 */
export function findClashes(stage: readonly LookedStep[], config: Pick<Config, 'budgets'>): readonly Clash[] {
  const pairs = stepsAtOnce(stage.map(({ step }) => step));
  return stage.flatMap((looked) => {
    const before = pairs.filter(([, second]) => second === looked.step).map(([first]) => first);
    const beside = stage.filter(({ step }) => before.includes(step));
    if (targetsOf(looked.ready) < looked.wanted) return [];
    const text = beside.map((first) => lockedBy(first, looked)).find((one) => one !== undefined);
    const why = text ?? overBudget(beside, looked, config);
    return why === undefined ? [] : [{ step: looked.step.name, text: why }];
  });
}

/** Also where it takes bad luck: what a run does must not hang on a draw. */
function lockedBy(first: LookedStep, { ready, wanted, step }: LookedStep): string | undefined {
  const shared = ready.filter((one) => first.ready.some((other) => haveOneLock(one, other)));
  const taken = Math.min(targetsOf(shared), first.wanted);
  if (wanted <= targetsOf(ready) - taken) return undefined;
  const groups = listFirst(shared.map(({ order }) => order.target.group));
  return (
    `it begins while ${first.step.name} is in place, and ${first.step.fault.name} and ${step.fault.name} change the same thing of ` +
    `${groups}: let it start after ${first.step.name}, or strike others`
  );
}

/** In a group of many, any of them may be the one. */
function haveOneLock(one: ReadyGroup, other: ReadyGroup): boolean {
  const [locks, others] = [one.order.prepared?.locks ?? [], other.order.prepared?.locks ?? []];
  if (locks.length === 0 || others.length === 0) return false;
  const isOneGroup = one.targets > 1 && one.order.target.group === other.order.target.group;
  return isOneGroup || locks.some((arn) => others.includes(arn));
}

function overBudget(
  beside: readonly LookedStep[],
  { ready, wanted }: LookedStep,
  config: Pick<Config, 'budgets'>,
): string | undefined {
  const used = new Map<string, number>();
  const held = new Set<string>();
  const spentFor = (order: Order): readonly BudgetLimit[] => {
    const own = { holds: (group: string) => held.has(group), over: () => 0 };
    const budgets = listBudgets(order.target, order.app, '', config, order.others, own).filter(
      ({ over }) => over === 'unverified',
    );
    const spent = budgets.filter((one) => (used.get(budgetKey(one)) ?? 0) + countIn(one) > one.max);
    if (spent.length > 0) return spent;
    for (const one of budgets) used.set(budgetKey(one), (used.get(budgetKey(one)) ?? 0) + countIn(one));
    for (const group of groupsHit({ group: order.target.group, others: [...(order.others ?? [])] })) {
      held.add(group);
    }
    return [];
  };
  const drawn = beside.flatMap((one) => one.ready.filter(({ isDrawn }) => isDrawn));
  const isFree = (one: ReadyGroup) => one.targets > 1 || !drawn.some((other) => haveOneLock(one, other));
  for (const { order } of drawn) spentFor(order);
  const all = ready.filter(isFree).map((one) => ({ ...one, spent: spentFor(one.order) }));
  const left = targetsOf(all.filter(({ spent }) => spent.length === 0));
  if (left >= wanted) return undefined;
  const [spent] = all.flatMap((one) => one.spent);
  const names = beside.map(({ step }) => step.name);
  const also =
    names.length === 0 ? '' : `, and ${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} in place`;
  return `it wants ${counted(wanted, 'target')}${also}: the budget is at most ${spent && budgetText(spent)}`;
}

function targetsOf(groups: readonly Pick<ReadyGroup, 'targets'>[]): number {
  return groups.reduce((sum, { targets }) => sum + targets, 0);
}
