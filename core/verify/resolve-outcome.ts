import { kindOfTarget } from '../kinds/kind.ts';
import type { Observation } from '../model/observation.ts';
import type { StrikeEntry, StrikeOutcome } from '../model/strike.ts';
import type { World } from '../ports/world.ts';
import { unobservedText } from './assess-recovery.ts';

type ResolvingWorld = Pick<World, 'faults' | 'kinds'>;

/** What became of a strike, as far as it can be told now. */
export interface Resolution {
  /** Undefined while it has no outcome. */
  readonly outcome: StrikeOutcome['outcome'] | undefined;
  /** The outcome to settle it with, where the ledger has another or none. */
  readonly settles?: StrikeOutcome;
  /** Where its run died: what was found of its strike. */
  readonly died?: string;
}

/** The outcome of a strike that a dying run left without one, or whose answer was lost: what an observation shows. Pure. */
export function resolveOutcome(
  strike: StrikeEntry,
  observation: Observation | undefined,
  world: ResolvingWorld,
  now: number,
): Resolution {
  const { state } = strike;
  if (state === 'planned') {
    const detail = 'its run ended before AWS was asked';
    const died = `${detail}: nothing was done`;
    return { outcome: 'failed', settles: { outcome: 'failed', detail }, died };
  }
  const found = observation === undefined ? unobserved(strike, now) : shown(strike, observation, world);
  if (state === 'striking') {
    return found === undefined
      ? { outcome: undefined }
      : { outcome: found.outcome, settles: found, died: found.detail };
  }
  // What no observation can show stays unknown, and its group is observed all the same.
  if (state !== 'unknown' || found === undefined || found.outcome === 'unknown') return { outcome: state };
  return { outcome: found.outcome, settles: found };
}

function unobserved(strike: StrikeEntry, now: number): StrikeOutcome | undefined {
  const detail = unobservedText(strike, now);
  return detail === undefined ? undefined : { outcome: 'unknown', detail };
}

function shown(
  { fault, target, at }: StrikeEntry,
  seen: Observation,
  { faults, kinds }: ResolvingWorld,
): StrikeOutcome {
  const tookEffect = faults.get(fault.name)?.tookEffect?.(seen, Date.parse(at));
  const found = `${target.id} was found ${kindOfTarget(kinds, target).found(seen)}`;
  if (tookEffect === undefined) {
    return { outcome: 'unknown', detail: `${found}, which does not show whether it was struck` };
  }
  return tookEffect
    ? { outcome: 'succeeded', detail: found }
    : { outcome: 'failed', detail: `${found}: it was not struck` };
}

/** The code of its failure. Not the class's own name, which does not outlive the bundler. */
export const runDied = 'RunDied';

/** A run that left a strike without an outcome. Its own report may never have been made, so a later run reports it. */
export class RunDied extends Error {
  override readonly name = runDied;

  constructor({ runId, target }: StrikeEntry, found: string) {
    super(`run ${runId} left its strike on ${target.id} without an outcome. ${found}`);
  }
}
