import type { Budget, BudgetLimit } from '../model/budget.ts';
import type { Stop } from '../model/control-record.ts';
import type { GroupRecord } from '../model/group-record.ts';
import { heldNow } from '../model/held-groups.ts';
import type { Lock, StrikeEntry, StrikeId } from '../model/strike.ts';
import { type EndedUndo, UndoConflict, type UndoEntry } from '../model/undo-entry.ts';
import type { Readable } from '../model/unreadable-item.ts';
import type { ExperimentLedger } from '../ports/experiment-ledger.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { RecordedGroup, RecordingHead } from '../reports/recording.ts';
import type { RunReport } from '../reports/run-report.ts';
import { truncateForRecord } from '../reports/truncate-report.ts';
import { budgetKey, countIn } from './budgets.ts';
import { inMemoryExperiments } from './in-memory-experiments.ts';
import { incompleteRecording } from './incomplete-recording.ts';
import {
  addRefusal,
  announcingMs,
  isOpen,
  isRepeated,
  isUnsettled,
  isWaiting,
  lastStrike,
  locksOf,
  makeGroupLeash,
  noGroupRecord,
  notUnsettled,
  notWaiting,
  oldestFirst,
  plannedStrike,
} from './strike-states.ts';

/**
 * A ledger that lives as long as the process, for tests, the sandbox, and runs without a table. No method awaits anything, so
 * each is atomic.
 */
