import { kindOfTarget } from '../kinds/kind.ts';
import type { Observation } from '../model/observation.ts';
import type { Recovery } from '../model/recovery.ts';
import type { StrikeEntry } from '../model/strike.ts';
import type { World } from '../ports/world.ts';
import { tookEffectOf } from './took-effect-of.ts';

/** A group that something else is being done to is given longer. */
const busyPatience = 4;

/** A group that could not be observed for so long counts as one that has not recovered, as its strike holds budgets of others. */
const unobservedPatienceMs = 24 * 60 * 60_000;

/** How a group recovered from a strike; undefined while it has not, and its time is not up. Pure. */
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
  const kind = kindOfTarget(kinds, strike.target);
  const { isBusy, ...seen } = kind.recovery(strike, observation, { losesTarget, now });
  if (seen.outcome !== 'not-recovered') return { ...seen, at };
  const waitedMs = now - Date.parse(strike.undoneAt ?? strike.at);
  if (waitedMs < (isBusy ? withinMinutes * busyPatience : withinMinutes) * 60_000) return undefined;
  const text = `${seen.text}, ${Math.floor(waitedMs / 60_000)} minutes after ${strike.target.id} was struck by run ${strike.runId}`;
  return { outcome: seen.outcome, at, text };
}

/** What is said of a strike whose group could not be observed for too long; undefined before that. */
export function unobservedText({ at, target, runId }: StrikeEntry, now: number): string | undefined {
  return now < Date.parse(at) + unobservedPatienceMs
    ? undefined
    : `it could not be observed for a day after ${target.id} was struck by run ${runId}`;
}
