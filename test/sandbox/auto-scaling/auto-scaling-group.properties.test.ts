import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aGroup, minute } from './a-group.ts';

describe('any sequence of scenario actions', () => {
  const act = fc.record({
    verb: fc.constantFrom(
      'setDesired',
      'kill',
      'degrade',
      'redeploy',
      'suspend',
      'resume',
      'fail',
      'mend',
      'protect',
    ),
    process: fc.constantFrom('Launch', 'Terminate', 'HealthCheck', 'ReplaceUnhealthy'),
    number: fc.nat({ max: 6 }),
    waitMs: fc.nat({ max: 40 }).map((tens) => tens * 10),
  });
  type Act = typeof act extends fc.Arbitrary<infer One> ? One : never;

  const play = async (acts: readonly Act[], looks: boolean) => {
    const world = aGroup({ max: 9 });
    const { clock, group, members } = world;
    for (const { verb, process, number, waitMs } of acts) {
      if (looks || ['kill', 'degrade', 'protect'].includes(verb)) members();
      const instance = group.members[number % Math.max(1, group.members.length)]?.instance;
      if (verb === 'setDesired') group.setDesired(number);
      if (verb === 'kill') instance?.terminate(clock.now());
      if (verb === 'degrade' && instance !== undefined) group.degrade(instance.id);
      if (verb === 'redeploy') group.redeploy();
      if (verb === 'suspend') group.suspend(process);
      if (verb === 'resume') group.resume(process);
      if (verb === 'fail' || verb === 'mend') group.failToLaunch(verb === 'fail');
      if (verb === 'protect' && instance !== undefined) group.protectFromScaleIn(instance.id);
      for (let step = 0; looks && step < 10; step += 1) {
        await clock.advance(waitMs / 10);
        members();
      }
      if (!looks) await clock.advance(waitMs);
    }
    return world;
  };

  test('has the same result whether or not anybody looked meanwhile', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 12 }), async (acts) => {
        const [watched, left] = [await play(acts, true), await play(acts, false)];
        expect(left.members()).toEqual(watched.members());
        expect(left.activities()).toEqual(watched.activities());
        expect(left.region.instances()).toEqual(watched.region.instances());
      }),
      { numRuns: 200 },
    );
  });

  test('ends with a group of the desired size, once nothing blocks it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 12 }), async (acts) => {
        const { clock, group, members } = await play(acts, false);
        for (const process of ['Launch', 'Terminate', 'HealthCheck', 'ReplaceUnhealthy'] as const) {
          group.resume(process);
        }
        group.failToLaunch(false);
        for (const { id } of members()) group.protectFromScaleIn(id, false);
        await clock.advance(60 * minute);
        expect(members()).toHaveLength(group.desired);
        expect(members().every(({ state, health }) => state === 'running' && health === 'Healthy')).toBe(
          true,
        );
      }),
      { numRuns: 200 },
    );
  });
});
