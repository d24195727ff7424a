import { ledgersOnSandbox } from '../support/a-ledger-on-sandbox.ts';
import { ledgerContract } from './ledger.contract.ts';

// Under throttles and lost answers: ledger-on-sandbox.slow.test.ts.
ledgerContract('DynamoDB on the sandbox, every call 50 ms away', async () => {
  const ledgers = ledgersOnSandbox();
  ledgers.sandbox.disruptions.latencyMs = 50;
  return ledgers;
});
