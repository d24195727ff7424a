import type { Config, TargetAccount } from './config.ts';
import type { ChosenFault, FaultRegistry, Target } from './fault.ts';
import type { Group, InspectedInstance } from './group.ts';
import type { Decision, Failure, RunReport, Slot, Strike } from './report.ts';

/** All that a run needs of the world outside. */
export interface World {
  readonly config: Config;
  readonly faults: FaultRegistry;
  readonly clock: Clock;
  readonly fleet: Fleet;
  readonly striker: Striker;
  readonly ledger: Ledger;
  readonly announcer: Announcer;
  readonly journal: Journal;
}

export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  sleep(ms: number): Promise<void>;
}

/** A run's name and its time. */
export interface RunContext {
  /** `20261123T090000Z-3f9a1c2b`: sorts by time, fits a session name. */
  readonly runId: string;
  /** Epoch ms after which no call to a target account is begun or retried, so that there is time to record and announce. */
  readonly deadline: number;
  /** The same for the survey, earlier, so that slow accounts leave time for the strikes. */
  readonly surveyBy: number;
}

/** An answer that is worth having even when some of it is missing. */
export interface Gathered<Value> {
  readonly found: Value;
  readonly failures: readonly Failure[];
}

/** Looks, and cannot do anything else. */
export interface Fleet {
  /**
   * Shows `see` every opted-in group of these accounts, as listed: its instances have not been looked up. Groups are shown as
   * they come and then let go, as a wide sweep sees more than fit in a small memory; what `see` returns is kept.
   */
  survey<Seen>(
    accounts: readonly TargetAccount[],
    run: RunContext,
    see: (group: Group) => Seen,
  ): Promise<Gathered<Survey<Seen>>>;
  /** The instances of groups about to be struck, by group key. A group that could not be looked up is missing. */
  inspect(
    groups: readonly Group[],
    run: RunContext,
  ): Promise<Gathered<ReadonlyMap<string, readonly InspectedInstance[]>>>;
}
export interface Survey<Seen> {
  readonly seen: readonly Seen[];
  /** Account-regions that were seen whole. */
  readonly regionsSurveyed: number;
}

/** A target and what is to be done to it. */
export interface Order {
  readonly target: Target;
  readonly fault: ChosenFault;
}

/** Strikes, under sessions that can reach the ordered targets and nothing else. */
export interface Striker {
  /**
   * Opens sessions for these orders, as few as hold them. An account whose role cannot be assumed is a failure for each of
   * its orders, and those are in no session.
   */
  open(orders: readonly Order[], run: RunContext): Promise<Gathered<readonly StrikeSession[]>>;
}
export interface StrikeSession {
  readonly orders: readonly Order[];
  /** Returns what changed, in a few words; throws what AWS answers. Not retried past `until`, epoch ms. */
  strike(order: Order, until: number): Promise<string>;
}

/** The durable record. */
export interface Ledger {
  /** The control item; its secret is made when the ledger is first used, and is the same ever after. */
  control(): Promise<Control>;
  /** Sets or lifts the stop. */
  setStop(stop: Stop | undefined): Promise<void>;
  /** The stop alone, without the secret: for people. */
  stop(): Promise<Stop | undefined>;
  /**
   * Claims a group for a slot. One caller is told `claimed`, ever, whoever else claims at the same moment; and nobody is
   * once `setStop` has set a stop, until it is lifted. A claim refused under a stop leaves nothing behind.
   */
  claim(claim: Claim): Promise<ClaimOutcome>;
  /** What came of a claimed strike. Rejects if no claim of that run stands. */
  recordStrike(record: StrikeRecord): Promise<void>;
  /** Keeps the report, cut to what an item holds. A second report of the same run takes the first one's place. */
  recordRun(report: RunReport): Promise<void>;
  /** The most recent reports, newest first. */
  recentRuns(limit: number): Promise<readonly RunReport[]>;
}

export interface Control {
  /** 64 hex digits. Draws are a function of it, so that nobody without access to the ledger can foresee them. */
  readonly secret: string;
  readonly stop: Stop | undefined;
}
export interface Stop {
  readonly reason: string;
  /** The caller's ARN, or what else is known of them. */
  readonly by: string;
  /** ISO 8601, UTC. */
  readonly at: string;
}
export interface Claim {
  readonly slot: string;
  /** The group's key. */
  readonly group: string;
  readonly runId: string;
  readonly instanceId: string;
  readonly fault: string;
  /** ISO 8601, UTC. */
  readonly at: string;
}
/** A claim whose strike has been made. */
export interface StrikeRecord extends Claim {
  readonly outcome: 'succeeded' | 'failed';
  readonly detail: string;
}
export type ClaimOutcome =
  | { readonly status: 'claimed' }
  /** Somebody was here before: the claim that stands, with its outcome if that is known. */
  | { readonly status: 'taken'; readonly standing: Claim | StrikeRecord }
  | { readonly status: 'stopped' };

/** Tells people. */
export interface Announcer {
  announce(report: RunReport): Promise<void>;
}

/** What a run says as it goes: one line a decision, and the numbers at the end. */
export interface Journal {
  begun(run: RunContext, slot: Slot): void;
  decided(decision: Decision): void;
  struck(strike: Strike): void;
  failed(failure: Failure): void;
  ended(report: RunReport): void;
}
