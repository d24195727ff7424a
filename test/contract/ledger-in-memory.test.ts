import { memoryLedger } from '#core/memory-ledger.ts';
import { ledgerContract } from './ledger.contract.ts';
import { newSecret } from './open-ledger.ts';

ledgerContract('memory', async () => {
  const ledger = memoryLedger({ newSecret });
  return { open: () => ledger };
});
