import { type Failure, failure } from '../model/failure.ts';
import type { Recovery } from '../model/recovery.ts';
import { StrikeConflict, type StrikeEntry } from '../model/strike.ts';
import { unreadableFailures } from '../model/unreadable-item.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { World } from '../ports/world.ts';

/** A strike to close after the report has announced it, as its alarm could not be raised. */
export interface Closing {
  readonly strike: StrikeEntry;
  readonly recovery: Recovery;
}

/**
 * Closes strikes that a report has announced. If it could not be announced, they stay open, which spares their groups, and the next
 * verification tries again. The report is out, so what fails here is only in the log.
 */
export async function closeAnnounced(
  closings: readonly Closing[],
  { ledger, journal }: Pick<World, 'ledger' | 'journal'>,
): Promise<void> {
  for (const { strike, recovery } of closings) {
    for (const one of await closeStrike(strike, recovery, ledger)) journal.failed(one);
  }
}

async function closeStrike(
  strike: StrikeEntry,
  recovery: Recovery,
  ledger: Pick<Ledger, 'close'>,
): Promise<readonly Failure[]> {
  const { account, region } = strike.target;
  try {
    return unreadableFailures('verify', await ledger.close(strike, recovery));
  } catch (error) {
    // A conflict: another run was quicker.
    return error instanceof StrikeConflict
      ? []
      : [failure('verify', error, { account, region, group: strike.group })];
  }
}
