import type { GateVerdict } from '../report.ts';
import type { Gate, GateContext } from './gate.ts';
import { schedule } from './schedule.ts';
import { stop } from './stop.ts';

const gates: readonly Gate[] = [stop, schedule];

/** What each gate says, and whether a run of this mode ends here. */
export function checkGates(
  seen: GateContext,
  mode: 'live' | 'leashed',
): { readonly verdicts: readonly GateVerdict[]; readonly closed: boolean } {
  const checked = gates.map((gate) => ({ gate, ...gate.check(seen) }));
  return {
    verdicts: checked.map(({ gate, open, text }) => ({ gate: gate.name, open, text })),
    closed: checked.some(({ gate, open }) => !open && (mode === 'live' || gate.holds === 'always')),
  };
}
