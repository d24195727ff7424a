import type { Fault, FaultRegistry } from '#core/model/fault.ts';
import { faults } from '#faults/registry.ts';
import { layerNoticesMs } from '#sample/local/environments.ts';
import { defaultTimings } from '#sandbox/state/sandbox-context.ts';

/** A demonstration runs ten times as fast as AWS. */
const timesFaster = 10;

export const sampleTimings = Object.fromEntries(
  Object.entries(defaultTimings).map(([name, ms]) => [name, ms / timesFaster]),
);

/** What takes longest in the sandbox to have an effect; of AWS, nobody knows as well. */
const mostMs = Math.max(defaultTimings.iamEffectMs, defaultTimings.tableUpdateMs) / timesFaster;

/** As they are on this machine. The layer notices a fault as soon as the sample has it look. */
export const sampleFaults: FaultRegistry = new Map(
  [...faults].map(([name, fault]): [string, Fault] => {
    if (!fault.lasts) return [name, fault];
    const propagationMs = fault.propagationMs / timesFaster;
    const noticedMs = fault.noticedMs === undefined ? Math.min(propagationMs, mostMs) : layerNoticesMs;
    return [name, { ...fault, propagationMs, noticedMs }];
  }),
);
