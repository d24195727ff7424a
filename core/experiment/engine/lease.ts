import type { ExperimentPorts } from './ports.ts';

type LeaseParts = Pick<ExperimentPorts, 'clock' | 'control'>;

/** Longer than a segment with its last answers, or a call of the method; and short enough for people to wait for. */
const leaseMs = 90_000;

/** To be called before whatever takes time: a segment, a strike, an undo. */
export function holdLease({ clock, control }: LeaseParts): Promise<void> {
  return control.renewLease(clock.now() + leaseMs);
}

/** To be called before a wait with nothing in place: nobody renews it meanwhile. `wakeUp`: what ends the wait. */
export function holdLeaseForWait(
  waitMs: number,
  { clock, control }: LeaseParts,
  wakeUp?: string,
): Promise<void> {
  return control.renewLease(clock.now() + waitMs + leaseMs, true, wakeUp);
}
