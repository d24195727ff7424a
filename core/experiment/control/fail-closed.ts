import type { Clock } from '../../ports/clock.ts';
import { codeOf, messageOf } from '../../util/error-text.ts';
import type { Stopped } from '../engine/ports.ts';
import { inTime } from './in-time.ts';

/** Asks whether an experiment is stopped. Rejects where that cannot be read. */
export type AskStop = () => Promise<Stopped | undefined>;

/** The same, asked again and again. */
export interface StopWatch {
  /** Never rejects. Undefined at once where it is not due, or another ask is on its way. */
  readonly ask: AskStop;
  /** What cannot be read for 10 seconds, with no answer in between, counts as a stop: nobody could end the experiment. */
  unreadable(): Stopped | undefined;
}

/** For so long it may be out of reach, by the clock, whatever whoever reads it waits for. */
const patienceMs = 10_000;
/** Without an answer by then it is asked again: an answer may be lost. */
const answerMs = 4_000;
/** What could not be read is due again so soon at the latest. */
const againMs = 1_000;

/** `everyMs`: from one ask to the next. Left out: whenever it is asked. */
export function failClosed(ask: AskStop, clock: Clock, everyMs = 0): StopWatch {
  let isAsking = false;
  let askedAt = Number.NEGATIVE_INFINITY;
  let unreadSince: number | undefined;
  let problem: unknown;
  const isAskedFor = () => clock.now() <= askedAt + patienceMs;
  return {
    ask: async () => {
      const dueMs = unreadSince === undefined ? everyMs : Math.min(everyMs, againMs);
      if (isAsking || clock.now() < askedAt + dueMs) return undefined;
      isAsking = true;
      // Where nobody has asked for long, nobody knows whether it could have been read.
      unreadSince = (isAskedFor() ? unreadSince : undefined) ?? clock.now();
      askedAt = clock.now();
      try {
        const stopped = await inTime(answerMs, 'read whether it is stopped', ask, clock);
        unreadSince = undefined;
        return stopped;
      } catch (error) {
        problem = error;
        return undefined;
      } finally {
        isAsking = false;
      }
    },
    unreadable: () => {
      if (unreadSince === undefined || clock.now() < unreadSince + patienceMs || !isAskedFor())
        return undefined;
      return { by: `nobody could read whether it is stopped (${codeOf(problem)}: ${messageOf(problem)})` };
    },
  };
}
