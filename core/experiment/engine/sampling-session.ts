import type { Sample } from '../../model/sample.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Sampler } from '../../ports/probe.ts';

/** Samples without a pause, whatever the experiment is at: what is due while a fault is being injected or undone is measured too. */
export interface SamplingSession {
  /** The samples of a probe that are due before `until`, epoch ms, and have not been taken yet, in due order. */
  take(probe: string, until: number): AsyncIterable<Sample>;
  /** What is on its way is given up. */
  close(): Promise<void>;
}

export function startSampling(samplers: readonly Sampler[], clock: Clock): SamplingSession {
  const over = new AbortController();
  const from = clock.now();
  const queues = new Map(
    samplers.map((sampler) => [
      sampler.spec.name,
      startQueue(sampler.between(from, Number.MAX_SAFE_INTEGER, over.signal)),
    ]),
  );
  return {
    async *take(probe, until) {
      const queue = queues.get(probe);
      for (
        let next = await queue?.peek();
        next !== undefined && next.due < until;
        next = await queue?.peek()
      ) {
        queue?.shift();
        yield next;
      }
    },
    close: async () => {
      over.abort();
      await Promise.all([...queues.values()].map(({ done }) => done));
    },
  };
}

/** Pulls all the time: a probe that waited for its reader would miss the moments of its samples. */
function startQueue(samples: AsyncIterable<Sample>) {
  const queue: Sample[] = [];
  let wake = () => {};
  let isOver = false;
  const pull = async () => {
    try {
      for await (const sample of samples) {
        queue.push(sample);
        wake();
      }
    } finally {
      isOver = true;
      wake();
    }
  };
  const done = pull();
  // Whoever reads is told; nobody may be reading when it happens.
  done.catch(() => {});
  return {
    done: done.catch(() => {}),
    /** The next sample, once it is there; undefined once there will be none. Rejects as its sampler does. */
    peek: async (): Promise<Sample | undefined> => {
      while (queue.length === 0 && !isOver) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      if (queue.length === 0) await done;
      return queue[0];
    },
    shift: () => queue.shift(),
  };
}
