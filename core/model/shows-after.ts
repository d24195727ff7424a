import type { FaultRegistry } from './fault.ts';

/** How long a fault may take at most, in ms, until what it hits shows it. What is done once is there at once. */
export function showsAfterMs(name: string, faults: FaultRegistry): number {
  const fault = faults.get(name);
  return fault?.lasts === true ? (fault.noticedMs ?? fault.propagationMs) : 0;
}
