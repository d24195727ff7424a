import { describe } from 'vitest';
import { type LedgersOnSandbox, ledgersOnSandbox } from '../support/a-ledger-on-sandbox.ts';
import { withTransactionConflicts } from '../support/transaction-conflicts.ts';
import { ledgerContract } from './ledger.contract.ts';

describe('on the sandbox', () => {
  const openedOn =
    (disrupt: (sandbox: LedgersOnSandbox['sandbox']) => void, between?: typeof withTransactionConflicts) =>
    async () => {
      const ledgers = ledgersOnSandbox(between);
      disrupt(ledgers.sandbox);
      return ledgers;
    };

  ledgerContract(
    'DynamoDB, every call 50 ms away',
    openedOn(({ disruptions }) => {
      disruptions.latencyMs = 50;
    }),
  );
  ledgerContract(
    'DynamoDB, throttled now and then, the first writes unanswered, and where transactions cancel each other',
    openedOn(({ disruptions }) => {
      disruptions.latencyMs = 5;
      for (const action of ['PutItem', 'UpdateItem', 'TransactWriteItems']) {
        disruptions.loseAnswer({ action: `dynamodb:${action}` }, 2);
      }
      let calls = 0;
      disruptions.throttle(() => {
        calls += 1;
        return calls % 5 === 1;
      });
    }, withTransactionConflicts),
  );
});
