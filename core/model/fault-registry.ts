import type { Fault, FaultRegistry } from './fault.ts';

/** Faults by name. Throws if two have the same name, which is a bug. */
export function registry(faults: readonly Fault[]): FaultRegistry {
  const byName = new Map(faults.map((fault) => [fault.name, fault]));
  if (byName.size !== faults.length) throw new Error('two faults have the same name');
  return byName;
}
