import { describe, expect, test } from 'vitest';
import { GroupList } from '#core/reports/group-list.ts';
import { parse } from '#core/util/parse.ts';
import { chaosMonkey } from '#lambdas/chaos-monkey/monkey.ts';
import { aGroup } from '../../support/a-group.ts';
import { aWorld } from '../../support/a-world.ts';
import { apiEvent, fleet, invocation, viaApi } from './invoke.ts';

describe('whatever it finds, chaos_monkey answers with no more than Lambda lets through', () => {
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
