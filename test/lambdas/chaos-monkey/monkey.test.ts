import { describe, expect, test } from 'vitest';
import { GroupList } from '#core/reports/group-list.ts';
import type { RunReport } from '#core/reports/run-report.ts';
import { InvalidInput, parse } from '#core/util/parse.ts';
import { type ApiAnswer, chaosMonkey, type Invocation } from '#lambdas/chaos-monkey/monkey.ts';
import { aGroup } from '../../support/a-group.ts';
import { aWorld } from '../../support/a-world.ts';

const invocation: Invocation = { awsRequestId: 'c7d1', getRemainingTimeInMillis: () => 300_000 };
const fleet = (size = 1) => Array.from({ length: size }, (_, index) => aGroup({ name: `web-${index}` }));

function apiEvent(body: string | undefined, isBase64Encoded = false) {
  return {
    version: '2.0',
    routeKey: 'POST /runs',
    rawPath: '/runs',
    requestContext: { http: { method: 'POST', path: '/runs' }, accountId: '111111111111' },
    ...(body !== undefined && { body }),
    isBase64Encoded,
  };
}

async function viaApi(event: unknown, world = aWorld({ groups: fleet() })) {
  const answer = (await chaosMonkey(world, () => '00000001')(event, invocation)) as ApiAnswer;
  return { ...answer, body: JSON.parse(answer.body), world };
}

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

  test('40,000 groups fit in an answer, with counts and strikes in full and what is missing said', async () => {
    const tags = { 'chaos:opt-in': 'true', 'chaos:probability': '0' };
    const groups = [
      ...fleet(1),
      ...Array.from({ length: 40_000 }, (_, index) => aGroup({ name: `a-longer-name-${index}`, tags })),
    ];
    const world = aWorld({ groups });
    const direct = await chaosMonkey(world, () => '00000001')({ dryRun: false }, invocation);
    const api = await chaosMonkey(world, () => '00000002')(apiEvent('{"dryRun":false}'), invocation);
    expect(JSON.stringify(direct).length).toBeLessThanOrEqual(6_000_000);
    expect(JSON.stringify(api).length).toBeLessThanOrEqual(6_000_000);
    expect(direct).toMatchObject({
      counts: { groups: 40_001, succeeded: 1, spared: { 'probability-zero': 40_000 } },
      strikes: [{ outcome: 'succeeded' }],
      omitted: { strikes: 0, failures: 0, decisions: expect.any(Number) },
    });
    expect(world.decided).toHaveLength(80_002);
  });

  test('lists of 40,000 groups as many as fit in an answer, and says how many there are', async () => {
    const tags = { 'chaos:opt-in': 'true', 'chaos:app': 'a'.repeat(256), 'chaos:alarm': 'b'.repeat(255) };
    const groups = Array.from({ length: 40_000 }, (_, index) => aGroup({ name: `web-${index}`, tags }));
    const world = aWorld({ groups });
    const direct = await chaosMonkey(world, () => '00000001')({ task: 'groups' }, invocation);
    const api = await chaosMonkey(world, () => '00000002')(apiEvent('{"task":"groups"}'), invocation);
    expect(JSON.stringify(direct).length).toBeLessThanOrEqual(6_000_000);
    expect(JSON.stringify(api).length).toBeLessThanOrEqual(6_000_000);
    const list = parse(GroupList, direct, 'answer');
    expect(list).toMatchObject({ seen: 40_000, failures: [] });
    expect(list.groups.length).toBeGreaterThan(5_000);
    expect(list.groups.length).toBeLessThan(10_000);
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

  test('a plan that does not fit in an answer is refused, and says what helps', async () => {
    const names = Array.from({ length: 2_500 }, (_, index) => `${'long-'.repeat(40)}${index}`);
    const world = aWorld({ groups: names.map((name) => aGroup({ name })) });
    const monkey = chaosMonkey(world, () => '00000001');
    const plan = { task: 'plan', date: '2026-11-23', days: 5 };
    await expect(monkey(plan, invocation)).rejects.toThrow(/the limit is 6 MB.* fewer days/);
    const { statusCode, body } = await viaApi(apiEvent(JSON.stringify({ ...plan, days: 1 })), world);
    expect({ statusCode, body }).toEqual({
      statusCode: 400,
      body: { error: 'AnswerTooLarge', message: expect.stringMatching(/the limit is 3 MB.* fewer days/) },
    });
  });
});
