import type { DecisionContext } from '../decide/decision-context.ts';
import { spared } from '../decide/spare.ts';
import { shuffled } from '../draws/shuffle.ts';
import { budgetKey, exhaustedText } from '../ledger/budgets.ts';
import type { BudgetLimit } from '../model/budget.ts';
import type { Decision } from '../model/decision.ts';
import type { RunContext } from '../model/run-context.ts';
import type { World } from '../ports/world.ts';
import type { Strike } from '../reports/run-report.ts';
import { type DrawnGroup, inspectDrawn, isReadyToStrike, type ReadyToStrike } from './inspect-drawn.ts';
import type { Rounds } from './rounds.ts';
import { logged, strikeOf } from './strike-results.ts';

/** What a live run would strike, each strike counted by its budgets. Claims and touches nothing. */
export async function dryRun(
  drawn: readonly DrawnGroup[],
  context: DecisionContext,
  run: RunContext,
  world: World,
): Promise<Rounds> {
  const { value: inspected, failures } = await inspectDrawn(drawn, context, run, world);
  const decisions: Decision[] = inspected
    .filter((one) => !isReadyToStrike(one))
    .map(({ decision }) => decision);
  const strikes: Strike[] = [];
  const rehearsed = new Map<string, number>();
  const keyOf = ({ decision }: ReadyToStrike) => decision.group;
  for (const one of shuffled(inspected.filter(isReadyToStrike), keyOf, context.draws.slot)) {
    const spent = count(one, rehearsed);
    if (spent === undefined) {
      decisions.push(one.decision);
      strikes.push(strikeOf(one.order, { outcome: 'leashed', detail: 'leashed: nothing was touched' }));
    } else {
      decisions.push(spared(one.decision, { code: 'budget-exhausted', text: exhaustedText([spent]) }));
    }
  }
  return { inspected, struck: logged({ decisions, strikes, failures }, world) };
}

/** Counts a strike by its budgets; or gives the one that is exhausted, and counts nothing. */
function count(
  { evidence: { ledger } }: ReadyToStrike,
  rehearsed: Map<string, number>,
): BudgetLimit | undefined {
  // A guard refuses what is not known.
  const all = ledger?.budgets.ok ? ledger.budgets.value : [];
  const counted = (key: string) => rehearsed.get(key) ?? 0;
  const spent = all.find((budget) => budget.used + counted(budgetKey(budget)) >= budget.max);
  if (spent === undefined) {
    for (const key of all.map(budgetKey)) rehearsed.set(key, counted(key) + 1);
  }
  return spent;
}
