import { failure } from '../model/failure.ts';
import type { Recovery } from '../model/recovery.ts';
import { StrikeConflict, type StrikeEntry } from '../model/strike.ts';
import type { World } from '../ports/world.ts';
import type { RunReport } from '../reports/run-report.ts';

/** A strike that is to be closed once people have been told of it, as no alarm could be raised. */
export interface Closing {
  readonly strike: StrikeEntry;
  readonly recovery: Recovery;
}

/**
 * Closes what the report of it has told people of. Where it could not be announced either, the strikes stay open, which spares
 * their groups, and the next verification tries both again.
 */
export async function closeAnnounced(
  closings: readonly Closing[],
  announced: RunReport,
  { ledger, journal }: Pick<World, 'ledger' | 'journal'>,
): Promise<void> {
  if (announced.failures.some(({ stage }) => stage === 'announce')) return;
  for (const { strike, recovery } of closings) {
    const { account, region } = strike.target;
    await ledger.close(strike, recovery).catch((error: unknown) => {
      // Another run was quicker.
      if (error instanceof StrikeConflict) return;
      journal.failed(failure('verify', error, { account, region, group: strike.group }));
    });
  }
}
