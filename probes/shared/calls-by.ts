import type { ProbePermission } from '#core/ports/probe.ts';
import { probes } from '../registry.ts';

/** What all probes call, as the target's role or as the master's. */
export function callsBy(whose: ProbePermission['by']): readonly ProbePermission[] {
  return probes.flatMap(({ permissions }) => permissions.filter(({ by }) => by === whose));
}
