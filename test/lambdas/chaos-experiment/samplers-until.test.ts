import { expect, test } from 'vitest';
import { samplersUntil } from '#lambdas/chaos-experiment/samplers-until.ts';
import { VirtualClock } from '#sandbox/clock.ts';
import { anExperiment, fakePorts, startsAt } from '../../core/experiment/engine/an-experiment.ts';

test('with an invocation, its samplers end: they would measure on in the next one', async () => {
  const [spec] = anExperiment().steadyState.probes;
  if (spec === undefined) throw new Error('no probe');
  const { ports, events } = fakePorts({}, new VirtualClock({ startsAt, jumps: true }));
  const over = new AbortController();
  const sampler = await samplersUntil(over.signal, ports.openSampler)(spec);
  let samples = 0;
  for await (const _ of sampler.between(startsAt, Number.MAX_SAFE_INTEGER, new AbortController().signal)) {
    samples += 1;
    if (samples === 3) over.abort();
  }
  expect(samples).toBe(3);
  expect(events).toEqual(['close page 0.2']);
});
