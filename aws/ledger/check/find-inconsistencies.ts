import { isDeepStrictEqual } from 'node:util';
import { budgetKey, countIn } from '#core/ledger/budgets.ts';
import { isOpen } from '#core/ledger/strike-states.ts';
import type { Budget } from '#core/model/budget.ts';
import { type HeldParts, heldNow } from '#core/model/held-groups.ts';
import { strikeKey } from '#core/model/strike.ts';
import { type Item, toAttribute } from '../attributes.ts';
import { counterKey, parseCounterKey } from '../budgets.ts';
import { requireVersion } from '../group-records.ts';
import { type Hold, heldKey, writeHeldEntry } from '../held-groups.ts';
import { stampItem } from '../schema-version.ts';
import { pointerItem, pointerKey, strikeItemKey } from '../strike-items.ts';
import { toTransactItem } from '../writes.ts';
import { findExperimentProblems } from './find-experiment-problems.ts';
import { findUndoProblems } from './find-undo-problems.ts';
import { type LedgerProblem, type ListProblem, toLedgerKey } from './problem.ts';
import type { LedgerContents } from './read-contents.ts';

/** Readable items that contradict each other. Transactions prevent that; people and restored backups may not. */
export function findInconsistencies(contents: LedgerContents, now: number): readonly LedgerProblem[] {
  return [
    ...findPointerMismatches(contents),
    ...findMiscounts(contents),
    ...findListMismatches(contents, now),
    ...findUndoProblems(contents, now),
    ...findExperimentProblems(contents),
  ];
}

function findPointerMismatches({ strikes, pointers, unreadable }: LedgerContents): readonly LedgerProblem[] {
  const pointed = new Set(pointers.map(strikeKey));
  const open = new Set(strikes.filter(isOpen).map(strikeKey));
  const unknown = new Set(unreadable.map(({ item: { pk, sk } }) => `${pk} ${sk}`));
  const dangling = pointers.filter((place) => {
    const { pk, sk } = toLedgerKey(strikeItemKey(place));
    return (
      !open.has(strikeKey(place)) && !unknown.has(`${pk} ${sk}`) && !unknown.has(`open ${strikeKey(place)}`)
    );
  });
  const lost = strikes.filter((strike) => isOpen(strike) && !pointed.has(strikeKey(strike)));
  return [
    ...dangling.map((place): LedgerProblem => {
      const key = toLedgerKey(pointerKey(place));
      const why = 'there is no open strike where it points';
      return { problem: 'dangling-pointer', key, why, group: place.group, mend: [{ delete: key }] };
    }),
    ...lost.map(
      (strike): LedgerProblem => ({
        ...{ problem: 'lost-strike', key: toLedgerKey(strikeItemKey(strike)), group: strike.group },
        why: `it is open, state ${strike.state}, and nothing points to it`,
        mend: [{ put: stampItem(pointerItem(strike)) }],
      }),
    ),
  ];
}

/** Only counters of open strikes: nothing else corrects them, and those of days expire. */
function findMiscounts({ strikes, counters, unreadable }: LedgerContents): readonly LedgerProblem[] {
  // An unreadable strike may count against any budget.
  if (unreadable.some(({ kind }) => kind === 'strike')) return [];
  const unreadableCounters = new Set(
    unreadable.filter(({ kind }) => kind === 'counter').map(({ item: { pk, sk } }) => `${pk} ${sk}`),
  );
  const counted = new Map(counters.map(({ budget, count }) => [budgetKey(budget), count]));
  const open = new Map<string, number>();
  const unverified = new Map<string, Budget>();
  const budgets = strikes.filter(isOpen).flatMap((one) => one.budgets);
  for (const budget of budgets) {
    open.set(budgetKey(budget), (open.get(budgetKey(budget)) ?? 0) + countIn(budget));
  }
  for (const budget of [...counters.map((one) => one.budget), ...budgets]) {
    if (budget.over === 'unverified') unverified.set(budgetKey(budget), budget);
  }
  return [...unverified].flatMap(([name, budget]): LedgerProblem[] => {
    const key = toLedgerKey(counterKey(budget));
    const [count, says] = [open.get(name) ?? 0, counted.get(name)];
    if (count === (says ?? 0) || unreadableCounters.has(`${key.pk} ${key.sk}`)) return [];
    const why = `it says ${says ?? 0}, and ${count} are open`;
    const seen = says === undefined ? undefined : toAttribute(says);
    return [{ problem: 'miscounted', key, why, mend: [{ count, seen }] }];
  });
}

/** The correct value of an unreadable counter. */
export function countStrikes(item: Item, { strikes }: LedgerContents): number {
  const budget = parseCounterKey(item);
  if (budget === undefined) return 0;
  return strikes
    .filter((strike) => (budget.over === 'unverified' ? isOpen(strike) : strike.state !== 'failed'))
    .flatMap(({ budgets }) => budgets.filter((one) => budgetKey(one) === budgetKey(budget)))
    .reduce((sum, one) => sum + countIn(one), 0);
}

/** Compares the list of held groups with their records. */
function findListMismatches(contents: LedgerContents, now: number): readonly LedgerProblem[] {
  const { groupRecords, held, unreadable, tableName } = contents;
  const unknown = new Set(
    unreadable.map(({ kind, item: { sk, group } }) => (kind === 'record' ? group : sk)),
  );
  const byGroup = (parts: Iterable<HeldParts>) => new Map(heldNow(parts, now).map((one) => [one.group, one]));
  const listed = byGroup(held);
  const holding = byGroup([...groupRecords].map(([group, { veto, leash }]) => ({ group, veto, leash })));
  const groups = [...new Set([...holding.keys(), ...listed.keys()])].filter((one) => !unknown.has(one));
  return groups.flatMap((group) =>
    (['veto', 'leash'] as const).flatMap((name): LedgerProblem[] => {
      const key = toLedgerKey(heldKey(group, name));
      const [holds, says] = [holding.get(group)?.[name], listed.get(group)?.[name]];
      if (unknown.has(key.sk) || isDeepStrictEqual(holds, says)) return [];
      const problem =
        holds === undefined ? 'not-held' : says === undefined ? 'not-listed' : 'listed-otherwise';
      const together = [
        requireVersion(group, groupRecords.get(group)?.version),
        writeHeldEntry(group, name, holds && toAttribute(holds)),
      ].map((write) => toTransactItem(write, tableName));
      return [{ problem, key, why: listWhy[problem](name), group, mend: [{ together }] }];
    }),
  );
}

const listWhy: Readonly<Record<ListProblem, (hold: Hold) => string>> = {
  'not-listed': (name) => `its ${name} holds, and it is not in the list of groups that are held`,
  'not-held': (name) => `a ${name} of it is in the list of groups that are held, and none holds`,
  'listed-otherwise': (name) =>
    `the list of groups that are held has another ${name} of it than the one that holds`,
};
