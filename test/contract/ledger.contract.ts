import { beforeEach, describe } from 'vitest';
import { announcementFacts } from './ledger-announcements.contract.ts';
import { budgetFacts } from './ledger-budgets.contract.ts';
import { claimFacts } from './ledger-claims.contract.ts';
import { controlFacts } from './ledger-control.contract.ts';
import { experimentFacts } from './ledger-experiments.contract.ts';
import { groupRecordFacts } from './ledger-group-records.contract.ts';
import { heldFacts } from './ledger-held-groups.contract.ts';
import { outcomeFacts } from './ledger-outcomes.contract.ts';
import { ownStrikeFacts } from './ledger-own-strikes.contract.ts';
import { recordingFacts } from './ledger-recordings.contract.ts';
import { recordFacts } from './ledger-records.contract.ts';
import { undoFacts } from './ledger-undos.contract.ts';
import type { FreshStore, Open } from './open-ledger.ts';

/** What every ledger does, whatever keeps its records. */
export function ledgerContract(name: string, freshStore: FreshStore): void {
  describe(`ledger: ${name}`, () => {
    let store: Awaited<ReturnType<FreshStore>>;
    beforeEach(async () => {
      store = await freshStore();
    });
    const open: Open = () => store.open();

    controlFacts(open);
    groupRecordFacts(open);
    heldFacts(open);
    claimFacts(open);
    budgetFacts(open);
    outcomeFacts(open);
    undoFacts(open);
    ownStrikeFacts(open);
    experimentFacts(open);
    recordFacts(open);
    recordingFacts(open);
    announcementFacts(open);
  });
}
