import { findTargetKind } from '../kinds/kind.ts';
import type { Observation } from '../model/observation.ts';
import type { Recovery } from '../model/recovery.ts';
import type { StrikeEntry } from '../model/strike.ts';
import type { World } from '../ports/world.ts';
import { tookEffectOf } from './took-effect-of.ts';

/** Multiplies the time limit for a group that something else is also changing, such as a deployment. */
const busyPatience = 4;

/** A group that cannot be observed for this long counts as not recovered, as its open strike uses up budgets that others share. */
const unobservedPatienceMs = 24 * 60 * 60_000;

/** How a group recovered from a strike, or that it did not in time; undefined while it still may. Pure. */
export function assessRecovery(
  strike: StrikeEntry,
  observation: Observation | undefined,
  { faults, kinds, config }: Pick<World, 'faults' | 'kinds' | 'config'>,
  now: number,
): Recovery | undefined {
  const { withinMinutes } = config.recovery;
  const at = new Date(now).toISOString();
  if (observation === undefined) {
    const text = unobservedText(strike, now);
    return text === undefined ? undefined : { outcome: 'not-recovered', at, text };
  }
  const losesTarget = tookEffectOf(faults.get(strike.fault.name)) !== undefined;
  const kind = findTargetKind(kinds, strike.target);
  const { isBusy, ...seen } = kind.recovery(strike, observation, { losesTarget, now });
  if (seen.outcome !== 'not-recovered') return { ...seen, at };
  const waitedMs = now - Date.parse(strike.undoneAt ?? strike.at);
  if (waitedMs < (isBusy ? withinMinutes * busyPatience : withinMinutes) * 60_000) return undefined;
  const text = `${seen.text}, ${Math.floor(waitedMs / 60_000)} minutes after ${strike.target.id} was struck by run ${strike.runId}`;
  return { outcome: seen.outcome, at, text };
}

/** Why an unobserved group counts as not recovered; undefined before its time is up. */
export function unobservedText({ at, target, runId }: StrikeEntry, now: number): string | undefined {
  return now < Date.parse(at) + unobservedPatienceMs
    ? undefined
    : `it could not be observed for a day after ${target.id} was struck by run ${runId}`;
}
