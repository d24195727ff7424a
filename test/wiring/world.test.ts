import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { expect, test } from 'vitest';
import { makeClients } from '#aws/clients/clients.ts';
import { masterLedger } from '#wiring/world.ts';
import { aConfig } from '../support/a-config.ts';
import { instantClock } from '../support/instant-clock.ts';

test('the ledger is read however many other calls are waiting', async () => {
  const clock = instantClock();
  const waiting = Promise.withResolvers<void>();
  const clients = makeClients({
    ...{ clock, concurrency: 1 },
    transport: async ({ client }) => {
      if (client === 'DynamoDBClient') return {};
      waiting.resolve();
      return new Promise<never>(() => {});
    },
  });
  void clients(STSClient, { region: 'eu-west-1' }).send(new GetCallerIdentityCommand({}));
  await waiting.promise;
  const newSecret = () => 'ab'.repeat(32);
  const ledger = masterLedger({ config: aConfig(), clock, clients, tableName: 'Ledger', newSecret });
  expect(await ledger.stop()).toBeUndefined();
});
