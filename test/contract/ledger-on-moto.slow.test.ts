import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, vi } from 'vitest';
import { type Clients, makeClients } from '#aws/clients/clients.ts';
import { systemClock } from '#aws/clients/clock.ts';
import { dynamoLedger } from '#aws/ledger/dynamo-ledger.ts';
import { type Moto, motoAvailable, sayWithoutMoto, startMoto } from '../support/moto.ts';
import { plainClients } from '../support/plain-clients.ts';
import { ledgerContract } from './ledger.contract.ts';
import { newSecret } from './open-ledger.ts';

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
    });
    afterAll(async () => {
      vi.unstubAllEnvs();
      await moto.stop();
    });

    ledgerContract('DynamoDB', async () => {
      tables += 1;
      const tableName = `chaos-ledger-${tables}`;
      const client = clients(DynamoDBClient, { region: 'eu-west-1' });
      await plainClients(moto.endpoint)(DynamoDBClient, { region: 'eu-west-1' }).send(
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
