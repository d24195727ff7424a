import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe } from 'vitest';
import { makeClients } from '#aws/clients.ts';
import { systemClock } from '#aws/clock.ts';
import { dynamoLedger } from '#aws/ledger.ts';
import { memoryLedger } from '#core/memory-ledger.ts';
import { VirtualClock } from '#sandbox/clock.ts';
import { Sandbox } from '#sandbox/sandbox.ts';
import { type Moto, motoAvailable, sayWithoutMoto, startMoto } from '../support/moto.ts';
import { ledgerContract, newSecret } from './ledger.contract.ts';

ledgerContract('memory', async () => {
  const ledger = memoryLedger({ newSecret });
  return { open: () => ledger };
});

describe('on the sandbox', () => {
  const account = '111111111111';
  const region = 'eu-west-1';
  const tableName = 'chaos-ledger';
  const openedOn = (trouble: (sandbox: Sandbox) => void) => async () => {
    const clock = new VirtualClock({ startsAt: Date.parse('2026-11-23T09:00:00Z'), jumps: true });
    const sandbox = new Sandbox({ clock, caller: { account, roleName: 'chaos-monkey' } });
    sandbox
      .account(account)
      .region(region)
      .table({
        name: tableName,
        partitionKey: { name: 'pk', type: 'S' },
        sortKey: { name: 'sk', type: 'S' },
      });
    trouble(sandbox);
    const clients = makeClients({ clock, concurrency: 16, transport: sandbox.transport });
    return {
      open: () => dynamoLedger({ client: clients(DynamoDBClient, { region }), tableName, newSecret, clock }),
    };
  };

  ledgerContract(
    'DynamoDB, every call 50 ms away',
    openedOn(({ trouble }) => {
      trouble.latencyMs = 50;
    }),
  );
  ledgerContract(
    'DynamoDB, the answers to the first writes of each kind lost',
    openedOn(({ trouble }) => {
      trouble.latencyMs = 5;
      for (const action of ['PutItem', 'UpdateItem', 'DeleteItem']) {
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
    let client: DynamoDBClient;
    let tables = 0;
    beforeAll(async () => {
      moto = await startMoto();
      client = new DynamoDBClient({
        endpoint: moto.endpoint,
        region: 'eu-west-1',
        credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      });
    }, 60_000);
    afterAll(async () => {
      client.destroy();
      await moto.stop();
    });

    ledgerContract('DynamoDB', async () => {
      tables += 1;
      const tableName = `chaos-ledger-${tables}`;
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
