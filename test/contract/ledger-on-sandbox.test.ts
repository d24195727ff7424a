import { describe } from 'vitest';
import { type LedgersOnSandbox, ledgersOnSandbox } from '../support/a-ledger-on-sandbox.ts';
import { withTransactionConflicts } from '../support/transaction-conflicts.ts';
import { ledgerContract } from './ledger.contract.ts';

describe('on the sandbox', () => {
  const openedOn =
    (trouble: (sandbox: LedgersOnSandbox['sandbox']) => void, between?: typeof withTransactionConflicts) =>
    async () => {
      const ledgers = ledgersOnSandbox(between);
      trouble(ledgers.sandbox);
      return ledgers;
    };

  ledgerContract(
    'DynamoDB, every call 50 ms away',
    openedOn(({ trouble }) => {
      trouble.latencyMs = 50;
    }),
  );
  ledgerContract(
    'DynamoDB, throttled now and then, the first writes unanswered, and where transactions cancel each other',
    openedOn(({ trouble }) => {
      trouble.latencyMs = 5;
      for (const action of ['PutItem', 'UpdateItem', 'TransactWriteItems']) {
        trouble.loseAnswer({ action: `dynamodb:${action}` }, 2);
      }
      let calls = 0;
      trouble.throttle(() => {
        calls += 1;
        return calls % 5 === 1;
      });
    }, withTransactionConflicts),
  );
});
