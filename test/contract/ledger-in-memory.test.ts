import { memoryLedger } from '#core/memory-ledger.ts';
import { ledgerContract, newSecret } from './ledger.contract.ts';

ledgerContract('memory', async () => {
  const ledger = memoryLedger({ newSecret });
  return { open: () => ledger };
});
