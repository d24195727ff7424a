import { ledgersOnSandbox } from '../support/a-ledger-on-sandbox.ts';
import { withTransactionConflicts } from '../support/transaction-conflicts.ts';
import { ledgerContract } from './ledger.contract.ts';

ledgerContract(
  'DynamoDB on the sandbox, throttled now and then, the first writes unanswered, and where transactions cancel each other',
  async () => {
    const ledgers = ledgersOnSandbox(withTransactionConflicts);
    const { disruptions } = ledgers.sandbox;
    disruptions.latencyMs = 5;
    for (const action of ['PutItem', 'UpdateItem', 'TransactWriteItems']) {
      disruptions.loseAnswer({ action: `dynamodb:${action}` }, 2);
    }
    let calls = 0;
    disruptions.throttle(() => {
      calls += 1;
      return calls % 5 === 1;
    });
    return ledgers;
  },
);
