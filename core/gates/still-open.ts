import type { World } from '../ports.ts';
import type { GateVerdict } from '../report.ts';
import { alarms } from './alarms.ts';
import { askSignals } from './ask-signals.ts';
import { changeCalendar } from './change-calendar.ts';
import type { GateContext } from './gate.ts';
import { checkGates } from './index.ts';

/**
 * Asks the outside world again, as a sweep takes minutes: the first gate that it has closed since, undefined if there is none
 * or the configuration asks for none. What the clock and the ledger say is looked at for each strike.
 */
export async function closedSince(
  seen: Pick<GateContext, 'calendar' | 'slot'>,
  { config, signals, clock }: Pick<World, 'config' | 'signals' | 'clock'>,
): Promise<GateVerdict | undefined> {
  const asked = await askSignals({ config, signals });
  const context = { ...seen, ...asked, config, now: clock.now(), stop: undefined };
  return checkGates(context, 'live', [changeCalendar, alarms]).verdicts.find(({ open }) => !open);
}
