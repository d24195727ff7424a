import type { ProbeMeans, Prober } from '../../ports/probe.ts';
import { messageOf } from '../../util/error-text.ts';

/** So long is waited for a probe to open: nothing is measured until then, and nobody reads a stop. */
const longestOpeningMs = 3_000;

const firstDelayMs = 1_000;
const longestDelayMs = 8_000;

/**
 * Opens a probe, as each process does that goes on with an experiment, also under a fault. Where AWS is only too busy, or does not answer,
 * opening goes on beside the measuring, and all is unmeasured until then. Throws what else prevents it.
 */
export async function openPatiently(
  open: () => Promise<Prober>,
  { clock, isPassing }: Pick<ProbeMeans, 'clock' | 'isPassing'>,
): Promise<Prober> {
  const closing = new AbortController();
  const first = open();
  let opened: Prober | undefined;
  let trouble = 'no answer yet';
  const goOn = async () => {
    let opening = first;
    for (let delayMs = firstDelayMs; ; delayMs = Math.min(2 * delayMs, longestDelayMs)) {
      try {
        opened = await opening;
        break;
      } catch (error) {
        trouble = messageOf(error);
        if (!isPassing(error)) return;
      }
      await clock.sleep(delayMs, closing.signal);
      if (closing.signal.aborted) return;
      opening = open();
    }
    if (closing.signal.aborted) await opened.close().catch(() => {});
  };

  const waiting = new AbortController();
  try {
    const prober = await Promise.race([first, clock.sleep(longestOpeningMs, waiting.signal)]);
    if (prober !== undefined) return prober;
  } catch (error) {
    if (!isPassing(error)) throw error;
  } finally {
    waiting.abort();
  }
  void goOn();
  return {
    ready: async () => opened?.ready?.(),
    measure: async (due, over) => {
      if (opened === undefined) throw new NotOpen(trouble);
      return opened.measure(due, over);
    },
    close: async () => {
      closing.abort();
      await opened?.close();
    },
  };
}

class NotOpen extends Error {
  override readonly name = 'NotOpen';

  constructor(why: string) {
    super(`it cannot be opened: ${why}`);
  }
}
