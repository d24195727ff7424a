import type { ClockSkew } from './clock-skew.ts';
import type { Config, TargetAccount } from './config.ts';
import type { ChosenFault, FaultRegistry, Target, TargetSeen } from './fault.ts';
import type { Alarm, Group, Looked, Protection } from './group.ts';
import type { HeldGroup } from './held.ts';
import type { Plan } from './plan/plan.ts';
import type { Recording } from './recording.ts';
import type { Decision, Failure, Recovered, Recovery, RunReport, Slot, Strike } from './report.ts';
import type { Readable, UnreadableItem } from './unreadable.ts';

/** All that a run needs of the world outside. */
export interface World {
  readonly config: Config;
  readonly faults: FaultRegistry;
  readonly clock: Clock;
  readonly skew: ClockSkew;
  readonly fleet: Fleet;
  readonly striker: Striker;
  readonly ledger: Ledger;
  readonly signals: Signals;
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
  /** The groups of a name in these places, by key, opted in or not. A place that could not be looked at is a failure. */
  find(
    places: readonly { readonly account: string; readonly region: string }[],
    name: string,
    run: RunContext,
  ): Promise<Gathered<ReadonlyMap<string, Group>>>;
  /** What is asked only of groups about to be struck, by group key. A group that could not be looked up is missing. */
  inspect(groups: readonly Group[], run: RunContext): Promise<Gathered<ReadonlyMap<string, Looked>>>;
  /** What an instance's attributes protect it from. Throws what AWS answers. */
  protectionsOf(target: Target, run: RunContext): Promise<readonly Protection[]>;
  /** How the groups of these strikes are now, by `strikeKey`, opted in or not. What could not be looked at is missing. */
  observe(
    strikes: readonly StrikeEntry[],
    run: RunContext,
  ): Promise<Gathered<ReadonlyMap<string, Observation>>>;
}
export interface Survey<Seen> {
  readonly seen: readonly Seen[];
  /** Account-regions that were seen whole. */
  readonly regionsSurveyed: number;
}
/** A group some time after a strike. */
export interface Observation {
  /** With EC2's view in it: a member that EC2 does not call running is not healthy. Undefined: the group is gone. */
  readonly group: Group | undefined;
  readonly target: TargetSeen;
  /** Epoch ms at which launches ended that began after the strike; empty where the group keeps no record of them. */
  readonly launchesEnded: readonly number[];
  /** Whether the group is launching or ending instances right now. */
  readonly isScaling: boolean;
}

/** What the outside world says before anything is decided, as far as the configuration asks for it. */
export interface Signals {
  /** The organisation's CloudWatch alarms, in the master account. Throws what AWS answers. */
  alarms(): Promise<readonly Alarm[]>;
  /** The SSM Change Calendars that are closed now. Throws what AWS answers. */
  closedCalendars(): Promise<readonly string[]>;
}

/** A target, what is to be done to it, and what that was decided on. */
export interface Order {
  readonly target: Target;
  readonly fault: ChosenFault;
  /** Value of the group's app tag. */
  readonly app: string | undefined;
  /** The group's healthy capacity. */
  readonly healthy: number;
  /** The version of the group's standing. */
  readonly version: number;
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
  /** Strikes, and says what came of it. Not retried past `until`, epoch ms. Does not reject for what AWS answers. */
  strike(order: Order, until: number): Promise<StrikeOutcome>;
}
export interface StrikeOutcome {
  /** `unknown`: AWS was asked, and whether it did it is not known. */
  readonly outcome: 'succeeded' | 'failed' | 'unknown';
  /** What changed, or what went wrong, in a few words. */
  readonly detail: string;
  /** Failed, and would fail again: AWS refused for what the instance is, or for what may be done to it. */
  readonly isRefusal?: boolean;
}

/** The durable record. An item that cannot be read costs what is asked of others nothing; where it is asked of itself it throws. */
export interface Ledger {
  /** The control item; its secret is made when the ledger is first used, and is the same ever after. */
  control(): Promise<Control>;
  /** Sets or lifts the stop. */
  setStop(stop: Stop | undefined): Promise<void>;
  /** Says that the plan of a calendar day was announced. */
  setPlanTold(day: string): Promise<void>;
  /** The stop alone, without the secret: for people. */
  stop(): Promise<Stop | undefined>;

