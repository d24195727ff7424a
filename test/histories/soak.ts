import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import * as z from 'zod';
import { simulateExperimentSeed } from '../experiment-histories/simulate-experiment-seed.ts';
import { simulateUndoSeed } from '../undo-histories/simulate-undo-seed.ts';
import { simulateSeed } from './simulate-seed.ts';

/**
 * `npm run simulate:soak -- --seeds 20000 [--from 1] [--of undo]`: plays many seeds on all cores, and prints each that fails and what
 * was played: of the whole control plane, of faults that last and their undo, or of experiments. A seed that fails is played again by
 * `--from SEED --seeds 1`. Exit code 1 where one failed.
 */
const Share = z.object({
  from: z.int(),
  to: z.int(),
  step: z.int(),
  of: z.enum(['runs', 'undo', 'experiments']),
});
const simulations = { runs: simulateSeed, undo: simulateUndoSeed, experiments: simulateExperimentSeed };

type Message = { readonly counts: Readonly<Record<string, number>> } | { readonly failure: string };

if (isMainThread) await soak();
else await work(Share.parse(workerData));

async function soak(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string', default: '1000' },
      from: { type: 'string', default: '1' },
      of: { type: 'string', default: 'runs' },
    },
  });
  const from = z.coerce.number().int().parse(values.from);
  const seeds = z.coerce.number().int().min(1).parse(values.seeds);
  const of = Share.shape.of.parse(values.of);
  const cores = Math.min(availableParallelism(), seeds);
  const total: Record<string, number> = {};
  let failures = 0;
  const startedAt = performance.now();
  await Promise.all(
    Array.from({ length: cores }, (_, index) => {
      const share: z.infer<typeof Share> = { from: from + index, to: from + seeds - 1, step: cores, of };
      const worker = new Worker(new URL(import.meta.url), { workerData: share });
      worker.on('message', (message: Message) => {
        if ('failure' in message) {
          failures += 1;
          console.error(message.failure);
          return;
        }
        for (const [what, count] of Object.entries(message.counts)) total[what] = (total[what] ?? 0) + count;
        if ((total.seeds ?? 0) % 1_000 === 0) console.log(`${total.seeds} seeds, ${failures} failed`);
      });
      return new Promise((resolve, reject) => {
        worker.on('exit', resolve);
        worker.on('error', reject);
      });
    }),
  );
  for (const [what, count] of Object.entries(total).sort(([a], [b]) => (a < b ? -1 : 1))) {
    console.log(`${String(count).padStart(9)}  ${what}`);
  }
  const seconds = (performance.now() - startedAt) / 1_000;
  console.log(`${seeds} seeds from ${from} on ${cores} cores in ${seconds.toFixed(0)} s: ${failures} failed`);
  if (failures > 0) process.exitCode = 1;
}

async function work({ from, to, step, of }: z.infer<typeof Share>): Promise<void> {
  const say = (message: Message) => parentPort?.postMessage(message);
  for (let seed = from; seed <= to; seed += step) {
    try {
      say({ counts: (await simulations[of](seed)).counts });
    } catch (error) {
      say({ failure: error instanceof Error ? error.message : String(error) });
    }
  }
}
