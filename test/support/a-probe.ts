import * as z from 'zod';
import type { ProbeSpec } from '#core/model/experiment.ts';
import type { Clock } from '#core/ports/clock.ts';
import type { Probe, ProbeMeans, Prober } from '#core/ports/probe.ts';

/** A probe whose samples are taken by `measure`. */
export function aProbe(
  measure: Prober['measure'],
  overrides: Partial<Probe> & { readonly closed?: () => void } = {},
): Probe {
  const { closed = () => {}, ...rest } = overrides;
  return {
    type: 'fake',
    summary: 'Measures what a test says.',
    measures: 'events',
    parameters: z.looseObject({}),
    leastEveryMs: 1,
    settlesMs: 0,
    permissions: [],
    what: () => 'what a test says',
    open: async () => ({ measure, close: async () => closed() }),
    ...rest,
  };
}

export function aProbeSpec(overrides: Partial<ProbeSpec> = {}): ProbeSpec {
  return { name: 'page', type: 'fake', everyMs: 1_000, timeoutMs: 3_000, parameters: {}, ...overrides };
}

/** Means that reach nothing but what is overridden. */
export function probeMeans(clock: Clock, overrides: Partial<ProbeMeans> = {}): ProbeMeans {
  const nothing = async (): Promise<never> => {
    throw new Error('nothing is reached in this test');
  };
  return {
    clock,
    stopwatch: () => clock.now(),
    allowed: { hosts: [], loopback: false },
    isPassing: () => false,
    clients: nothing,
    secret: nothing,
    health: nothing,
    ...overrides,
  };
}
