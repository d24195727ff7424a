import type { TargetAccount } from '../config/config.ts';
import type { Group, Inspection, Protection } from '../model/group.ts';
import type { Observation } from '../model/observation.ts';
import type { PartialResult } from '../model/partial-result.ts';
import type { RunContext } from '../model/run-context.ts';
import type { StrikeEntry } from '../model/strike.ts';
import type { Target } from '../model/target.ts';

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
  ): Promise<PartialResult<Survey<Seen>>>;
  /** The groups of a name in these places, by key, opted in or not. A place that could not be looked at is a failure. */
  find(
    places: readonly { readonly account: string; readonly region: string }[],
    name: string,
    run: RunContext,
  ): Promise<PartialResult<ReadonlyMap<string, Group>>>;
  /** What is asked only of groups about to be struck, by group key. A group that could not be looked up is missing. */
  inspect(groups: readonly Group[], run: RunContext): Promise<PartialResult<ReadonlyMap<string, Inspection>>>;
  /** What an instance's attributes protect it from. Throws what AWS answers. */
  protectionsOf(target: Target, run: RunContext): Promise<readonly Protection[]>;
  /** How the groups of these strikes are now, by `strikeKey`, opted in or not. What could not be looked at is missing. */
  observe(
    strikes: readonly StrikeEntry[],
    run: RunContext,
  ): Promise<PartialResult<ReadonlyMap<string, Observation>>>;
}

export interface Survey<Seen> {
  readonly seen: readonly Seen[];
  /** Account-regions that were seen whole. */
  readonly regionsSurveyed: number;
}
