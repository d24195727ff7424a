import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import {
  addRefusal,
  isUnsettled,
  isWaiting,
  lastStrike,
  makeGroupLeash,
  notUnsettled,
  notWaiting,
  unsettledStates,
  waitingStates,
} from '#core/ledger/strike-states.ts';
import type { BudgetLimit } from '#core/model/budget.ts';
import type { Stop } from '#core/model/control-record.ts';
import type { GroupRecord } from '#core/model/group-record.ts';
import type { StrikeEntry, StrikeId } from '#core/model/strike.ts';
import type { UnreadableItem } from '#core/model/unreadable-item.ts';
import type { Ledger } from '#core/ports/ledger.ts';
import { decrementCounter } from './budgets.ts';
import {
  keepsChangingError,
  leashIfNone,
  maxTries,
  readGroupRecord,
  updateLastStrike,
} from './group-records.ts';
import { splitReads, valueOrThrow } from './read.ts';
import { changeStrike, deletePointer, deleteStrike, readStrike, readStrikes } from './strike-items.ts';
import type { LedgerTable } from './table.ts';
import type { Transact } from './transactions.ts';

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
      const strike = await readOwnStrike(id);
      if (strike !== undefined) await undoClaim(strike, deleteStrike(tableName, id, ['striking']));
      return 'stopped';
    },

    settle: async (id, { outcome, detail, isRefusal = false }) => {
      const change = changeStrike(tableName, id, unsettledStates, { state: outcome, detail });
      const done =
        outcome === 'failed'
          ? await changeIf(id, isUnsettled, (strike) =>
              undoClaim(strike, change, isRefusal ? detail : undefined),
            )
          : (await transact([change])) === undefined;
      if (!done) throw notUnsettled(id);
    },

    close: async (id, recovery) => {
      let unreadable: readonly UnreadableItem[] = [];
      const done = await changeIf(id, isWaiting, ({ budgets }) =>
        retryIfChanged(id.group, async () => {
          const leashing =
            recovery.outcome === 'not-recovered'
              ? await leashIfNone(table, id.group, makeGroupLeash(recovery))
              : { parts: [], unreadable: [] };
          unreadable = leashing.unreadable;
          return transactWithRefunds(
            [
              changeStrike(tableName, id, waitingStates, { recovery }),
              deletePointer(tableName, id),
              ...leashing.parts,
            ],
            budgets.filter(({ over }) => over === 'unverified'),
          );
        }),
      );
      if (!done) throw notWaiting(id);
      return unreadable;
    },
  };

  async function readOwnStrike(id: StrikeId): Promise<StrikeEntry | undefined> {
    const read = await readStrike(table, id);
    return read && valueOrThrow(read);
  }

  /** Does something to a strike of this run in such a state; false where there is none, or `change` says so. */
  async function changeIf(
    id: StrikeId,
    isSuch: (strike: StrikeEntry) => boolean,
    change: (strike: StrikeEntry) => Promise<boolean>,
  ): Promise<boolean> {
    const strike = await readOwnStrike(id);
    return strike?.runId === id.runId && isSuch(strike) && change(strike);
  }

  /**
   * Does something that hangs on a group's record, and anew where that has changed since the look. False where the first part
   * of it refuses, which is the strike's own.
   */
  async function retryIfChanged(group: string, attempt: () => ReturnType<Transact>): Promise<boolean> {
    for (let look = 0; look < maxTries; look += 1) {
      const refused = await attempt();
      if (refused === undefined) return true;
      if (refused[0] !== undefined) return false;
    }
    throw keepsChangingError(group, tableName);
  }

  /**
   * Undoes all that a claim did, together with what is done to the strike itself. False where that refuses. A record that cannot
   * be read is left as it is: its group is spared, and must not keep a strike from its outcome and others from their budgets.
   */
  function undoClaim(strike: StrikeEntry, change: TransactWriteItem, refusal?: string): Promise<boolean> {
    const { group } = strike;
    return retryIfChanged(group, async () => {
      const record = await readRecordWithout(strike);
      const refusals = refusal === undefined ? undefined : addRefusal(record?.refusals, strike, refusal);
      return transactWithRefunds(
        [
          change,
          deletePointer(tableName, strike),
          ...(record ? [updateLastStrike(tableName, group, record.version, record.last, refusals)] : []),
        ],
        strike.budgets,
      );
    });
  }

  /**
   * The record of its group, with the last strike as if this one had never been. From all that are on record: the one before may
   * have failed since. Whatever changes that also changes the version. Undefined where it cannot be read.
   */
  async function readRecordWithout({ group, slot }: StrikeEntry): Promise<GroupRecord | undefined> {
    const read = await readGroupRecord(table, group);
    if ('unreadable' in read) return undefined;
    const record = read.value;
    if (record.last?.slot !== slot) return record;
    const { found, unreadable } = splitReads(await readStrikes(table, group));
    // One that cannot be read may be the one before. Without it the group would count as not struck for longer than it is.
    if (unreadable.length > 0) return record;
    const before = found
      .filter((strike) => strike.slot !== slot && strike.state !== 'failed')
      // The order in which they were claimed, whatever the clocks said.
      .sort((a, b) => b.version - a.version)[0];
    return { ...record, last: before && lastStrike(before) };
  }

  /** A counter that is not there any more has nothing to give back, and must not keep a strike from its outcome. */
  async function transactWithRefunds(
    parts: readonly TransactWriteItem[],
    budgets: readonly BudgetLimit[],
  ): ReturnType<Transact> {
    const refused = await transact([
      ...parts,
      ...budgets.map((budget) => decrementCounter(tableName, budget)),
    ]);
    const left = budgets.filter((_, index) => refused?.[parts.length + index] === undefined);
    const isGone = left.length < budgets.length && refused?.slice(0, parts.length).every((one) => !one);
    return isGone ? transactWithRefunds(parts, left) : refused;
  }
}
