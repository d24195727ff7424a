import type { ProbeSpec } from '../../model/experiment.ts';
import type { Probe, ProbeMeans, Sampler } from '../../ports/probe.ts';
import { dueMoments } from './due-moments.ts';
import { inOrder } from './in-order.ts';
import type { LagWatch } from './lag-watch.ts';
import { openPatiently } from './open-patiently.ts';
import { sampleTaker } from './take-sample.ts';

/**
 * Opens a probe and measures by the clock, in an open loop: a sample is due whether or not those before it have been answered, as
 * slowness would otherwise thin out its own evidence. `seed` belongs to the run. Throws what prevents the probe from opening.
 */
export async function openSampler(
  probe: Probe,
  spec: ProbeSpec,
  parts: { readonly means: ProbeMeans; readonly lag: LagWatch; readonly seed: string },
): Promise<Sampler> {
  const { clock } = parts.means;
  const prober = await openPatiently(() => probe.open(spec.parameters, parts.means), parts.means);
  const take = sampleTaker({ probe, spec, prober, clock, lag: parts.lag });
  const rhythm = {
    everyMs: spec.everyMs,
    // What covers a period of its own has to be asked for once in each.
    seed: probe.measures === 'shares' ? undefined : `${parts.seed}/${spec.name}`,
  };
  return {
    spec,
    between: (from, to, stop) =>
      inOrder(stop, async (over, put) => {
        for (const due of dueMoments(from, to, rhythm)) {
          const waitMs = due + probe.settlesMs - clock.now();
          if (waitMs > 0) await clock.sleep(waitMs, over);
          if (over.aborted) return;
          put(take(due, over));
        }
      }),
    close: () => prober.close(),
  };
}
