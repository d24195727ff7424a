import type { ProbeSpec } from '../../model/experiment.ts';
import type { Sampler } from '../../ports/probe.ts';
import type { Course } from './course.ts';
import type { ExperimentPorts } from './ports.ts';
import { type SamplingSession, startSampling } from './sampling-session.ts';

type PoolParts = Pick<ExperimentPorts, 'openSampler' | 'describe' | 'clock'>;

/** Opens probes when the first segment asks: what a replay has in its results is not measured again. */
export function samplerPool(probes: readonly ProbeSpec[], parts: PoolParts) {
  let opened:
    | Promise<{ readonly samplers: readonly Sampler[]; readonly session: SamplingSession }>
    | undefined;
  const open = async (course: Course) => {
    const samplers = await Promise.all(probes.map((probe) => parts.openSampler(probe)));
    return { samplers, session: startSampling(samplers, ({ spec }) => startOf(spec, course, parts)) };
  };
  return {
    session: async (course: Course): Promise<SamplingSession> => {
      opened ??= open(course);
      return (await opened).session;
    },
    close: async (): Promise<void> => {
      const open = await opened?.catch(() => undefined);
      opened = undefined;
      await open?.session.close();
      await Promise.allSettled(open?.samplers.map((sampler) => sampler.close()) ?? []);
    },
  };
}

/** What can be asked for later goes on where the process before has left it; of the rest, what is past is lost. */
function startOf(spec: ProbeSpec, { phases, taken }: Course, { describe, clock }: PoolParts): number {
  if (describe(spec).settlesMs === 0) return clock.now();
  const stageFrom = phases.findLast(({ is }) => is === 'baseline')?.from ?? clock.now();
  return Math.max(stageFrom, (taken.get(spec.name) ?? 0) + 1);
}
