import { DeadlineReached } from '../../model/failure.ts';
import type { Clock } from '../../ports/clock.ts';

/** What it comes to, or a rejection once the time is up: then nobody waits for it any longer, whatever timeouts it has itself. */
export async function inTime<Value>(
  ms: number,
  what: string,
  work: () => Promise<Value>,
  clock: Clock,
): Promise<Value> {
  const over = new AbortController();
  const late = async (): Promise<never> => {
    await clock.sleep(ms, over.signal);
    throw new DeadlineReached(what);
  };
  try {
    return await Promise.race([work(), late()]);
  } finally {
    over.abort();
  }
}
