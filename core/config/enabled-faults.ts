import type { Fault, FaultRegistry } from '../model/fault.ts';
import type { Config } from './config.ts';

/** The faults that the configuration enables: no role can do any other. */
export function enabledFaults(config: Pick<Config, 'faults'>, faults: FaultRegistry): readonly Fault[] {
  return config.faults.flatMap(({ name }) => faults.get(name) ?? []);
}
