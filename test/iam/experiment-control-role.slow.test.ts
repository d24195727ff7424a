import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { expect, test } from 'vitest';
import { makeClients } from '#aws/clients/clients.ts';
import { dynamoLedger } from '#aws/ledger/dynamo-ledger.ts';
import { newSecret } from '#aws/new-ids.ts';
import { orderJanitor } from '#aws/order-janitor.ts';
import { VirtualClock } from '#sandbox/clock.ts';
import { aControl, file } from '../lambdas/chaos-experiment-control/a-control.ts';
import { aConfig } from '../support/a-config.ts';
import { DisruptableSandbox } from '../support/disruptions.ts';
import { iamAuthorizer } from '../support/iam-authorizer.ts';
import { isAllowed } from '../support/iam-evaluator.ts';
import { actionsAllowedBy, lacking, type Statement } from '../support/policy-statements.ts';
import { resolveTemplate } from '../support/resolved-template.ts';
import { masterStack, templateOf } from '../support/synth.ts';

const config = aConfig({ experiments: { deploy: true } });
const { account, region } = config.master;
const master = resolveTemplate(templateOf(masterStack(config)), config.master);
const tableName = Object.keys(master).find((id) => master[id]?.Type === 'AWS::DynamoDB::Table') ?? '';
const role = Object.values(master).find(
  ({ Properties }) => Properties.Description === 'Execution role of chaos_experiment_control.',
);
const policies = role?.Properties.Policies as readonly {
  readonly PolicyName: string;
  readonly PolicyDocument: { readonly Statement: readonly Statement[] };
}[];
const work = policies.find(({ PolicyName }) => PolicyName === 'work')?.PolicyDocument ?? { Statement: [] };

/** The function does all that it can, with its role in the sandbox: what it could not do. */
async function exercise(without: readonly string[] = [], of = work): Promise<readonly string[]> {
  const clock = new VirtualClock({ startsAt: Date.parse('2026-11-23T09:00:00Z'), jumps: true });
  const policy = { Version: '2012-10-17', ...lacking(of, without) };
  const sandbox = new DisruptableSandbox({
    clock,
    caller: { account, roleName: 'chaos-experiment-control', policy },
    authorize: iamAuthorizer(),
  });
  const home = sandbox.account(account).region(region);
  home.table({ name: tableName, partitionKey: 'pk', sortKey: 'sk' });
  home.functions.add({ name: 'chaos_experiment', aliases: ['live'], answer: () => null });
  home.functions.add({ name: 'chaos_janitor', answer: () => null });
  const clients = makeClients({ clock, concurrency: 16, transport: sandbox.transport, random: () => 0.5 });
  const client = clients(LambdaClient, { region, patienceMs: 1_000 });
  const { ask, start } = aControl({
    clock,
    ledger: dynamoLedger({
      client: clients(DynamoDBClient, { region, patienceMs: 1_000 }),
      ...{ tableName, newSecret, clock },
    }),
    start: async () => {
      const experiment = { FunctionName: 'chaos_experiment', Qualifier: 'live' };
      await client.send(new InvokeCommand({ ...experiment, InvocationType: 'Event' }));
    },
    wakeJanitor: (run) => orderJanitor(client, 'chaos_janitor', { run }),
  });

  const problems: string[] = [];
  const attempt = async (name: string, act: () => Promise<object>) => {
    const answer = await act().catch((error: Error) => ({ warning: error.name }));
    if ('warning' in answer) problems.push(name);
  };
  const id = '20261123T090000Z-3f9a1c2b';
  const ramp = `${file}\nramp: { stages: [{}, {}], pause: 1m }\n`;
  await attempt('start', () => start({ file: ramp, id }));
  await attempt('list', () => ask('GET /experiments'));
  await attempt('show', () => ask('GET /experiments/{id}', { id }));
  await attempt('stop', async () => (await ask('DELETE /experiments/{id}', { id })).body);
  return problems;
}

test('the role of chaos_experiment_control allows all that the function does', async () => {
  expect(await exercise()).toEqual([]);
});

test('and nothing that it does not need', async () => {
  for (const action of actionsAllowedBy(work)) {
    expect([action, (await exercise([action])).length > 0]).toEqual([action, true]);
  }
});

test('of the ledger it reaches the partitions of experiments, each of which it needs', async () => {
  const mine = ['experiments', 'running', 'last-start'];
  const others = [
    'control',
    'undo',
    'ended',
    'open',
    'runs',
    'group#g',
    'lock#arn',
    'budget#app#a',
    undefined,
  ];
  const allowed = (action: string, partition: string | undefined) =>
    isAllowed({
      ...{ role: `arn:aws:iam::${account}:role/chaos-experiment-control`, region, action },
      resource: `arn:aws:dynamodb:${region}:${account}:table/${tableName}`,
      identityPolicies: [{ Version: '2012-10-17', ...work }],
      context: partition === undefined ? {} : { 'dynamodb:LeadingKeys': [partition] },
    });
  for (const kind of ['GetItem', 'PutItem', 'UpdateItem', 'Query']) {
    for (const one of mine)
      expect([kind, one, await allowed(`dynamodb:${kind}`, one)]).toEqual([kind, one, true]);
    for (const one of others) {
      expect([kind, one, await allowed(`dynamodb:${kind}`, one)]).toEqual([kind, one, false]);
    }
  }
  const text = JSON.stringify(work);
  for (const one of mine) {
    expect([one, (await exercise([], JSON.parse(text.replace(`"${one}"`, '"none"')))).length > 0]).toEqual([
      one,
      true,
    ]);
  }
});
