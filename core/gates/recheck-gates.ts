import { skewText } from '../model/clock-skew.ts';
import type { World } from '../ports/world.ts';
import type { GateVerdict } from '../reports/run-report.ts';
import { askSignals } from './ask-signals.ts';
import { checkGates } from './check-gates.ts';
import type { GateContext } from './gate.ts';

/** Checks all gates again, as a sweep takes minutes. Returns the first that has closed; undefined if there is none. */
export async function recheckGates(
  seen: Pick<GateContext, 'calendar' | 'slot'>,
  { config, signals, clock, skew, ledger }: Pick<World, 'config' | 'signals' | 'clock' | 'skew' | 'ledger'>,
): Promise<GateVerdict | undefined> {
  const [asked, stop] = await Promise.all([
    askSignals({ config, signals }),
    ledger.stop().catch(() => 'unknown' as const),
  ]);
  const context = { ...seen, ...asked, config, now: clock.now(), skewed: skewText(skew), stop };
  return checkGates(context, 'live').verdicts.find(({ open }) => !open);
}
