import type { Fault, FaultRegistry } from '../model/fault.ts';
import type { Config } from './config.ts';

/** The faults that the configuration enables: no role can do any other. */
export function enabledFaults(config: Pick<Config, 'faults'>, faults: FaultRegistry): readonly Fault[] {
  return config.faults.flatMap(({ name }) => faults.get(name) ?? []);
}

/** Whether any enabled fault has to be undone: without one there is no janitor, and no undo role. */
export function anyLasts(config: Pick<Config, 'faults'>, faults: FaultRegistry): boolean {
  return enabledFaults(config, faults).some(({ lasts }) => lasts);
}

/** The kinds that an enabled fault strikes: no other is looked at. */
export function enabledKinds<Kind extends { readonly kind: string }>(
  config: Pick<Config, 'faults'>,
  faults: FaultRegistry,
  kinds: readonly Kind[],
): readonly Kind[] {
  const struck = new Set(enabledFaults(config, faults).map(({ kind }) => kind));
  return kinds.filter(({ kind }) => struck.has(kind));
}
