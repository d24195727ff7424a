import type { ExperimentProgress } from '../../reports/experiment-progress.ts';
import type { LiveProbe } from '../engine/ports.ts';

export interface ProgressWatch {
  /** Told of each sample. */
  see(seen: LiveProbe): void;
  /** Undefined before the first sample. `now`, and all that it tells, in the time of whoever measures. */
  tell(now: number): ExperimentProgress | undefined;
}

/** Remembers what was seen last of each probe, in the part of a phase that is being watched. */
export function watchProgress(stages: number): ProgressWatch {
  const probes = new Map<string, LiveProbe>();
  let part: LiveProbe | undefined;
  return {
    see: (seen) => {
      if (part?.is !== seen.is || part.stage !== seen.stage || part.from !== seen.from) probes.clear();
      part = seen;
      probes.set(seen.probe, seen);
    },
    tell: (now) => {
      if (part === undefined) return undefined;
      const { is, stage, from, to } = part;
      const shown = [...probes.values()]
        .toSorted((a, b) => nearness(b) - nearness(a))
        .map(({ probe, bad, measured, odds, bound }) => ({
          ...{ probe, bad, measured },
          ...(odds !== undefined && { odds }),
          ...(bound !== undefined && { bound }),
        }));
      return { is, stage, stages, at: now, from, to, probes: shown, more: 0 };
    },
  };
}

/** To a deviation. What is not judged comes last. */
function nearness({ odds, bound }: LiveProbe): number {
  return odds === undefined || bound === undefined ? -1 : odds / bound;
}
