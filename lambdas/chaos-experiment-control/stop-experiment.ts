import * as z from 'zod';
import type { Clock } from '#core/ports/clock.ts';
import type { ExperimentLedger } from '#core/ports/experiment-ledger.ts';
import { codeOf, messageOf } from '#core/util/error-text.ts';

const aReason = 'expected why, up to 500 characters';

export const StopRequest = z.strictObject({
  reason: z.string(aReason).min(1, aReason).max(500, aReason).default('no reason given'),
});

export interface StopParts {
  readonly clock: Clock;
  readonly ledger: Pick<ExperimentLedger, 'stopExperiment' | 'experiment'>;
  /** Has `chaos_janitor` begin a round that sees to this run, and does not wait for it. */
  readonly wakeJanitor: (run: string) => Promise<void>;
}

export interface Stopped {
  readonly stopped: true;
  readonly warning?: string;
}

/** Asks a run to end: whoever runs it sees that within a second, and the janitor undoes what it has in place, or wakes it. */
export async function stopExperiment(
  id: string,
  { by, reason }: { readonly by: string; readonly reason: string },
  { clock, ledger, wakeJanitor }: StopParts,
): Promise<Stopped | 'unknown' | 'over'> {
  const at = new Date(clock.now()).toISOString();
  if (!(await ledger.stopExperiment(id, { by, reason, at }))) {
    return (await ledger.experiment(id)) === undefined ? 'unknown' : 'over';
  }
  try {
    await wakeJanitor(id);
    return { stopped: true };
  } catch (error) {
    // The stop stands, and whoever asks again has the same answer.
    const why = `${codeOf(error)}: ${messageOf(error)}`;
    const warning = `chaos_janitor could not be called, and takes up to a minute to look by itself (${why})`;
    return { stopped: true, warning };
  }
}
