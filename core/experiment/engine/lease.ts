import type { ExperimentPorts } from './ports.ts';

type LeaseParts = Pick<ExperimentPorts, 'clock' | 'control'>;

/** Longer than any wait between two renewals, and short enough for people to wait for. */
const leaseMs = 90_000;
/** Leaves time for a renewal that takes some tries, and for a step that is tried again a minute later. */
const renewEveryMs = 20_000;

/** To be awaited before anything is injected. */
export function holdLease({ clock, control }: LeaseParts): Promise<void> {
  return control.renewLease(clock.now() + leaseMs);
}

/** Renews it now, and again and again until `over`: a process that is frozen renews nothing. Rejects once that fails. */
export async function keepLease(parts: LeaseParts, over: AbortSignal): Promise<void> {
  while (!over.aborted) {
    await holdLease(parts);
    await parts.clock.sleep(renewEveryMs, over);
  }
}

/** The same beside something that needs no lease, and yet is not to be taken for dead meanwhile. */
export async function besideLease<Result>(parts: LeaseParts, work: () => Promise<Result>): Promise<Result> {
  const over = new AbortController();
  // A renewal may be on its way when the work is done: nobody waits for that.
  void keepLease(parts, over.signal).catch(() => {});
  try {
    return await work();
  } finally {
    over.abort();
  }
}

/** To be called before a wait with nothing in place: nobody renews it meanwhile. `wakeUp`: what ends the wait. */
export function holdLeaseForWait(
  waitMs: number,
  { clock, control }: LeaseParts,
  wakeUp?: string,
): Promise<void> {
  return control.renewLease(clock.now() + waitMs + leaseMs, true, wakeUp);
}
