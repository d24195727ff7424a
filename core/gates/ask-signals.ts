import type { World } from '../ports/world.ts';
import { available, lookUp } from '../util/lookup.ts';
import type { GateContext } from './gate.ts';

/** Reads the external signals that gates depend on, but only those that the configuration names. */
export async function askSignals({
  signals,
  config,
}: Pick<World, 'signals' | 'config'>): Promise<Pick<GateContext, 'alarms' | 'closedCalendars'>> {
  const { alarms, changeCalendars } = config.gates;
  const [states, closed] = await Promise.all([
    alarms.organization.length === 0 ? available([]) : lookUp(signals.alarms()),
    changeCalendars.length === 0 ? available([]) : lookUp(signals.closedCalendars()),
  ]);
  return { alarms: states, closedCalendars: closed };
}
