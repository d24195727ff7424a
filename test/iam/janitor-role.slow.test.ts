import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import { makeClients } from '#aws/clients/clients.ts';
import { dynamoLedger } from '#aws/ledger/dynamo-ledger.ts';
import { newSecret } from '#aws/new-ids.ts';
import { undoIdOf } from '#core/model/undo-entry.ts';
import { undoRoleArn } from '#core/permissions/schedule-statements.ts';
import type { Ledger } from '#core/ports/ledger.ts';
import { faults } from '#faults/registry.ts';
import { chaosJanitor } from '#lambdas/chaos-janitor/janitor.ts';
import type { SandboxCall } from '#sandbox/call.ts';
import { VirtualClock } from '#sandbox/clock.ts';
import { janitorRoleName } from '#target-role/names.ts';
import { undoStacks } from '#target-role/undo-stacks.ts';
import { janitorWorld } from '#wiring/janitor-world.ts';
import { aClaim } from '../support/a-claim.ts';
import { aConfig } from '../support/a-config.ts';
import { anUndoEntry } from '../support/an-undo-entry.ts';
import { policyOf } from '../support/deployed-world.ts';
import { DisruptableSandbox } from '../support/disruptions.ts';
import { iamAuthorizer } from '../support/iam-authorizer.ts';
import { resolveTemplate, roleNamed } from '../support/resolved-template.ts';
import { anApp, masterStack, templateOf } from '../support/synth.ts';

const account = '222222222222';
const region = 'eu-west-1';
const config = aConfig({ faults: ['lambda-concurrency'] });
const master = resolveTemplate(templateOf(masterStack(config)), config.master);
const [target] = config.accounts;
if (target === undefined) throw new Error('there is no target');
const [undoStack] = undoStacks(anApp(), { config, faults, target });
if (undoStack === undefined) throw new Error('there is no undo stack');
const undoRole = roleNamed(resolveTemplate(templateOf(undoStack), { account, region }), config.undoRoleName);
const janitorPolicy = policyOf(roleNamed(master, janitorRoleName));

/** Two struck functions, one of them changed by somebody else since; the janitor undoes what it can, tells people, and a stop is set. */
async function exercise(without?: string) {
  const clock = new VirtualClock({ startsAt: Date.parse('2026-11-23T09:00:00Z'), jumps: true });
  const calls: SandboxCall[] = [];
  const statements = janitorPolicy.Statement.map((statement) => ({
    ...statement,
    Action: [statement.Action].flat().filter((action) => action !== without),
  }));
  const sandbox = new DisruptableSandbox({
    clock,
    caller: {
      account: config.master.account,
      roleName: janitorRoleName,
      policy: { Version: '2012-10-17', Statement: statements.filter(({ Action }) => Action.length > 0) },
    },
    authorize: iamAuthorizer(),
    onCall: (call) => calls.push(call),
  });
  const inAccount = sandbox.account(account);
  inAccount.role({
    name: config.undoRoleName,
    policy: policyOf(undoRole),
    trust: { principal: sandbox.callerRole, externalId: 'chaos-test', policy: undoRole.trustPolicy },
  });
  inAccount.region(region).schedules.addGroup('chaos-undo');
  const home = sandbox.account(config.master.account).region(region);
  const named = (logicalId: RegExp) => {
    const id = Object.keys(master).find(
      (name) => logicalId.test(name) && master[name]?.Type === 'AWS::SNS::Topic',
    );
    home.topic(id ?? '');
    return `arn:aws:sns:${region}:${config.master.account}:${id}`;
  };
  const tableName = Object.keys(master).find((id) => master[id]?.Type === 'AWS::DynamoDB::Table') ?? '';
  home.table({ name: tableName, partitionKey: 'pk', sortKey: 'sk' });
  const clients = makeClients({ clock, concurrency: 16, transport: sandbox.transport, random: () => 0.5 });
  const deployed = {
    ...{ account: config.master.account, region, tableName, timeZone: 'UTC' },
    topicArn: named(/Announcements/),
    notUndoneTopicArn: named(/NotUndone/),
  };
  const world = janitorWorld({ faults, clock, clients, newSecret, deployed });
  const ledger = dynamoLedger({
    client: clients(DynamoDBClient, { region, patienceMs: 4_000 }),
    ...{ tableName, newSecret, clock },
  });
  const problems: string[] = [];
  const { functions } = inAccount.region(region);
  const struck = ['checkout', 'payment'].map((name) =>
    functions.add({ name, tags: { 'chaos:opt-in': 'true' }, reserved: 0 }),
  );
  const [checkout, payment] = struck;
  try {
    for (const { name } of struck) await recordStrike(name, ledger);
    // Somebody else has changed it.
    if (payment !== undefined) payment.reserved = 7;
    await clock.advance(6 * 60_000);
    const handler = chaosJanitor({ world, newId: () => '3f9a1c2b', log: () => {}, put: async () => {} });
    const report = await handler({}, { getRemainingTimeInMillis: () => 900_000 });
    problems.push(...(report?.failures ?? []).map(({ stage, message }) => `${stage}: ${message}`));
  } catch (error) {
    problems.push(String(error));
  }
  return { problems, calls, checkout: checkout?.reserved, payment: payment?.reserved };
}

/** As a run leaves it, once the fault is in place. */
async function recordStrike(name: string, ledger: Ledger): Promise<void> {
  const group = `${account}/${region}/function/${name}`;
  const arn = `arn:aws:lambda:${region}:${account}:function:${name}`;
  const claim = aClaim({
    group,
    fault: { name: 'lambda-concurrency', parameters: { limit: 0, minutes: 5 } },
    target: { kind: 'lambda-function', facts: {}, id: name, arns: { function: arn }, group, account, region },
  });
  const { saved: _, id: __, ...rest } = anUndoEntry({ ...claim, state: 'reserved' } as never);
  const entry = {
    ...rest,
    id: undoIdOf(claim),
    fault: claim.fault,
    target: claim.target,
    saved: { before: 50, ours: 0 },
    ...{ locks: [arn], hits: [arn] },
    role: { arn: undoRoleArn(config, account), externalId: 'chaos-test', optInKey: 'chaos:opt-in' },
  };
  await ledger.claim({ ...claim, undo: entry.id }, entry);
  await ledger.begin(claim);
  await ledger.changeUndo(entry, { state: 'active', activeAt: entry.reservedAt });
}

describe('the deployed role of the janitor', () => {
  test('undoes what it can, and tells people of the rest', async () => {
    const { problems, checkout, payment, calls } = await exercise();
    expect(problems).toEqual([expect.stringMatching(/^undo: somebody else has changed it/)]);
    expect([checkout, payment]).toEqual([50, 7]);
    expect(calls.filter(({ action }) => action === 'sns:Publish')).toHaveLength(2);
  });

  const granted = new Set(janitorPolicy.Statement.flatMap(({ Action = [] }) => Action));
  test.each([...granted].filter((action) => !action.startsWith('logs:')))('needs %s', async (action) => {
    const { problems } = await exercise(action);
    expect(problems.join('\n')).toContain(action);
  });
});
