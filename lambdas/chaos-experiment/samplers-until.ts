import type { ExperimentPorts } from '#core/experiment/engine/ports.ts';

/** Samplers that end with an invocation: suspended, it closes none, and they would go on measuring in the next one's process. */
export function samplersUntil(
  over: AbortSignal,
  open: ExperimentPorts['openSampler'],
): ExperimentPorts['openSampler'] {
  return async (spec) => {
    const sampler = await open(spec);
    over.addEventListener('abort', () => void sampler.close().catch(() => {}), { once: true });
    return {
      spec,
      between: (from, to, stop) => sampler.between(from, to, AbortSignal.any([stop, over])),
      close: () => sampler.close(),
    };
  };
}
