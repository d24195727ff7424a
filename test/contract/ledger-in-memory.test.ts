import { inMemoryLedger } from '#core/ledger/in-memory-ledger.ts';
import { ledgerContract } from './ledger.contract.ts';
import { newSecret } from './open-ledger.ts';

ledgerContract('memory', async () => {
  const ledger = inMemoryLedger({ newSecret });
  return { open: () => ledger };
});
