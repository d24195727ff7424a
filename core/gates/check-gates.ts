import type { GateVerdict } from '../reports/run-report.ts';
import { messageOf } from '../util/error-text.ts';
import { alarms } from './alarms.ts';
import { changeCalendar } from './change-calendar.ts';
import { clock } from './clock.ts';
import { freeze } from './freeze.ts';
import type { Gate, GateContext } from './gate.ts';
import { schedule } from './schedule.ts';
import { stop } from './stop.ts';

/** In the order in which they are told. */
export const allGates: readonly Gate[] = [stop, clock, schedule, freeze, changeCalendar, alarms];

/** What each gate that the configuration asks for says, and whether a run of this mode ends here. */
export function checkGates(
  seen: GateContext,
  mode: 'live' | 'leashed',
): { readonly verdicts: readonly GateVerdict[]; readonly closed: boolean } {
  const checked = allGates.flatMap((gate) => {
    const said = sayOf(gate, seen);
    return said === undefined ? [] : [{ gate, ...said }];
  });
  return {
    verdicts: checked.map(({ gate, open, text }) => ({ gate: gate.name, open, text })),
    closed: checked.some(({ gate, open }) => !open && (mode === 'live' || gate.holds === 'always')),
  };
}

/** Undefined for a gate that is not asked for. */
function sayOf(gate: Gate, seen: GateContext): ReturnType<Gate['check']> | undefined {
  try {
    return gate.applies?.(seen.config) === false ? undefined : gate.check(seen);
  } catch (error) {
    return { open: false, text: `could not be checked: ${messageOf(error)}` };
  }
}
