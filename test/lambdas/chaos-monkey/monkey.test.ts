import { describe, expect, test } from 'vitest';
import type { RunReport } from '#core/reports/run-report.ts';
import { InvalidInput } from '#core/util/parse.ts';
import { chaosMonkey } from '#lambdas/chaos-monkey/monkey.ts';
import { aGroup } from '../../support/a-group.ts';
import { aWorld } from '../../support/a-world.ts';
import { apiEvent, fleet, invocation, viaApi } from './invoke.ts';

describe('chaos_monkey', () => {
  test.each([
    ['a direct invocation with a request', { dryRun: true }, 'invoke', 'adhoc/c7d1'],
    ['a direct invocation without a payload', {}, 'invoke', 'adhoc/c7d1'],
    ['a direct invocation with null', null, 'invoke', 'adhoc/c7d1'],
    ['the Scheduler', { slot: '2026-11-23T09:00:00Z' }, 'schedule', '2026-11-23T09:00:00Z'],
  ])('answers %s with the report', async (_, event, trigger, slot) => {
    const world = aWorld({ groups: fleet() });
    expect(await chaosMonkey(world, () => '00000001')(event, invocation)).toMatchObject({
      runId: '20261123T090000Z-00000001',
      trigger,
      slot,
      mode: 'leashed',
      counts: { leashed: 1 },
    });
  });

  test('a request that is not valid is thrown, and nothing has been done', async () => {
    const world = aWorld({ groups: fleet() });
    const monkey = chaosMonkey(world, () => '00000001');
    await expect(monkey({ dryrun: false }, invocation)).rejects.toThrow(InvalidInput);
    await expect(monkey([1], invocation)).rejects.toThrow('expected object');
    expect(world.events).toEqual([]);
  });

  test.each([
    ['plain', '{"dryRun":false}', false],
    ['base64, as API Gateway sends what it takes for binary', btoa('{"dryRun":false}'), true],
  ])('takes a request in the body of a POST: %s', async (_, body, encoded) => {
    const { statusCode, headers, body: report, world } = await viaApi(apiEvent(body, encoded));
    expect({ statusCode, headers }).toEqual({
      statusCode: 200,
      headers: { 'content-type': 'application/json' },
    });
    expect(report).toMatchObject({ trigger: 'api', mode: 'live', counts: { succeeded: 1 } });
    expect(world.announced).toHaveLength(1);
  });

  test('a POST without a body is an empty request', async () => {
    expect((await viaApi(apiEvent(undefined))).body).toMatchObject({ trigger: 'api', mode: 'leashed' });
  });

  test.each([
    ['malformed JSON', '{"dryRun":', '(root)', 'expected JSON'],
    ['an unknown key', '{"dryrun":true}', 'dryrun', 'unknown key'],
    ['a bad account', '{"accounts":["1"]}', 'accounts[0]', 'expected a 12-digit account id'],
  ])('answers %s with 400 and the path, and does nothing', async (_, body, path, expected) => {
    const { statusCode, body: answer, world } = await viaApi(apiEvent(body));
    expect(statusCode).toBe(400);
    expect(answer).toMatchObject({ error: 'InvalidInput', mistakes: [{ path, expected }] });
    expect(world.events).toEqual([]);
  });

  test('a run that came by the API ends before API Gateway gives up', async () => {
    const world = aWorld({ groups: fleet() });
    let deadline = 0;
    const monkey = chaosMonkey(
      {
        ...world,
        fleet: {
          ...world.fleet,
          survey: async (accounts, run, see) => {
            deadline = run.deadline;
            return world.fleet.survey(accounts, run, see);
          },
        },
      },
      () => '00000001',
    );
    await monkey(apiEvent('{}'), invocation);
    expect(deadline - world.clock.now()).toBeLessThanOrEqual(15_000);
    await monkey({}, invocation);
    expect(deadline - world.clock.now()).toBe(285_000);
  });

  test("takes a verification as the Scheduler's, looks at no group that is not to recover, and answers with the report", async () => {
    const world = aWorld({ groups: fleet() });
    expect(await chaosMonkey(world, () => '00000001')({ task: 'verify' }, invocation)).toMatchObject({
      task: 'verify',
      trigger: 'schedule',
      slot: 'adhoc/c7d1',
      counts: { groups: 0 },
    });
    expect(world.events).not.toContain('survey');
  });

  test('plans, explains, lists groups and replays at every trigger', async () => {
    const world = aWorld({ groups: fleet() });
    const monkey = chaosMonkey(world, () => '00000001');
    const { runId } = (await monkey({ dryRun: false }, invocation)) as RunReport;
    const asked = [
      [{ task: 'plan' }, { from: '2026-11-23', to: '2026-11-23', mode: 'live' }],
      [{ task: 'explain', group: 'web-0' }, { group: aGroup({ name: 'web-0' }).key }],
      [{ task: 'groups' }, { seen: 1, groups: [{ group: aGroup({ name: 'web-0' }).key }] }],
      [
        { task: 'replay', runId },
        { runId, differences: 0, chosen: 1 },
      ],
    ] as const;
    for (const [request, answer] of asked) {
      expect(await monkey(request, invocation)).toMatchObject(answer);
      const { statusCode, body } = await viaApi(apiEvent(JSON.stringify(request)), world);
      expect({ statusCode, body }).toMatchObject({ statusCode: 200, body: answer });
    }
    expect(world.struck).toHaveLength(1);
  });

  test.each([
    ['a task that there is not', '{"task":"melt"}', 'task'],
    ['a plan of too many days', '{"task":"plan","days":60}', 'days'],
    ['a request for a run in a task', '{"task":"verify","dryRun":false}', 'dryRun'],
  ])('answers %s with 400 and the path', async (_, body, path) => {
    const { statusCode, body: answer, world } = await viaApi(apiEvent(body));
    expect(statusCode).toBe(400);
    expect(answer).toMatchObject({ error: 'InvalidInput', mistakes: [{ path }] });
    expect(world.events).toEqual([]);
  });
});
