import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, vi } from 'vitest';
import { type Clients, makeClients } from '#aws/clients.ts';
import { systemClock } from '#aws/clock.ts';
import { dynamoLedger } from '#aws/ledger.ts';
import { type LedgersOnSandbox, ledgersOnSandbox } from '../support/a-ledger-on-sandbox.ts';
import { type Moto, motoAvailable, sayWithoutMoto, startMoto } from '../support/moto.ts';
import { withTransactionConflicts } from '../support/transaction-conflicts.ts';
import { ledgerContract, newSecret } from './ledger.contract.ts';

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
    'DynamoDB, where transactions under way at the same moment cancel each other',
    openedOn(({ trouble }) => {
      trouble.latencyMs = 5;
    }, withTransactionConflicts),
  );
  ledgerContract(
    'DynamoDB, the answers to the first writes of each kind lost',
    openedOn(({ trouble }) => {
      trouble.latencyMs = 5;
      for (const action of ['PutItem', 'UpdateItem', 'TransactWriteItems']) {
        trouble.loseAnswer({ action: `dynamodb:${action}` }, 2);
      }
    }),
  );
  ledgerContract(
    'DynamoDB, throttled now and then',
    openedOn(({ trouble }) => {
      trouble.latencyMs = 5;
      let calls = 0;
      trouble.throttle(() => {
        calls += 1;
        return calls % 5 === 1;
      });
    }),
  );
});

if (motoAvailable()) {
  describe('on moto', () => {
    let moto: Moto;
    let clients: Clients;
    let tables = 0;
    beforeAll(async () => {
      moto = await startMoto();
      vi.stubEnv('AWS_ENDPOINT_URL', moto.endpoint);
      vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
      vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
      // One call at a time: moto's are not atomic. Who comes first is still open.
      clients = makeClients({ clock: systemClock, concurrency: 1 });
    }, 60_000);
    afterAll(async () => {
      vi.unstubAllEnvs();
      await moto.stop();
    });

    ledgerContract('DynamoDB', async () => {
      tables += 1;
      const tableName = `chaos-ledger-${tables}`;
      const client = clients(DynamoDBClient, { region: 'eu-west-1' });
      await client.send(
        new CreateTableCommand({
          TableName: tableName,
          BillingMode: 'PAY_PER_REQUEST',
          AttributeDefinitions: [
            { AttributeName: 'pk', AttributeType: 'S' },
            { AttributeName: 'sk', AttributeType: 'S' },
          ],
          KeySchema: [
            { AttributeName: 'pk', KeyType: 'HASH' },
            { AttributeName: 'sk', KeyType: 'RANGE' },
          ],
        }),
      );
      return { open: () => dynamoLedger({ client, tableName, newSecret, clock: systemClock }) };
    });
  });
} else {
  sayWithoutMoto('the ledger on DynamoDB');
}
