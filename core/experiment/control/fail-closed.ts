import type { Clock } from '../../ports/clock.ts';
import { codeOf, messageOf } from '../../util/error-text.ts';
import type { Stopped } from '../engine/ports.ts';

/** Asks whether an experiment is stopped. Rejects where that cannot be read. */
export type AskStop = () => Promise<Stopped | undefined>;

/** For so long it may be out of reach. */
const patienceMs = 10_000;

/**
 * The same, and never rejects. What cannot be read is asked again the next time; once that has failed for 10 seconds, with no answer in
 * between, it counts as a stop: nobody could end the experiment.
 */
export function failClosed(ask: AskStop, clock: Clock): AskStop {
  let failingSince: number | undefined;
  return async () => {
    const askedAt = clock.now();
    try {
      const stopped = await ask();
      failingSince = undefined;
      return stopped;
    } catch (error) {
      failingSince ??= askedAt;
      if (clock.now() < failingSince + patienceMs) return undefined;
      return { by: `nobody could read whether it is stopped (${codeOf(error)}: ${messageOf(error)})` };
    }
  };
}