  /** What stands about these groups, by key; every group asked for is in the answer, or its item cannot be read. */
  standings(groups: readonly string[]): Promise<Readable<ReadonlyMap<string, Standing>>>;
  /** Sets or lifts the veto of a group. */
  setVeto(group: string, veto: Veto | undefined): Promise<void>;
  /** Sets or lifts the leash of a group. */
  setLeash(group: string, leash: GroupLeash | undefined): Promise<void>;
  /** The groups that a veto or a leash holds at `now`, epoch ms, by key. For people; what runs go by is the standing. */
  heldGroups(now: number): Promise<readonly HeldGroup[]>;

  /**
   * Plans a strike, in one transaction: no other is on record for this slot and group, the group's standing is still what
   * the decision was made on, and no budget is exceeded. Of callers that claim at the same moment, one is told `claimed`.
   */
  claim(claim: Claim): Promise<ClaimOutcome>;
  /**
   * To be called before AWS is. `begun` is told once, while the plan stands, and to nobody once `setStop` has set a stop,
   * until it is lifted; a plan that meets a stop is withdrawn and leaves nothing behind. `gone`: the plan no longer stands.
   */
  begin(strike: StrikeId): Promise<'begun' | 'stopped' | 'gone'>;
  /**
   * What came of a strike that is planned or striking, or was unknown. A failed one gives back what it claimed of the
   * budgets, and does not count as the group's last strike; a refusal stands about the group. Rejects with `NotStanding` if the
   * strike is not in such a state.
   */
  settle(strike: StrikeId, outcome: StrikeOutcome): Promise<void>;
  /** Strikes that are neither failed nor verified: planned, striking, or waiting for their group to recover. Oldest first. */
  openStrikes(): Promise<Readable<readonly StrikeEntry[]>>;
  /**
   * Ends the wait: the budgets of concurrently unverified strikes are given back, and a group that did not recover is leashed.
   * Rejects with `NotStanding` if the strike is not open. Returns items that cannot be read, and did not keep it from that.
   */
  close(strike: StrikeId, recovery: Recovery): Promise<readonly UnreadableItem[]>;
  /** The most recent strikes of a group, newest first. */
  recentStrikes(group: string, limit: number): Promise<Readable<readonly StrikeEntry[]>>;
  /** How much of each budget is used, in the order asked; undefined, for each unreadable item in turn, where it cannot be told. */
  spent(budgets: readonly Budget[]): Promise<Readable<readonly (number | undefined)[]>>;

  /** Keeps the report, cut to what an item holds. A second report of the same run takes the first one's place. */
  recordRun(report: RunReport): Promise<void>;
  /** The most recent reports, newest first. */
  recentRuns(limit: number): Promise<Readable<readonly RunReport[]>>;
  /** Keeps what a run was decided on, compressed; rejects where it is too large to be kept. */
  keepRecording(recording: Recording): Promise<void>;
  /** Undefined when there is none, or no longer. */
  recording(runId: string): Promise<Recording | undefined>;
  /**
   * True for one at a time, and until it is `told` that day, of what people are to hear of once a day: whoever is told so tells
   * them. Who has not in `tellingMs` after `now`, epoch ms, has died, and the next that asks is to tell it.
   */
  firstToTell(day: string, cause: string, now: number): Promise<boolean>;
  /** People have been told. */
  told(day: string, cause: string): Promise<void>;
  /** Nobody was told after all. */
  notTold(day: string, cause: string): Promise<void>;
}

/** A strike is no longer, or not yet, in the state that was to be changed: somebody else was quicker. */
export class NotStanding extends Error {
  override readonly name = 'NotStanding';
}

export interface Control {
  /** 64 hex digits. Draws are a function of it, so that nobody without access to the ledger can foresee them. */
  readonly secret: string;
  /** One that cannot be read is a stop like any other. */
  readonly stop: Stop | undefined;
  /** The item, where a part of it cannot be read that runs can do without. */
  readonly unreadable: readonly UnreadableItem[];
  /** The last calendar day whose plan was announced. */
  readonly planTold: string | undefined;
}
export interface Stop {
  readonly reason: string;
  /** The caller's ARN, or what else is known of them. */
  readonly by: string;
  /** ISO 8601, UTC. */
  readonly at: string;
}

