import { findTargetKind } from '../kinds/kind.ts';
import type { Observation } from '../model/observation.ts';
import type { StrikeEntry, StrikeOutcome } from '../model/strike.ts';
import type { World } from '../ports/world.ts';
import { unobservedText } from './assess-recovery.ts';
import { tookEffectOf } from './took-effect-of.ts';

type ResolvingWorld = Pick<World, 'faults' | 'kinds'>;

/** The outcome of a strike, as far as it is known by now. */
export interface Resolution {
  /** Undefined while there is none. */
  readonly outcome: StrikeOutcome['outcome'] | undefined;
  /** The outcome to settle it with, if the ledger has a different one or none. */
  readonly settles?: StrikeOutcome;
  /** If its run died: what was found out about the strike. */
  readonly died?: string;
}

/** Determines, from an observation, the outcome of a strike whose run died or whose answer was lost. Pure. */
export function resolveOutcome(
  strike: StrikeEntry,
  observation: Observation | undefined,
  world: ResolvingWorld,
  now: number,
): Resolution {
  const { state } = strike;
  if (state === 'planned') {
    const detail = 'its run ended before it called AWS';
    const died = `${detail}: nothing was done`;
    return { outcome: 'failed', settles: { outcome: 'failed', detail }, died };
  }
  const found = observation === undefined ? unobserved(strike, now) : shown(strike, observation, world);
  if (state === 'striking') {
    return found === undefined
      ? { outcome: undefined }
      : { outcome: found.outcome, settles: found, died: found.detail };
  }
  // If no observation can show it, the outcome stays unknown, and the group's recovery is verified anyway.
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
  const tookEffect = tookEffectOf(faults.get(fault.name))?.(seen, Date.parse(at));
  const found = `${target.id} was found ${findTargetKind(kinds, target).found(seen)}`;
  if (tookEffect === undefined) {
    return { outcome: 'unknown', detail: `${found}, which does not show whether it was struck` };
  }
  return tookEffect
    ? { outcome: 'succeeded', detail: found }
    : { outcome: 'failed', detail: `${found}: it was not struck` };
}

/** The failure's code. Not the class's name, which the bundler may change. */
export const runDied = 'RunDied';

/** A run left a strike without an outcome. It may never have made its own report, so a later run reports it. */
export class RunDied extends Error {
  override readonly name = runDied;

  constructor({ runId, target }: StrikeEntry, found: string) {
    super(`run ${runId} left its strike on ${target.id} without an outcome. ${found}`);
  }
}
