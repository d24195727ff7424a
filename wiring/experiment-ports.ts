import type { ControlPort, ExperimentPorts } from '#core/experiment/engine/ports.ts';
import type { UndoNow } from '#core/experiment/method/undo-now.ts';
import { worldMethod } from '#core/experiment/method/world-method.ts';
import type { LagWatch } from '#core/experiment/sampling/lag-watch.ts';
import { openSampler } from '#core/experiment/sampling/open-sampler.ts';
import { showsAfterMs } from '#core/model/shows-after.ts';
import type { Probe, ProbeMeans } from '#core/ports/probe.ts';
import type { World } from '#core/ports/world.ts';
import { probes } from '#probes/registry.ts';

export function probeOf(type: string): Probe {
  const probe = probes.find((one) => one.type === type);
  if (probe === undefined) throw new Error(`this version has no probe ${type}`);
  return probe;
}

/** What an experiment works with. `id`: its run's. */
export function experimentPorts(
  id: string,
  parts: {
    readonly world: World;
    readonly undoNow: UndoNow;
    readonly means: ProbeMeans;
    readonly lag: LagWatch;
    readonly control: ControlPort;
  },
): ExperimentPorts {
  const { world, undoNow, means, lag, control } = parts;
  return {
    clock: world.clock,
    control,
    method: worldMethod(id, world, undoNow),
    openSampler: (spec) => openSampler(probeOf(spec.type), spec, { means, lag, seed: id }),
    showsAfterMs: (fault) => showsAfterMs(fault, world.faults),
    describe: ({ type, parameters }) => {
      const { measures, settlesMs, unit, what, limit } = probeOf(type);
      const above = limit?.(parameters);
      return {
        ...{ measures, settlesMs },
        what: what(parameters),
        ...(unit !== undefined && { unit }),
        ...(above !== undefined && { limit: above }),
      };
    },
  };
}
