import type { Calendar } from '../calendar/calendar.ts';
import { skewText } from '../model/clock-skew.ts';
import type { ControlRecord } from '../model/control-record.ts';
import { type Failure, failure } from '../model/failure.ts';
import type { Slot } from '../model/slot.ts';
import { unreadableFailures } from '../model/unreadable-item.ts';
import type { World } from '../ports/world.ts';
import { askSignals } from './ask-signals.ts';
import { type CheckedGates, checkGates } from './check-gates.ts';

/** The result of a run's first check of the gates. */
export interface Entry {
  readonly gates: CheckedGates;
  /** Undefined if the run ends here. */
  readonly control: ControlRecord | undefined;
  readonly failures: readonly Failure[];
}

/** Reads the control record and the signals that gates need, and checks all gates. */
export async function checkEntry(
  slot: Slot,
  mode: 'live' | 'leashed',
  calendar: Calendar,
  world: Pick<World, 'config' | 'signals' | 'clock' | 'skew' | 'ledger'>,
): Promise<Entry> {
  const { config, ledger } = world;
  const now = world.clock.now();
  const [control, signals] = await Promise.all([
    ledger.control().catch((error: unknown) => failure('control', error)),
    askSignals(world),
  ]);
  const isRead = 'secret' in control;
  const gates = checkGates(
    {
      ...{ config, calendar, slot, now, skewed: skewText(world.skew) },
      stop: isRead ? control.stop : 'unknown',
      ...signals,
    },
    mode,
  );
  return {
    gates,
    control: isRead && !gates.closed ? control : undefined,
    failures: isRead ? unreadableFailures('control', control.unreadable) : [control],
  };
}
