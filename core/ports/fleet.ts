import type { TargetAccount } from '../config/config.ts';
import type { KindTypes } from '../model/kind-types.ts';
import type { PartialResult } from '../model/partial-result.ts';
import type { RunContext } from '../model/run-context.ts';
import type { StrikeEntry } from '../model/strike.ts';
import type { Target } from '../model/target.ts';

/** Can look, and do nothing else. */
export interface Fleet<Of extends KindTypes = KindTypes> {
  /**
   * Shows `see` every opted-in group of these accounts, as listed and not yet inspected. Groups are shown as they come and then
   * released, as a wide sweep sees more of them than fit into a small memory; what `see` returns is kept.
   */
  survey<Seen>(
    accounts: readonly TargetAccount[],
    run: RunContext,
    see: (group: Of['group']) => Seen,
  ): Promise<PartialResult<Survey<Seen>>>;
  /** The groups with this name in these places, by key, opted in or not. A place that could not be looked at is a failure. */
  find(
    places: readonly { readonly account: string; readonly region: string }[],
    name: string,
    run: RunContext,
  ): Promise<PartialResult<ReadonlyMap<string, Of['group']>>>;
  /** What is read only about groups that are about to be struck, by group key. A group that could not be looked up is missing. */
  inspect(
    groups: readonly Of['group'][],
    run: RunContext,
  ): Promise<PartialResult<ReadonlyMap<string, Of['inspection']>>>;
  /** What a target is protected from, asked only about one that has been chosen. Throws what AWS answers. */
  protectionsOf(target: Target, run: RunContext): Promise<readonly string[]>;
  /** How the groups of these strikes are now, by `strikeKey`, opted in or not. What could not be looked at is missing. */
  observe(
    strikes: readonly StrikeEntry[],
    run: RunContext,
  ): Promise<PartialResult<ReadonlyMap<string, Of['observation']>>>;
}

export interface Survey<Seen> {
  readonly seen: readonly Seen[];
  /** Account-regions that were seen whole. */
  readonly regionsSurveyed: number;
}
