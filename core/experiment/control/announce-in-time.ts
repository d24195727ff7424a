import { DeadlineReached, failure } from '../../model/failure.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Journal } from '../../ports/journal.ts';
import type { ControlPort } from '../engine/ports.ts';

/** An experiment waits for this long, and no lease lapses meanwhile. */
const withinMs = 10_000;

/** Tells people, if that can be done in time. What nobody hears of is in the report all the same. */
export function announceInTime(
  announce: ControlPort['announce'],
  { clock, journal }: { readonly clock: Clock; readonly journal: Pick<Journal, 'failed'> },
): ControlPort['announce'] {
  return async (news) => {
    const over = new AbortController();
    const late = async () => {
      await clock.sleep(withinMs, over.signal);
      throw new DeadlineReached(`announce that it is ${news.is}`);
    };
    try {
      await Promise.race([announce(news), late()]);
    } catch (error) {
      journal.failed(failure('announce', error));
    } finally {
      over.abort();
    }
  };
}
