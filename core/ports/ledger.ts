import type { Budget } from '../model/budget.ts';
import type { ControlRecord, Stop } from '../model/control-record.ts';
import type { GroupLeash, GroupRecord, Veto } from '../model/group-record.ts';
import type { HeldGroup } from '../model/held-groups.ts';
import type { Recovery } from '../model/recovery.ts';
import type { Claim, ClaimOutcome, StrikeEntry, StrikeId, StrikeOutcome } from '../model/strike.ts';
import type { EndedUndo, UndoChanges, UndoEnd, UndoEntry } from '../model/undo-entry.ts';
import type { Readable, UnreadableItem } from '../model/unreadable-item.ts';
import type { RecordedGroup, Recording, RecordingHead } from '../reports/recording.ts';
import type { RunReport } from '../reports/run-report.ts';

/** The durable record. An item that cannot be read costs what is asked of others nothing; where it is asked of itself it throws. */
export interface Ledger {
  /** The control item; its secret is made when the ledger is first used, and is the same ever after. */
  control(): Promise<ControlRecord>;
  /** Sets or lifts the stop. */
  setStop(stop: Stop | undefined): Promise<void>;
  /** Says that the plan of a calendar day was announced. */
  setPlanAnnounced(day: string): Promise<void>;
  /** The stop alone, without the secret: for people. */
  stop(): Promise<Stop | undefined>;

  /** What stands about these groups, by key; every group asked for is in the answer, or its item cannot be read. */
  groupRecords(groups: readonly string[]): Promise<Readable<ReadonlyMap<string, GroupRecord>>>;
  /** Sets or lifts the veto of a group. */
  setVeto(group: string, veto: Veto | undefined): Promise<void>;
  /** Sets or lifts the leash of a group. */
  setLeash(group: string, leash: GroupLeash | undefined): Promise<void>;
  /** The groups that a veto or a leash holds at `now`, epoch ms, by key. For people; what runs go by is the record. */
  heldGroups(now: number): Promise<readonly HeldGroup[]>;

  /**
   * Plans a strike, in one transaction: no other is on record for this slot and group, the group's record is still what
   * the decision was made on, no budget is exceeded, and nobody holds a lock of `undo`, which is kept with it. Of callers that
   * claim at the same moment, one is told `claimed`.
   */
  claim(claim: Claim, undo?: UndoEntry): Promise<ClaimOutcome>;
  /**
   * To be called before AWS is. `begun` is told once, while the plan stands, and to nobody once `setStop` has set a stop,
   * until it is lifted; a plan that meets a stop is withdrawn and leaves nothing behind. `gone`: the plan no longer stands.
   */
  begin(strike: StrikeId): Promise<'begun' | 'stopped' | 'gone'>;
  /**
   * What came of a strike that is planned or striking, or was unknown. A failed one gives back what it claimed of the
   * budgets, and does not count as the group's last strike; a refusal stands about the group. Rejects with `StrikeConflict` if the
   * strike is not in such a state.
   */
  settle(strike: StrikeId, outcome: StrikeOutcome): Promise<void>;
  /** Strikes that are neither failed nor verified: planned, striking, or waiting for their group to recover. Oldest first. */
  openStrikes(): Promise<Readable<readonly StrikeEntry[]>>;
  /**
   * Ends the wait: the budgets of concurrently unverified strikes are given back, and a group that did not recover is leashed.
   * Rejects with `StrikeConflict` if the strike is not open. Returns items that cannot be read, and did not keep it from that.
   */
  close(strike: StrikeId, recovery: Recovery): Promise<readonly UnreadableItem[]>;
  /** The most recent strikes of a group, newest first. */
  recentStrikes(group: string, limit: number): Promise<Readable<readonly StrikeEntry[]>>;
  /** Undo entries that are not closed, in no order. */
  openUndos(): Promise<Readable<readonly UndoEntry[]>>;
  /**
   * Changes an open entry, and returns it as it is then. Rejects with `UndoConflict` unless it is as the caller has seen it.
   */
  changeUndo(entry: UndoEntry, changes: UndoChanges): Promise<UndoEntry>;
  /**
   * The same for one whose target somebody else has changed: its group's recovery is judged from `at` on, ISO 8601, UTC, but its locks
   * are kept.
   */
  contestUndo(entry: UndoEntry, problem: string, at: string): Promise<UndoEntry>;
  /**
   * Closes an entry, releases its locks, and lets its group's recovery be judged from `at` on, ISO 8601, UTC. Rejects with `UndoConflict`
   * unless the entry is as the caller has seen it. `detail`: the strike's from now on.
   */
  endUndo(entry: UndoEntry, end: UndoEnd, at: string, detail?: string): Promise<void>;
  /** The entries that were closed last, newest first. */
  endedUndos(limit: number): Promise<Readable<readonly EndedUndo[]>>;
  /** How much of each budget is used, in the order asked; undefined, for each unreadable item in turn, where it cannot be told. */
  usage(budgets: readonly Budget[]): Promise<Readable<readonly (number | undefined)[]>>;

  /** Keeps the report, cut to what an item holds. A second report of the same run takes the first one's place. */
  recordRun(report: RunReport): Promise<void>;
  /** The most recent reports, newest first. */
  recentRuns(limit: number): Promise<Readable<readonly RunReport[]>>;
  /** Begins to keep what a run is decided on. */
  openRecording(head: RecordingHead): RecordingWriter;
  /** Undefined when there is none, or no longer. Rejects with `InvalidInput` where it is incomplete. */
  recording(runId: string): Promise<Recording | undefined>;
  /**
   * True for one at a time, and until it is `announced` that day, of what people are to hear of once a day: whoever is told so tells
   * them. Who has not in `announcingMs` after `now`, epoch ms, has died, and the next that asks is to tell it.
   */
  claimAnnouncement(day: string, cause: string, now: number): Promise<boolean>;
  /** People have been told. */
  announced(day: string, cause: string): Promise<void>;
  /** Nobody was told after all. */
  notAnnounced(day: string, cause: string): Promise<void>;
}

/** Writes while groups are added, so that memory holds little of them, and nobody waits. */
export interface RecordingWriter {
  add(groups: readonly RecordedGroup[]): void;
  /** Completes the recording; one that was not closed is never taken for a whole one. Rejects where some of it could not be written. */
  close(): Promise<void>;
}
