import type { Sample } from '../../model/sample.ts';
import type { Sampler } from '../../ports/probe.ts';
import { whenOver } from './when-over.ts';

/** Samples without a pause, whatever the experiment is at: what is due while a fault is being injected or undone is measured too. */
export interface SamplingSession {
  /**
   * The samples of a probe that have not been taken yet, in due order, each once it is there. Ends with the signal, and leaves what it
   * has not given to whoever takes next: what is answered late is no reason to wait.
   */
  take(probe: string, over: AbortSignal): AsyncIterable<Sample>;
  /** What is on its way is given up. */
  close(): Promise<void>;
}

/** `fromOf`: epoch ms from which samples of a probe are wanted. */
export function startSampling(
  samplers: readonly Sampler[],
  fromOf: (sampler: Sampler) => number,
): SamplingSession {
  const closing = new AbortController();
  const queues = new Map(
    samplers.map((sampler) => {
      const samples = sampler.between(fromOf(sampler), Number.MAX_SAFE_INTEGER, closing.signal);
      return [sampler.spec.name, startQueue(samples)];
    }),
  );
  return {
    async *take(probe, over) {
      const queue = queues.get(probe);
      const ended = whenOver(over);
      for (;;) {
        const next = await queue?.peek(ended);
        if (over.aborted || next === undefined) return;
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
    peek: async (ended: Promise<undefined>): Promise<Sample | undefined> => {
      while (queue.length === 0 && !isOver) {
        const arrived = arrival.promise.then(() => true);
        if ((await Promise.race([arrived, ended])) === undefined) return undefined;
      }
      if (queue.length === 0) await pulled;
      return queue[0];
    },
    shift: () => queue.shift(),
  };
}
