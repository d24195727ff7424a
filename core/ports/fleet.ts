import type { TargetAccount } from '../config/config.ts';
import type { ChosenFault } from '../model/fault.ts';
import type { KindTypes } from '../model/kind-types.ts';
import type { Preparation } from '../model/lasting.ts';
import type { PartialResult } from '../model/partial-result.ts';
import type { RunContext } from '../model/run-context.ts';
import type { StrikeEntry } from '../model/strike.ts';
import type { Target } from '../model/target.ts';
import type { PermissionCheck } from '../reports/run-report.ts';

/** Read-only access to the target accounts. */
export interface Fleet<Of extends KindTypes = KindTypes> {
  /**
   * Calls `see` for every opted-in group in these accounts, as listed and not yet inspected. Only what `see` returns is kept: a wide
   * sweep lists more groups than fit in a small function's memory.
   */
  survey<Seen>(
    accounts: readonly TargetAccount[],
    run: RunContext,
    see: (group: Of['group']) => Seen,
  ): Promise<PartialResult<Survey<Seen>>>;
  /** The groups with this name in these places, by key, opted in or not. A place that could not be read is a failure. */
  find(
    places: readonly { readonly account: string; readonly region: string }[],
    name: string,
    run: RunContext,
  ): Promise<PartialResult<ReadonlyMap<string, Of['group']>>>;
  /** Reads what only groups about to be struck need, by group key. A group that could not be inspected is missing. */
  inspect(
    groups: readonly Of['group'][],
    run: RunContext,
  ): Promise<PartialResult<ReadonlyMap<string, Of['inspection']>>>;
  /** What a target is protected from. Called only for a chosen target. Throws AWS's error. */
  protectionsOf(target: Target, run: RunContext): Promise<readonly string[]>;
  /** What a fault that lasts needs of a target, or why it cannot be done to it. Throws what AWS answers. */
  prepare(strike: IntendedStrike, run: RunContext): Promise<Preparation>;
  /** What roles are not known to be allowed to do of these strikes. Never rejects. */
  permissions(strikes: readonly IntendedStrike[], run: RunContext): Promise<readonly PermissionCheck[]>;
  /** How the groups of these strikes are now, by `strikeKey`, opted in or not. What could not be looked at is missing. */
  observe(
    strikes: readonly StrikeEntry[],
    run: RunContext,
  ): Promise<PartialResult<ReadonlyMap<string, Of['observation']>>>;
}

export interface IntendedStrike {
  readonly target: Target;
  readonly fault: ChosenFault;
}

export interface Survey<Seen> {
  readonly seen: readonly Seen[];
  /** Account-regions whose survey was complete. */
  readonly regionsSurveyed: number;
}
