import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormationClient, CreateStackCommand } from '@aws-sdk/client-cloudformation';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { makeClients } from '#aws/clients.ts';
import { systemClock } from '#aws/clock.ts';
import type { Finding } from '#cli/doctor/finding.ts';
import { outputs, stackName } from '#lib/outputs.ts';
import { aCli } from '../support/a-cli.ts';
import { type Moto, motoAvailable, sayWithoutMoto, startMoto } from '../support/moto.ts';

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

if (!motoAvailable()) sayWithoutMoto('chaos doctor, on moto');

describe.runIf(motoAvailable())('chaos doctor, over the network', () => {
  let moto: Moto;
  let folder: string;
  beforeAll(async () => {
    moto = await startMoto();
    vi.stubEnv('AWS_ENDPOINT_URL', moto.endpoint);
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'any');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'any');
    folder = await mkdtemp(join(tmpdir(), 'chaos-doctor-moto-'));
    await writeFile(join(folder, 'chaos.config.json'), JSON.stringify(config));
  }, 90_000);
  afterAll(async () => {
    vi.unstubAllEnvs();
    await moto.stop();
    await rm(folder, { recursive: true });
  });

  async function levels() {
    const { exitCode, out } = await aCli({ cwd: folder })('doctor', '--json');
    const { checks }: { readonly checks: readonly Finding[] } = JSON.parse(out);
    // What the schedule should have done by now hangs on the day.
    const timeless = checks.filter(({ check }) => check !== 'schedule');
    return { exitCode, checks: timeless.map(({ check, level }) => `${check} ${level}`) };
  }

  test('tells what is there from what is not', async () => {
    expect(await levels()).toEqual({
      exitCode: 1,
      checks: ['configuration ok', 'window ok', 'credentials ok', 'stack fail', 'function fail'],
    });
    await makeClients({ clock: systemClock, concurrency: 1 })(CloudFormationClient, { region }).send(
      new CreateStackCommand({ StackName: stackName, TemplateBody: JSON.stringify(template) }),
    );
    expect((await levels()).checks.slice(3)).toEqual([
      'stack ok',
      'function fail',
      'stop ok',
      'last run warn',
      'subscriptions ok',
      'subscriptions warn',
    ]);
  });
});
