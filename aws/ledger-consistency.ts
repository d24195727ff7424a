import { budgetKey } from '#core/budgets.ts';
import { heldNow } from '#core/held.ts';
import { isOpen } from '#core/ledger-rules.ts';
import { type Budget, type StrikeEntry, strikeKey } from '#core/ports.ts';
import type { Item } from './ledger-attributes.ts';
import { budgetOfKey, counterKey } from './ledger-budgets.ts';
import type { LedgerContents } from './ledger-contents.ts';
import { heldItem } from './ledger-held.ts';
import { keyOf, type LedgerProblem } from './ledger-problem.ts';
import { pointerItem, pointerKey, strikeItemKey } from './ledger-strike-items.ts';
import { stampedItem } from './ledger-version.ts';

/** What can be read and does not fit together. Transactions keep it so; people, and backups that were restored, may not. */
export function inconsistencies(contents: LedgerContents, now: number): readonly LedgerProblem[] {
  return [...pointersAgainstStrikes(contents), ...miscounted(contents), ...notListed(contents, now)];
}

function pointersAgainstStrikes({ strikes, pointers, unreadable }: LedgerContents): readonly LedgerProblem[] {
  const pointed = new Set(pointers.map(strikeKey));
  const open = new Set(strikes.filter(isOpen).map(strikeKey));
  const unknown = new Set(unreadable.map(({ item: { pk, sk } }) => `${pk} ${sk}`));
  const dangling = pointers.filter((place) => {
    const { pk, sk } = keyOf(strikeItemKey(place));
    return !open.has(strikeKey(place)) && !unknown.has(`${pk} ${sk}`);
  });
  const lost = strikes.filter((strike) => isOpen(strike) && !pointed.has(strikeKey(strike)));
  return [
    ...dangling.map((place): LedgerProblem => {
      const key = keyOf(pointerKey(place));
      const why = 'there is no open strike where it points';
      return { problem: 'dangling-pointer', key, why, group: place.group, mend: [{ delete: key }] };
    }),
    ...lost.map(
      (strike): LedgerProblem => ({
        ...{ problem: 'lost-strike', key: keyOf(strikeItemKey(strike)), group: strike.group },
        why: `it is open, state ${strike.state}, and nothing points to it`,
        mend: [{ put: stampedItem(pointerItem(strike)) }],
      }),
    ),
  ];
}

/** Counters of open strikes, which nothing else sets right; those of days expire. */
function miscounted({ strikes, counters, unreadable }: LedgerContents): readonly LedgerProblem[] {
  // What cannot be read may count, or say by what it is counted.
  if (unreadable.some(({ kind }) => kind === 'strike')) return [];
  const bad = new Set(
    unreadable.filter(({ kind }) => kind === 'counter').map(({ item: { pk, sk } }) => `${pk} ${sk}`),
  );
  const budgets = [
    ...counters.map(({ budget }) => budget),
    ...strikes.filter(isOpen).flatMap((one) => one.budgets),
  ];
  const counted = new Map(counters.map(({ budget, count }) => [budgetKey(budget), count]));
  const unverified = new Map(
    budgets.filter(({ over }) => over === 'unverified').map((budget) => [budgetKey(budget), budget]),
  );
  return [...unverified].flatMap(([name, budget]): LedgerProblem[] => {
    const key = keyOf(counterKey(budget));
    const [count, says] = [strikesOf(budget, strikes), counted.get(name) ?? 0];
    if (count === says || bad.has(`${key.pk} ${key.sk}`)) return [];
    return [{ problem: 'miscounted', key, why: `it says ${says}, and ${count} are open`, mend: [{ count }] }];
  });
}

/** What a counter that cannot be read would have to say. */
export function countOf(item: Item, { strikes }: LedgerContents): number {
  const budget = budgetOfKey(item);
  return budget === undefined ? 0 : strikesOf(budget, strikes);
}

function strikesOf(budget: Budget, strikes: readonly StrikeEntry[]): number {
  return strikes.filter(
    (strike) =>
      strike.budgets.some((one) => budgetKey(one) === budgetKey(budget)) &&
      (budget.over === 'unverified' ? isOpen(strike) : strike.state !== 'failed'),
  ).length;
}

/** Those that were held before there was a list, or whose entry somebody has deleted. */
function notListed({ standings, held, unreadable }: LedgerContents, now: number): readonly LedgerProblem[] {
  const listed = new Map(heldNow(held, now).map((one) => [one.group, one]));
  const bad = new Set(unreadable.filter(({ kind }) => kind === 'held').map(({ item }) => item.group));
  const holding = heldNow(
    [...standings].map(([group, { veto, leash }]) => ({ group, veto, leash })),
    now,
  );
  return holding.flatMap(({ group, veto, leash }) =>
    (['veto', 'leash'] as const).flatMap((name): LedgerProblem[] => {
      const value = name === 'veto' ? veto : leash;
      if (value === undefined || listed.get(group)?.[name] !== undefined || bad.has(group)) return [];
      const item = heldItem(group, name === 'veto' ? { veto } : { leash });
      const why = `its ${name} holds, and it is not in the list of groups that are held`;
      return [{ problem: 'not-listed', key: keyOf(item), why, group, mend: [{ put: stampedItem(item) }] }];
    }),
  );
}
