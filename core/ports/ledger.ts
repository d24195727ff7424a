import type { Budget } from '../model/budget.ts';
import type { ControlRecord, Stop } from '../model/control-record.ts';
import type { GroupLeash, GroupRecord, Veto } from '../model/group-record.ts';
import type { HeldGroup } from '../model/held-groups.ts';
import type { Recovery } from '../model/recovery.ts';
import type { Claim, ClaimOutcome, StrikeEntry, StrikeId, StrikeOutcome } from '../model/strike.ts';
import type { EndedUndo, UndoChanges, UndoEnd, UndoEntry } from '../model/undo-entry.ts';
import type { Readable, UnreadableItem, UnreadableUndo } from '../model/unreadable-item.ts';
import type { RecordedGroup, Recording, RecordingHead } from '../reports/recording.ts';
import type { RunReport } from '../reports/run-report.ts';

/**
 * The durable record. An unreadable item never spoils an answer about other items; a method that needs that very item rejects.
 */
export interface Ledger {
  /** The control item. Its secret is created on first use and never changes. */
  control(): Promise<ControlRecord>;
  /** Undefined lifts it. */
  setStop(stop: Stop | undefined): Promise<void>;
  /** Records that the plan for a calendar day was announced. */
  setPlanAnnounced(day: string): Promise<void>;
  /** The stop alone, without the secret. For people. */
  stop(): Promise<Stop | undefined>;

  /** The records of these groups, by key. Each group given is in the answer unless its item is unreadable. */
  groupRecords(groups: readonly string[]): Promise<Readable<ReadonlyMap<string, GroupRecord>>>;
  /** Undefined lifts it. */
  setVeto(group: string, veto: Veto | undefined): Promise<void>;
  /** Undefined lifts it. */
  setLeash(group: string, leash: GroupLeash | undefined): Promise<void>;
  /** The groups with a veto or a leash in force at `now`, epoch ms, sorted by key. For people: runs read the records. */
  heldGroups(now: number): Promise<readonly HeldGroup[]>;

  /**
   * Plans a strike, in one transaction: no other is on record for this slot and group, the group's record is still what
   * the decision was made on, no budget is exceeded, and nobody holds a lock of `undo`, which is kept with it. Of callers that
   * claim at the same moment, one is told `claimed`.
   */
  claim(claim: Claim, undo?: UndoEntry): Promise<ClaimOutcome>;
  /**
   * Call this before AWS. Returns `begun` at most once per claim, and never while a stop is set: `stopped` means that the plan was
   * withdrawn without a trace. `gone`: the plan no longer exists.
   */
  begin(strike: StrikeId): Promise<'begun' | 'stopped' | 'gone'>;
  /**
   * Records the outcome of a strike that is planned, striking or unknown. A failed strike returns what it claimed from the budgets
   * and does not count as the group's last strike; a refusal is kept in the group's record. Rejects with `StrikeConflict` if the
   * strike is in any other state.
   */
  settle(strike: StrikeId, outcome: StrikeOutcome): Promise<void>;
  /** Strikes that are planned, striking, or waiting for their group to recover. Oldest first. */
  openStrikes(): Promise<Readable<readonly StrikeEntry[]>>;
  /**
   * Ends the wait for recovery: returns what the strike claimed from the `unverified` budgets, and leashes a group that did not
   * recover. Rejects with `StrikeConflict` if the strike is not open. Returns unreadable items that did not prevent this.
   */
  close(strike: StrikeId, recovery: Recovery): Promise<readonly UnreadableItem[]>;
  /** The most recent strikes of a group, newest first. */
  recentStrikes(group: string, limit: number): Promise<Readable<readonly StrikeEntry[]>>;
  /** Undo entries that are not closed, in no order. One that cannot be read is open, too: nobody has closed it. */
  openUndos(): Promise<OpenUndos>;
  /**
   * Changes an open entry, and returns it as it is then. Rejects with `UndoConflict` unless it is as the caller has seen it.
   */
  changeUndo(entry: UndoEntry, changes: UndoChanges): Promise<UndoEntry>;
  /**
   * The same for one whose target somebody else has changed: its group's recovery is judged from `at` on, ISO 8601, UTC, but its locks
   * are kept.
   */
  contestUndo(
    entry: UndoEntry,
    changes: Pick<UndoEntry, 'problem' | 'byHand'>,
    at: string,
  ): Promise<UndoEntry>;
  /**
   * Closes an entry, releases its locks, and lets its group's recovery be judged from `at` on, ISO 8601, UTC. Rejects with `UndoConflict`
   * unless the entry is as the caller has seen it. `detail`: the strike's from now on.
   */
  endUndo(entry: UndoEntry, end: UndoEnd, at: string, detail?: string): Promise<void>;
  /** The entries that were closed last, newest first. */
  endedUndos(limit: number): Promise<Readable<readonly EndedUndo[]>>;
  /** How much of each budget is used, in the order asked; undefined, for each unreadable item in turn, where it cannot be told. */
  usage(budgets: readonly Budget[]): Promise<Readable<readonly (number | undefined)[]>>;

  /** Stores the report, truncated to fit an item. A second report of the same run replaces the first. */
  recordRun(report: RunReport): Promise<void>;
  /** The most recent reports, newest first. */
  recentRuns(limit: number): Promise<Readable<readonly RunReport[]>>;
  /** Starts recording what a run's decisions are based on. */
  openRecording(head: RecordingHead): RecordingWriter;
  /** Undefined if there is none, or it has expired. Rejects with `InvalidInput` if it is incomplete. */
  recording(runId: string): Promise<Recording | undefined>;
  /**
   * Reserves something that is announced once a day. Whoever gets true must announce it and call `announced` or `notAnnounced`;
   * others get false. A reservation expires `announcingMs` after `now`, epoch ms: its holder has died, and the next caller gets it.
   */
  claimAnnouncement(day: string, cause: string, now: number): Promise<boolean>;
  /** Ends a reservation: the cause is not announced again that day. */
  announced(day: string, cause: string): Promise<void>;
  /** Returns a reservation, so that another run can announce the cause. */
  notAnnounced(day: string, cause: string): Promise<void>;
}

export type OpenUndos = Readable<readonly UndoEntry[], UnreadableUndo>;

/** Writes in the background while groups are added, so that few are in memory and the run does not wait. */
export interface RecordingWriter {
  add(groups: readonly RecordedGroup[]): void;
  /** Completes the recording: one that was never closed counts as incomplete. Rejects if any part could not be written. */
  close(): Promise<void>;
}
