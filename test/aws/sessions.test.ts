import { describe, expect, test } from 'vitest';
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
