import { CloudFormationClient, CreateStackCommand } from '@aws-sdk/client-cloudformation';
import { afterAll, beforeAll, vi } from 'vitest';
import type { Clients } from '#aws/clients/clients.ts';
import { outputs, stackName } from '#lib/outputs.ts';
import { type Moto, startMoto } from './moto.ts';

/** The account for which moto accepts any credentials. */
export const motoAccountId = '123456789012';

/** A moto for the tests of a file, which is what AWS_ENDPOINT_URL names during all of them. */
export function motoForCli(): () => Moto {
  let moto: Moto;
  beforeAll(async () => {
    moto = await startMoto();
    vi.stubEnv('AWS_ENDPOINT_URL', moto.endpoint);
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'any');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'any');
  }, 90_000);
  afterAll(async () => {
    vi.unstubAllEnvs();
    await moto.stop();
  });
  return () => moto;
}

/** Creates the part of the master's stack that the command line looks for: the ledger's table, a topic, and a bucket of reports. */
export async function createMasterStack(clients: Clients, region: string): Promise<void> {
  const template = {
    Resources: {
      Ledger: {
        Type: 'AWS::DynamoDB::Table',
        Properties: {
          BillingMode: 'PAY_PER_REQUEST',
          AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
          KeySchema: [
            { AttributeName: 'pk', KeyType: 'HASH' },
            { AttributeName: 'sk', KeyType: 'RANGE' },
          ],
        },
      },
      Reports: { Type: 'AWS::S3::Bucket' },
      Topic: {
        Type: 'AWS::SNS::Topic',
        Properties: { Subscription: [{ Endpoint: 'ann@example.com', Protocol: 'email' }] },
      },
    },
    Outputs: {
      [outputs.table]: { Value: { Ref: 'Ledger' } },
      [outputs.topic]: { Value: { Ref: 'Topic' } },
      [outputs.reports]: { Value: { Ref: 'Reports' } },
    },
  };
  await clients(CloudFormationClient, { region }).send(
    new CreateStackCommand({ StackName: stackName, TemplateBody: JSON.stringify(template) }),
  );
}
