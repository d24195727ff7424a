import type { Fault, OneShotFault } from '../model/fault.ts';

/** How an observation shows that the fault took its target from the group; undefined for faults that leave it there. */
export function tookEffectOf(fault: Fault | undefined): OneShotFault['tookEffect'] {
  return fault?.lasts === false ? fault.tookEffect : undefined;
}
