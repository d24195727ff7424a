import type { Sample } from '../../model/sample.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Sampler } from '../../ports/probe.ts';

/** Samples without a pause, whatever the experiment is at: what is due while a fault is being injected or undone is measured too. */
export interface SamplingSession {
  /**
   * The samples of a probe that are due before `until`, epoch ms, and have not been taken yet, in due order. Ends early with the signal,
   * and leaves what it has not given to whoever takes next.
   */
  take(probe: string, until: number, over: AbortSignal): AsyncIterable<Sample>;
  /** What is on its way is given up. */
  close(): Promise<void>;
}

export function startSampling(samplers: readonly Sampler[], clock: Clock): SamplingSession {
  const closing = new AbortController();
  const from = clock.now();
  const queues = new Map(
    samplers.map((sampler) => [
      sampler.spec.name,
      startQueue(sampler.between(from, Number.MAX_SAFE_INTEGER, closing.signal)),
    ]),
  );
  return {
    async *take(probe, until, over) {
      const queue = queues.get(probe);
      const ended = whenAborted(over);
      for (;;) {
        const next = await queue?.peek(ended);
        if (over.aborted || next === undefined || next.due >= until) return;
        queue?.shift();
        yield next;
      }
    },
    close: async () => {
      closing.abort();
      await Promise.all([...queues.values()].map(({ done }) => done));
    },
  };
}

/** Pulls all the time: a probe that waited for its reader would miss the moments of its samples. */
function startQueue(samples: AsyncIterable<Sample>) {
  const queue: Sample[] = [];
  let arrival = Promise.withResolvers<void>();
  let isOver = false;
  const tell = () => {
    arrival.resolve();
    arrival = Promise.withResolvers();
  };
  const pull = async () => {
    try {
      for await (const sample of samples) {
        queue.push(sample);
        tell();
      }
    } finally {
      isOver = true;
      tell();
    }
  };
  const pulled = pull();
  // Whoever reads is told; nobody may be reading when it happens.
  const done = pulled.catch(() => {});
  return {
    done,
    /** The next sample, once it is there; undefined once there will be none, or `ended` resolves. Rejects as its sampler does. */
    peek: async (ended: Promise<'ended'>): Promise<Sample | undefined> => {
      while (queue.length === 0 && !isOver) {
        if ((await Promise.race([arrival.promise, ended])) === 'ended') return undefined;
      }
      if (queue.length === 0) await pulled;
      return queue[0];
    },
    shift: () => queue.shift(),
  };
}

function whenAborted(signal: AbortSignal): Promise<'ended'> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve('ended');
    signal.addEventListener('abort', () => resolve('ended'), { once: true });
  });
}