/** What is on record about a group. */
export interface Standing {
  /** Grows with every change; 0 where nothing is on record. */
  readonly version: number;
  /** The last strike that did not fail. */
  readonly last: LastStrike | undefined;
  readonly veto: Veto | undefined;
  readonly leash: GroupLeash | undefined;
  readonly refusals?: Refusals;
}
/** The strikes of a group that AWS refused on one day, the latest on which it did. */
export interface Refusals {
  /** The calendar day, in the schedule's zone: `2026-11-23`. */
  readonly day: string;
  /** Oldest first. */
  readonly of: readonly Refusal[];
}
export interface Refusal {
  readonly instanceId: string;
  /** What AWS said. */
  readonly detail: string;
}
export interface LastStrike {
  readonly slot: string;
  /** The calendar day, in the schedule's zone: `2026-11-23`. */
  readonly day: string;
  /** ISO 8601, UTC. */
  readonly at: string;
}
/** A person's word that a group is left alone for a time. */
export interface Veto {
  readonly reason: string;
  readonly by: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** ISO 8601, UTC: it holds before that moment. */
  readonly until: string;
}
/** A group that is left alone until somebody lifts it. `by` is `chaos_monkey` where a group did not recover. */
export interface GroupLeash {
  readonly reason: string;
  readonly by: string;
  /** ISO 8601, UTC. */
  readonly at: string;
}

export type BudgetScope = 'organization' | 'account' | 'region' | 'app' | 'group';
/** Something that strikes are counted by. */
export interface Budget {
  readonly scope: BudgetScope;
  /** The account's id, the region, the app, the group's key; empty for the organisation. */
  readonly of: string;
  /** The day of which strikes are counted, `2026-11-23`; or those that are open now. */
  readonly over: string | 'unverified';
}
/** A budget and how much there is of it. */
export interface BudgetLimit extends Budget {
  readonly max: number;
}
/** How much of it is used. */
export interface UsedBudget extends BudgetLimit {
  readonly used: number;
}

export interface StrikeId {
  readonly slot: string;
  /** The group's key. */
  readonly group: string;
  readonly runId: string;
}
export interface Claim extends StrikeId, Order {
  /** The calendar day, in the schedule's zone. */
  readonly day: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** Epoch ms by which the run that claims has surely ended, and a strike that has no outcome has none that will come. */
  readonly abandonedAfter: number;
  readonly budgets: readonly BudgetLimit[];
}
/** A claim and what became of it. */
export interface StrikeEntry extends Claim {
  /** `planned`: AWS has not been asked. `striking`: it may have been. */
  readonly state: 'planned' | 'striking' | StrikeOutcome['outcome'];
  readonly detail: string;
  /** Undefined while the strike is open; a failed one has none. */
  readonly recovery: Recovery | undefined;
}
export type ClaimOutcome =
  | { readonly status: 'claimed' }
  /** Somebody was here before: the strike that stands. */
  | { readonly status: 'taken'; readonly standing: StrikeEntry }
  /** The group's standing is another than the decision was made on. */
  | { readonly status: 'changed' }
  | { readonly status: 'spent'; readonly budget: BudgetLimit };

/** Names a strike in maps and messages. */
export function strikeKey({ slot, group }: Pick<StrikeId, 'slot' | 'group'>): string {
  return `${group} in slot ${slot}`;
}

/** Tells people. */
export interface Announcer {
  /** `old`: how many of its failures are no news, and no reason to tell people of it. */
  announce(report: RunReport, old?: number): Promise<void>;
  /** The day's plan. */
  announcePlan(plan: Plan): Promise<void>;
  /** Of a group that did not recover, as soon as that is seen: the run may die before it announces anything. */
  raiseAlarm(recovered: Recovered): Promise<void>;
}

/** What a run says as it goes: one line a decision, and the numbers at the end. */
export interface Journal {
  begun(run: RunContext, slot: Slot, task: RunReport['task']): void;
  decided(decision: Decision): void;
  struck(strike: Strike): void;
  /** A strike's group has recovered, or has not. */
  verified(recovered: Recovered): void;
  failed(failure: Failure): void;
  ended(report: RunReport): void;
}