export function inMemoryLedger({
  newSecret,
}: {
  readonly newSecret: () => string;
}): Ledger & ExperimentLedger {
  let secret: string | undefined;
  let stop: Stop | undefined;
  let planAnnounced: string | undefined;
  const groupRecords = new Map<string, GroupRecord>();
  /** By group, then by slot, in the order of their claims. */
  const strikes = new Map<string, Map<string, StrikeEntry>>();
  const counters = new Map<string, number>();
  const undos = new Map<string, UndoEntry>();
  const ended: EndedUndo[] = [];
  const runs = new Map<string, RunReport>();
  const recordings = new Map<string, { head: RecordingHead; groups: RecordedGroup[]; isClosed: boolean }>();
  /** Epoch ms until which a run has it reserved for announcing. */
  const told = new Map<string, number>();

  const groupRecordOf = (group: string) => groupRecords.get(group) ?? noGroupRecord;
  const change = (group: string, changes: Partial<GroupRecord>) => {
    const record = groupRecordOf(group);
    groupRecords.set(group, { ...record, ...changes, version: record.version + 1 });
  };

  const strikesOf = (group: string) => {
    const known = strikes.get(group) ?? new Map<string, StrikeEntry>();
    strikes.set(group, known);
    return known;
  };
  const keep = (strike: StrikeEntry) => strikesOf(strike.group).set(strike.slot, strike);
  /** The strike, if it belongs to this run and is in one of these states. */
  const find = ({ slot, group, runId }: StrikeId, isSuch: (strike: StrikeEntry) => boolean) => {
    const strike = strikesOf(group).get(slot);
    return strike?.runId === runId && isSuch(strike) ? strike : undefined;
  };

  /** The entry, if nobody has changed it since. */
  const current = ({ id, revision }: UndoEntry): UndoEntry => {
    const entry = undos.get(id);
    if (entry?.revision !== revision) throw new UndoConflict(id);
    return entry;
  };
  const lockOn = (arn: string): Lock | undefined => {
    return [...undos.values()].flatMap(locksOf).find((lock) => lock.arn === arn);
  };
  const markUndone = (id: StrikeId, changes: Partial<StrikeEntry>) => {
    const strike = find(id, () => true);
    if (strike !== undefined) keep({ ...strike, ...changes });
  };

  const usageOf = (budget: Budget) => counters.get(budgetKey(budget)) ?? 0;
  const count = (budgets: readonly BudgetLimit[], by: 1 | -1) => {
    for (const one of budgets) counters.set(budgetKey(one), usageOf(one) + by * countIn(one));
  };
  /** Reverts the side effects of a claim whose strike has failed or is gone. */
  const takeBack = (strike: StrikeEntry, refusal?: string) => {
    const { group, budgets } = strike;
    count(budgets, -1);
    const before = [...strikesOf(group).values()].findLast(({ state }) => state !== 'failed');
    change(group, {
      last: before && lastStrike(before),
      ...(refusal !== undefined && {
        refusals: addRefusal(groupRecordOf(group).refusals, strike, refusal),
      }),
    });
  };

  return {
    ...inMemoryExperiments(),
    control: async () => {
      secret ??= newSecret();
      return { secret, stop, planAnnounced, unreadable: [] };
    },
    setStop: async (wanted) => {
      stop = wanted;
    },
    setPlanAnnounced: async (day) => {
      planAnnounced = day;
    },
    stop: async () => stop,

    groupRecords: async (groups) => whole(new Map(groups.map((group) => [group, groupRecordOf(group)]))),
    setVeto: async (group, veto) => change(group, { veto }),
    setLeash: async (group, leash) => change(group, { leash }),
    heldGroups: async (now) =>
      heldNow(
        [...groupRecords].map(([group, record]) => ({ ...record, group })),
        now,
      ),

    claim: async (claim, undo) => {
      const { group, slot, version, budgets, others = [] } = claim;
      const none = budgets.find((budget) => budget.max < countIn(budget));
      if (none !== undefined) return { status: 'exhausted', budget: none };
      const existing = strikesOf(group).get(slot);
      if (existing !== undefined) {
        return isRepeated(claim, existing) ? { status: 'claimed' } : { status: 'taken', existing };
      }
      if (groupRecordOf(group).version !== version) return { status: 'changed' };
      const spent = budgets.find((budget) => usageOf(budget) + countIn(budget) > budget.max);
      if (spent !== undefined) return { status: 'exhausted', budget: spent };
      const lock = undo?.locks.map((arn) => lockOn(arn)).find((one) => one !== undefined);
      if (lock !== undefined) return { status: 'locked', lock };
      const other = others.find((one) => groupRecordOf(one.group).version !== one.version);
      if (other !== undefined) return { status: 'changed', other: other.group };

      if (undo !== undefined) undos.set(undo.id, undo);
      keep(plannedStrike(claim));
      change(group, { last: lastStrike(claim) });
      for (const one of others) change(one.group, {});
      count(budgets, 1);
      return { status: 'claimed' };
    },

    begin: async (id) => {
      const strike = find(id, ({ state }) => state === 'planned');
      if (strike === undefined) return 'gone';
      if (stop === undefined) {
        keep({ ...strike, state: 'striking' });
        return 'begun';
      }
      strikesOf(id.group).delete(id.slot);
      takeBack(strike);
      return 'stopped';
    },

    settle: async (id, { outcome, detail, isRefusal = false }) => {
      const strike = find(id, isUnsettled);
      if (strike === undefined) throw notUnsettled(id);
      keep({ ...strike, state: outcome, detail });
      if (outcome === 'failed') takeBack(strike, isRefusal ? detail : undefined);
    },

    close: async (id, recovery) => {
      const strike = find(id, isWaiting);
      if (strike === undefined) throw notWaiting(id);
      keep({ ...strike, recovery });
      const unverified = strike.budgets.filter(({ over }) => over === 'unverified');
      count(unverified, -1);
      if (recovery.outcome === 'not-recovered') {
        change(id.group, { leash: groupRecordOf(id.group).leash ?? makeGroupLeash(recovery) });
      }
      return [];
    },

    openUndos: async () => whole([...undos.values()]),
    changeUndo: async (entry, changes) => {
      const changed = { ...current(entry), ...changes, revision: entry.revision + 1 };
      undos.set(entry.id, changed);
      return changed;
    },
    contestUndo: async (entry, changes, at) => {
      const revision = entry.revision + 1;
      const changed = { ...current(entry), ...changes, state: 'contested' as const, revision };
      undos.set(entry.id, changed);
      markUndone(entry, { undoneAt: at });
      return changed;
    },
    endUndo: async (entry, end, endedAt, detail) => {
      current(entry);
      undos.delete(entry.id);
      ended.push({ entry, end, endedAt });
      markUndone(entry, { undoneAt: endedAt, ...(detail !== undefined && { detail }) });
    },
    endedUndos: async (limit) => whole(ended.slice(-limit).reverse()),

    openStrikes: async () =>
      whole(
        [...strikes.values()]
          .flatMap((ofGroup) => [...ofGroup.values()])
          .filter(isOpen)
          .sort(oldestFirst),
      ),
    recentStrikes: async (group, limit) =>
      whole([...strikesOf(group).values()].sort(oldestFirst).reverse().slice(0, limit)),
    usage: async (budgets) => whole(budgets.map(usageOf)),

    recordRun: async (report) => {
      runs.set(report.runId, truncateForRecord(report));
    },
    recentRuns: async (limit) =>
      whole([...runs.values()].sort((a, b) => (a.runId < b.runId ? 1 : -1)).slice(0, limit)),
    openRecording: (head) => {
      const recording = { head, groups: [] as RecordedGroup[], isClosed: false };
      recordings.set(head.runId, recording);
      return {
        add: (groups) => {
          for (const group of groups) recording.groups.push(group);
        },
        close: async () => {
          recording.isClosed = true;
        },
      };
    },
    recording: async (runId) => {
      const kept = recordings.get(runId);
      if (kept?.isClosed === false) throw incompleteRecording(runId, 'no end');
      return kept && { ...kept.head, groups: kept.groups };
    },
    claimAnnouncement: async (day, cause, now) => {
      const isFirst = (told.get(`${day} ${cause}`) ?? Number.NEGATIVE_INFINITY) < now;
      if (isFirst) told.set(`${day} ${cause}`, now + announcingMs);
      return isFirst;
    },
    announced: async (day, cause) => {
      told.set(`${day} ${cause}`, Number.POSITIVE_INFINITY);
    },
    notAnnounced: async (day, cause) => {
      told.delete(`${day} ${cause}`);
    },
  };
}

/** Nothing in memory is unreadable. */
function whole<Value>(found: Value): Readable<Value> {
  return { found, unreadable: [] };
}
