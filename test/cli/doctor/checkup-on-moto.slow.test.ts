import { CloudFormationClient, CreateStackCommand } from '@aws-sdk/client-cloudformation';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { makeClients } from '#aws/clients/clients.ts';
import { systemClock as clock } from '#aws/clients/clock.ts';
import { checkup } from '#cli/doctor/checkup.ts';
import { parseConfig } from '#core/config/config.ts';
import { faults } from '#faults/registry.ts';
import { outputs, stackName } from '#lib/outputs.ts';
import { aTerminal } from '../../support/a-terminal.ts';
import { type Moto, motoAvailable, sayWithoutMoto, startMoto } from '../../support/moto.ts';

/** The account that moto takes any credentials for. */
const own = '123456789012';
const region = 'eu-west-1';
const config = {
  master: { account: own, region },
  accounts: [own],
  regions: [region],
  externalId: 'chaos-test',
  notifications: { emails: ['ann@example.com', 'bob@example.com'] },
};
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
    Topic: {
      Type: 'AWS::SNS::Topic',
      Properties: { Subscription: [{ Endpoint: 'ann@example.com', Protocol: 'email' }] },
    },
  },
  Outputs: { [outputs.table]: { Value: { Ref: 'Ledger' } }, [outputs.topic]: { Value: { Ref: 'Topic' } } },
};

/** The machine may be slow. */
const endless = { callMs: 600_000, lookMs: 600_000 };

if (!motoAvailable()) sayWithoutMoto('chaos doctor, on moto');

describe.runIf(motoAvailable())('chaos doctor, over the network', () => {
  const clients = makeClients({ clock, concurrency: 4 });
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

  async function levels() {
    const { terminal } = aTerminal();
    const parts = {
      ...{ terminal, clock, clients, cwd: '/', env: {} },
      readConfigSummary: async () => 'unexpected',
      onInterrupt: () => () => {},
      finish: () => {},
    };
    const checks = await checkup(parseConfig(config, faults), 'x.yaml', parts, endless);
    // What the schedule should have done by now hangs on the day.
    return checks.filter(({ check }) => check !== 'schedule').map(({ check, level }) => `${check} ${level}`);
  }

  test('tells what is there from what is not', async () => {
    expect(await levels()).toEqual([
      'configuration ok',
      'window ok',
      'credentials ok',
      'stack fail',
      'function fail',
    ]);
    await clients(CloudFormationClient, { region }).send(
      new CreateStackCommand({ StackName: stackName, TemplateBody: JSON.stringify(template) }),
    );
    expect((await levels()).slice(3)).toEqual([
      'stack ok',
      'function fail',
      'stop ok',
      'last run warn',
      'subscriptions ok',
      'subscriptions warn',
    ]);
  });
});
