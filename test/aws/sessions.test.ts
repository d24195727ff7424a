import { describe, expect, test } from 'vitest';
import { makeClients } from '#aws/clients/clients.ts';
import { assumedSessions, ownSessions } from '#aws/sessions.ts';
import type { InstanceGroup } from '#targets/instances/model.ts';
import { aConfig } from '../support/a-config.ts';
import { aRunContext, aSandboxWorld, monday } from '../support/a-sandbox-world.ts';

const accounts = ['222222222222', '333333333333'];

async function aSurveyedWorld() {
  const world = aSandboxWorld(aConfig({ accounts }));
  for (const id of accounts) {
    const tags = { 'chaos:opt-in': 'true' };
    world.sandbox.account(id).region('eu-west-1').autoScalingGroup({ name: 'web', desired: 2, tags });
  }
  const run = aRunContext();
  const { value } = await world.fleet.survey(world.config.accounts, run, (group: InstanceGroup) => group);
  return { ...world, run, groups: value.seen };
}
type SurveyedWorld = Awaited<ReturnType<typeof aSurveyedWorld>>;

const assumedOf = ({ calls }: SurveyedWorld) =>
  calls
    .filter(({ action }) => action === 'sts:AssumeRole')
    .map(({ input }) => (input as { RoleArn: string }).RoleArn.split(':')[4]);

describe('read-only sessions', () => {
  test('are opened once per account and run, whatever the deadlines of its rounds', async () => {
    const world = await aSurveyedWorld();
    for (const lastsMs of [20_000, 30_000, 40_000]) {
      const round = { ...world.run, deadline: monday + lastsMs };
      expect((await world.fleet.inspect(world.groups, round)).value.size).toBe(2);
    }
    expect(assumedOf(world)).toEqual(accounts);
  });

  test('are separate for each run, whose id is their name in CloudTrail', async () => {
    const world = await aSurveyedWorld();
    await world.fleet.inspect(world.groups, { ...world.run, runId: '20261123T100000Z-00000002' });
    expect(assumedOf(world)).toEqual([...accounts, ...accounts]);
  });

  test('are cached for the last eight runs only', async () => {
    const world = await aSurveyedWorld();
    const inspectIn = (runId: string) =>
      world.fleet.inspect(world.groups.slice(0, 1), { ...world.run, runId });
    for (let index = 1; index < 8; index += 1) await inspectIn(`run-${index}`);
    await inspectIn(world.run.runId);
    expect(assumedOf(world)).toHaveLength(accounts.length + 7);
    await inspectIn('run-8');
    await inspectIn(world.run.runId);
    expect(assumedOf(world)).toHaveLength(accounts.length + 9);
  });
});

describe('sessions of what goes on for longer than they last', () => {
  const minuteMs = 60_000;

  test('are opened anew for what is due later, and have retries', async () => {
    const world = await aSurveyedWorld();
    for (const minutes of [4, 9, 16, 40]) {
      await world.clock.sleep(monday + minutes * minuteMs - world.clock.now());
      const now = world.clock.now();
      const step = { ...world.run, deadline: now + minuteMs, surveyBy: now + minuteMs };
      world.sandbox.disruptions.throttle({ action: 'sts:AssumeRole' }, 1);
      expect((await world.fleet.inspect(world.groups, step)).failures).toEqual([]);
      world.sandbox.disruptions.clear();
    }
    expect(new Set(assumedOf(world))).toEqual(new Set(accounts));
  });
});

describe('sessions that undo', () => {
  const role = { account: '222222222222', arn: 'arn:aws:iam::222222222222:role/undo', externalId: 'agreed' };
  const nothing = { Version: '2012-10-17', Statement: [] } as const;
  const refusal = (name: string, httpStatusCode: number) =>
    Object.assign(new Error(name), { name, $metadata: { httpStatusCode } });

  /** STS in the master's region fails in this way. */
  async function opening(error: Error, masterRegion = 'eu-west-1') {
    const { sandbox, clock } = aSandboxWorld(aConfig({ accounts }));
    sandbox
      .account(role.account)
      .role({ name: 'undo', trust: { principal: sandbox.callerRole, externalId: role.externalId } });
    const asked: string[] = [];
    const failing = makeClients({
      clock,
      concurrency: 4,
      random: () => 0.5,
      transport: async (call) => {
        asked.push(call.region);
        if (call.region === masterRegion) throw error;
        return sandbox.transport(call);
      },
    });
    const sessions = ownSessions('222222222222', assumedSessions(failing, masterRegion));
    const session = await sessions.openForUndo(role, nothing, aRunContext()).catch(({ name }: Error) => name);
    return { session, asked: [...new Set(asked)] };
  }

  test.each([
    ['no connection', Object.assign(new Error('x'), { name: 'TimeoutError', code: 'ETIMEDOUT' })],
    ['no such host', Object.assign(new Error('x'), { code: 'ENOTFOUND' })],
    ['an error of AWS', refusal('InternalFailure', 500)],
    ['an outage', refusal('ServiceUnavailable', 503)],
  ])("are opened in a second region after %s in the master's", async (_, error) => {
    const { session, asked } = await opening(error);
    expect(session).toMatchObject({ sessionToken: expect.any(String) });
    expect(asked).toEqual(['eu-west-1', 'us-east-1']);
    expect((await opening(error, 'us-east-1')).asked).toEqual(['us-east-1', 'us-west-2']);
  });

  test.each(['AccessDenied', 'PackedPolicyTooLargeException'])(
    'are not asked for again after %s, which is the same everywhere',
    async (name) => {
      expect(await opening(refusal(name, 400))).toMatchObject({ session: name, asked: ['eu-west-1'] });
    },
  );

  test("fail with the master's region where a partition has no other", async () => {
    const outage = await opening(refusal('ServiceUnavailable', 503), 'eusc-de-east-1');
    expect(outage).toMatchObject({ session: 'ServiceUnavailable', asked: ['eusc-de-east-1'] });
  });
});
