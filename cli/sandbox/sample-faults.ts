import type { FaultRegistry } from '#core/model/fault.ts';
import { faults } from '#faults/registry.ts';
import { layerNoticesMs } from '#sample/local/environments.ts';

/** A demonstration runs ten times as fast as AWS. */
export const timesFaster = 10;

/** As they are on this machine. What takes its time to notice one is the layer, which here looks as often as the sample has it. */
export const sampleFaults: FaultRegistry = new Map(
  [...faults].map(([name, fault]) => [
    name,
    fault.lasts
      ? {
          ...fault,
          propagationMs: fault.propagationMs / timesFaster,
          ...(fault.noticedMs !== undefined && { noticedMs: layerNoticesMs }),
        }
      : fault,
  ]),
);
