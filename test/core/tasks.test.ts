import { describe, expect, test } from 'vitest';
import { parseTask } from '#core/config/task.ts';
import type { RunReport } from '#core/reports/run-report.ts';
import { startTask } from '#core/run/start-run.ts';
import { performTask } from '#core/tasks.ts';
import { InvalidInput } from '#core/util/parse.ts';
import { faults } from '#faults/registry.ts';
import { aGroup } from '../support/a-group.ts';
import { aWorld, type FakeWorld } from '../support/a-world.ts';

async function performed(world: FakeWorld, input: object, id = '00000001') {
  const task = parseTask(input, world.config, faults);
  const starting = { clock: world.clock, newId: () => id, invocationId: id, timeLeftMs: 300_000 };
  return performTask(task, startTask(task, 'invoke', starting), world);
}

describe('perform', () => {
  test('a request without a task is a run', async () => {
    const world = aWorld({ groups: [aGroup()] });
    expect(await performed(world, { dryRun: false })).toMatchObject({
      task: 'run',
      counts: { succeeded: 1 },
    });
  });

  test('verifies without a look at groups that were not struck, and tells nobody that there was nothing', async () => {
    const world = aWorld({ groups: [aGroup()] });
    expect(await performed(world, { task: 'verify' })).toMatchObject({
      task: 'verify',
      counts: { groups: 0 },
    });
    expect(world.events).toEqual([]);
  });

  test.each([
    ['a plan', { task: 'plan', days: 2 }, { from: '2026-11-23', to: '2026-11-24' }],
    ['a list of groups', { task: 'groups' }, { seen: 1 }],
    ['an explanation', { task: 'explain', group: 'web' }, { group: aGroup().key }],
  ])('makes %s, and claims, strikes and records nothing', async (_, input, answer) => {
    const world = aWorld({ groups: [aGroup()] });
    expect(await performed(world, input)).toMatchObject(answer);
    expect(world.events.filter((event) => !/^(survey|inspect)/.test(event))).toEqual([]);
  });

  test('replays a recorded run to the same decisions', async () => {
    const world = aWorld({ groups: [aGroup(), aGroup({ name: 'api' })] });
    const { runId } = (await performed(world, { dryRun: false })) as RunReport;
    const replay = await performed(world, { task: 'replay', runId }, '00000002');
    expect(replay).toMatchObject({ runId, groups: 2, chosen: 2, differences: 0 });
  });

  test('says of a run that was not recorded that it was not, and for how long they are kept', async () => {
    const asked = performed(aWorld(), { task: 'replay', runId: '20261123T090000Z-3f9a1c2b' });
    await expect(asked).rejects.toThrow(InvalidInput);
    await expect(asked).rejects.toThrow(
      /^request is not valid:\n {2}runId: .*90 days.*"20261123T090000Z-3f9a1c2b"/,
    );
  });
});
