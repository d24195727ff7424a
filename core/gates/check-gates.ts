import type { GateVerdict } from '../reports/run-report.ts';
import { messageOf } from '../util/error-text.ts';
import type { Gate, GateContext } from './gate.ts';
import { allGates } from './index.ts';

/** The verdict of each gate that the configuration asks for, and whether a run of this mode ends here. */
export interface CheckedGates {
  readonly verdicts: readonly GateVerdict[];
  readonly closed: boolean;
}

export function checkGates(seen: GateContext, mode: 'live' | 'leashed'): CheckedGates {
  const checked = allGates.flatMap((gate) => {
    const verdict = checkGate(gate, seen);
    return verdict === undefined ? [] : [{ gate, ...verdict }];
  });
  return {
    verdicts: checked.map(({ gate, open, text }) => ({ gate: gate.name, open, text })),
    closed: checked.some(({ gate, open }) => !open && (mode === 'live' || gate.holds === 'always')),
  };
}

/** Undefined for a gate that does not apply. */
function checkGate(gate: Gate, seen: GateContext): ReturnType<Gate['check']> | undefined {
  try {
    return gate.applies?.(seen.config) === false ? undefined : gate.check(seen);
  } catch (error) {
    return { open: false, text: `could not be checked: ${messageOf(error)}` };
  }
}
