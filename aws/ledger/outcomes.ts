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
import type { Write } from './writes.ts';

/** What happens to a strike after its claim. */
export function ledgerOutcomes(
  table: LedgerTable,
  transact: Transact,
  readStop: () => Promise<Stop | undefined>,
): Pick<Ledger, 'begin' | 'settle' | 'close'> {
  return {
    begin: async (id) => {
      const refused = await transact([changeStrike(id, ['planned'], { state: 'striking' })]);
      if (refused !== undefined) return 'gone';
      // Read only after the strike has become `striking`: once a stop is set, no caller gets `begun`.
      if ((await readStop()) === undefined) return 'begun';
      const strike = await readOwnStrike(id);
      if (strike !== undefined) await undoClaim(strike, deleteStrike(id, ['striking']));
      return 'stopped';
    },

    settle: async (id, { outcome, detail, isRefusal = false }) => {
      const change = changeStrike(id, unsettledStates, { state: outcome, detail });
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
              : { writes: [], unreadable: [] };
          unreadable = leashing.unreadable;
          return transactWithRefunds(
            [changeStrike(id, waitingStates, { recovery }), deletePointer(id), ...leashing.writes],
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

  /** False if this run has no such strike in a suitable state, or if `change` returns false. */
  async function changeIf(
    id: StrikeId,
    isSuitable: (strike: StrikeEntry) => boolean,
    change: (strike: StrikeEntry) => Promise<boolean>,
  ): Promise<boolean> {
    const strike = await readOwnStrike(id);
    return strike?.runId === id.runId && isSuitable(strike) && change(strike);
  }

  /** Repeats an attempt that was refused because the group's record has changed. False if its first write, to the strike, is refused. */
  async function retryIfChanged(group: string, attempt: () => ReturnType<Transact>): Promise<boolean> {
    for (let tries = 0; tries < maxTries; tries += 1) {
      const refused = await attempt();
      if (refused === undefined) return true;
      if (refused[0] !== undefined) return false;
    }
    throw keepsChangingError(group, table.tableName);
  }

  /**
   * Undoes everything that a claim did, in one transaction with a change to the strike itself. False if that change is refused. An
   * unreadable record stays as it is: its group is spared anyway, and the strike still needs its outcome and others its budgets.
   */
  function undoClaim(strike: StrikeEntry, change: Write, refusal?: string): Promise<boolean> {
    const { group } = strike;
    return retryIfChanged(group, async () => {
      const record = await readRecordWithout(strike);
      const refusals = refusal === undefined ? undefined : addRefusal(record?.refusals, strike, refusal);
      return transactWithRefunds(
        [
          change,
          deletePointer(strike),
          ...(record ? [updateLastStrike(group, record.version, record.last, refusals)] : []),
        ],
        strike.budgets,
      );
    });
  }

  /**
   * The record of the strike's group, with the last strike as if this one had never been claimed. It looks through all recorded strikes,
   * as the one before may have failed since; any such change also changes the version. Undefined if the record is unreadable.
   */
  async function readRecordWithout({ group, slot }: StrikeEntry): Promise<GroupRecord | undefined> {
    const read = await readGroupRecord(table, group);
    if ('unreadable' in read) return undefined;
    const record = read.value;
    if (record.last?.slot !== slot) return record;
    const { found, unreadable } = splitReads(await readStrikes(table, group));
    // An unreadable strike may be the one before. Ignoring it would make the last strike look older than it is.
    if (unreadable.length > 0) return record;
    const before = found
      .filter((strike) => strike.slot !== slot && strike.state !== 'failed')
      // In the order of their claims, whatever the clocks said.
      .sort((a, b) => b.version - a.version)[0];
    return { ...record, last: before && lastStrike(before) };
  }

  /** Skips counters that no longer exist: they have nothing to refund, and must not keep a strike from its outcome. */
  async function transactWithRefunds(
    writes: readonly Write[],
    budgets: readonly BudgetLimit[],
  ): ReturnType<Transact> {
    const refused = await transact([...writes, ...budgets.map(decrementCounter)]);
    const left = budgets.filter((_, index) => refused?.[writes.length + index] === undefined);
    const isGone = left.length < budgets.length && refused?.slice(0, writes.length).every((one) => !one);
    return isGone ? transactWithRefunds(writes, left) : refused;
  }
}
