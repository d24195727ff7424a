import { failure } from '../model/failure.ts';
import type { Recovery } from '../model/recovery.ts';
import { StrikeConflict, type StrikeEntry } from '../model/strike.ts';
import type { World } from '../ports/world.ts';

/** A strike to close after the report has announced it, as its alarm could not be raised. */
export interface Closing {
  readonly strike: StrikeEntry;
  readonly recovery: Recovery;
}

/**
 * Closes strikes that a report has announced. If it could not be announced, they stay open, which spares their groups, and the next
 * verification tries again.
 */
export async function closeAnnounced(
  closings: readonly Closing[],
  { ledger, journal }: Pick<World, 'ledger' | 'journal'>,
): Promise<void> {
  for (const { strike, recovery } of closings) {
    const { account, region } = strike.target;
    await ledger.close(strike, recovery).catch((error: unknown) => {
      // Another run was quicker.
      if (error instanceof StrikeConflict) return;
      journal.failed(failure('verify', error, { account, region, group: strike.group }));
    });
  }
}
