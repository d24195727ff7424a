import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import {
  isUnsettled,
  isWaiting,
  lastStrike,
  leashFor,
  notUnsettled,
  notWaiting,
  refusalsWith,
  unsettledStates,
  waitingStates,
} from '#core/ledger-rules.ts';
import type { BudgetLimit, Ledger, Standing, Stop, StrikeEntry, StrikeId } from '#core/ports.ts';
import { countDown } from './ledger-budgets.ts';
import { orThrow } from './ledger-read.ts';
import { changeLast, leashIfNone, readStanding } from './ledger-standings.ts';
import { changeStrike, deletePointer, deleteStrike, readStrike, readStrikes } from './ledger-strike-items.ts';
import { LedgerError, type LedgerTable } from './ledger-table.ts';
import type { Transact } from './ledger-transactions.ts';

/** Somebody else changes a group's standing between a look at it and the transaction: hardly ever twice. */
const looksAtMost = 10;

/** What becomes of a claim. */
export function ledgerOutcomes(
  table: LedgerTable,
  transact: Transact,
  readStop: () => Promise<Stop | undefined>,
): Pick<Ledger, 'begin' | 'settle' | 'close'> {
  const { tableName } = table;
  return {
    begin: async (id) => {
      const refused = await transact([changeStrike(tableName, id, ['planned'], { state: 'striking' })]);
      if (refused !== undefined) return 'gone';
      // The last look, after the strike stands as begun: once a stop has been set, nobody is told `begun` any more.
      if ((await readStop()) === undefined) return 'begun';
      const strike = await strikeOf(id);
      if (strike !== undefined) await takeBack(strike, deleteStrike(tableName, id, ['striking']));
      return 'stopped';
    },

    settle: async (id, { outcome, detail, isRefusal = false }) => {
      const change = changeStrike(tableName, id, unsettledStates, { state: outcome, detail });
      const done =
        outcome === 'failed'
          ? await ofStrike(id, isUnsettled, (strike) =>
              takeBack(strike, change, isRefusal ? detail : undefined),
            )
          : (await transact([change])) === undefined;
      if (!done) throw notUnsettled(id);
    },

    close: async (id, recovery) => {
      const done = await ofStrike(id, isWaiting, ({ budgets }) =>
        refunding(
          [
            changeStrike(tableName, id, waitingStates, { recovery }),
            deletePointer(tableName, id),
            ...(recovery.outcome === 'not-recovered'
              ? leashIfNone(tableName, id.group, leashFor(recovery))
              : []),
          ],
          budgets.filter(({ over }) => over === 'unverified'),
        ).then((refused) => refused === undefined),
      );
      if (!done) throw notWaiting(id);
    },
  };

  async function strikeOf(id: StrikeId): Promise<StrikeEntry | undefined> {
    const read = await readStrike(table, id);
    return read && orThrow(read);
  }

  /** Does something to a strike of this run in such a state; false where there is none, or `change` says so. */
  async function ofStrike(
    id: StrikeId,
    isSuch: (strike: StrikeEntry) => boolean,
    change: (strike: StrikeEntry) => Promise<boolean>,
  ): Promise<boolean> {
    const strike = await strikeOf(id);
    return strike?.runId === id.runId && isSuch(strike) && change(strike);
  }

  /** Undoes all that a claim did, together with what is done to the strike itself. False where that refuses. */
  async function takeBack(
    strike: StrikeEntry,
    change: TransactWriteItem,
    refusal?: string,
  ): Promise<boolean> {
    for (let look = 0; look < looksAtMost; look += 1) {
      const { version, last, refusals: before } = await standingWithout(strike);
      const refusals = refusal === undefined ? undefined : refusalsWith(before, strike, refusal);
      const refused = await refunding(
        [
          change,
          changeLast(tableName, strike.group, version, last, refusals),
          deletePointer(tableName, strike),
        ],
        strike.budgets,
      );
      if (refused === undefined) return true;
      if (refused[0] !== undefined) return false;
    }
    throw new LedgerError(`the standing of ${strike.group} changes all the time`, tableName, undefined);
  }

  /**
   * The standing of its group, with the last strike as if this one had never been. From all that are on record: the one before may
   * have failed since. Whatever changes that also changes the version.
   */
  async function standingWithout({ group, slot }: StrikeEntry): Promise<Standing> {
    const standing = orThrow(await readStanding(table, group));
    if (standing.last?.slot !== slot) return standing;
    // Were one passed over that cannot be read, the group would count as not struck for longer than it is.
    const before = (await readStrikes(table, group))
      .map(orThrow)
      .filter((strike) => strike.slot !== slot && strike.state !== 'failed')
      // The order in which they were claimed, whatever the clocks said.
      .sort((a, b) => b.version - a.version)[0];
    return { ...standing, last: before && lastStrike(before) };
  }

  /** A counter that is not there any more has nothing to give back, and must not keep a strike from its outcome. */
  async function refunding(
    parts: readonly TransactWriteItem[],
    budgets: readonly BudgetLimit[],
  ): ReturnType<Transact> {
    const refused = await transact([...parts, ...budgets.map((budget) => countDown(tableName, budget))]);
    const left = budgets.filter((_, index) => refused?.[parts.length + index] === undefined);
    const isGone = left.length < budgets.length && refused?.slice(0, parts.length).every((one) => !one);
    return isGone ? refunding(parts, left) : refused;
  }
}
