import { failure } from '../../model/failure.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Journal } from '../../ports/journal.ts';
import type { ControlPort } from '../engine/ports.ts';
import { inTime } from './in-time.ts';

/** An experiment waits for this long, and no lease lapses meanwhile. */
const withinMs = 10_000;

/** Tells people, if that can be done in time. What nobody hears of is in the report all the same. */
export function announceInTime(
  announce: ControlPort['announce'],
  { clock, journal }: { readonly clock: Clock; readonly journal: Pick<Journal, 'failed'> },
): ControlPort['announce'] {
  return async (news) => {
    try {
      await inTime(withinMs, `announce that it is ${news.is}`, () => announce(news), clock);
    } catch (error) {
      journal.failed(failure('announce', error));
    }
  };
}
