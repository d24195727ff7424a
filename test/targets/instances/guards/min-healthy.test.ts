import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { minHealthy } from '#targets/instances/guards/min-healthy.ts';
import type { InstanceGroup, Member } from '#targets/instances/model.ts';
import { aConfig } from '../../../support/a-config.ts';
import { aGroup, aMember } from '../../../support/a-group.ts';
import { aGuardContext } from '../../../support/a-guard-context.ts';

const context = aGuardContext();
const passes = (group: InstanceGroup, text: string) =>
  minHealthy.check({ group: { ...group, tags: { ...group.tags, 'chaos:min-healthy': text } } }, context)
    .passes;

const members = fc
  .array(fc.record({ healthy: fc.boolean(), capacity: fc.integer({ min: 1, max: 999 }) }), { maxLength: 8 })
  .map((seen): readonly Member[] => seen.map((one, index) => aMember({ ...one, instanceId: `i-${index}` })));
const anyGroup = fc.record({ members, desired: fc.integer({ min: 0, max: 5_000 }) }).map(aGroup);

/** In thousandths of a percent, so that what is expected can be reckoned in whole numbers. */
const share = fc.integer({ min: 1, max: 100_000 });
const textOf = (thousandths: number) =>
  `${Math.floor(thousandths / 1_000)}.${String(thousandths % 1_000).padStart(3, '0')}%`;

/** What is left of a group, whichever of its healthy members is struck. */
const leftovers = ({ members }: InstanceGroup): readonly (readonly Member[])[] => {
  const healthy = members.filter((member) => member.healthy);
  return healthy.map((struck) => healthy.filter((member) => member !== struck));
};
const capacityOf = (left: readonly Member[]) => left.reduce((sum, { capacity }) => sum + capacity, 0);

describe('minHealthy', () => {
  test('a number: passes just where every strike leaves so many instances, whatever they weigh', () => {
    fc.assert(
      fc.property(anyGroup, fc.integer({ min: 1, max: 9 }), (group, count) => {
        const left = leftovers(group);
        expect(passes(group, `${count}`)).toBe(
          left.length > 0 && left.every(({ length }) => length >= count),
        );
      }),
      { numRuns: 1_000 },
    );
  });

  test('a number may have more than one digit', () => {
    const twelve = Array.from({ length: 12 }, (_, n) => aMember({ instanceId: `i-${n}` }));
    expect(passes(aGroup({ members: twelve }), '11')).toBe(true);
    expect(passes(aGroup({ members: twelve }), '12')).toBe(false);
  });

  test('a share: passes just where every strike leaves that much of the desired capacity, to the last fraction', () => {
    const near = fc.constantFrom(-1, 0, 1);
    fc.assert(
      fc.property(anyGroup, share, near, (group, thousandths, more) => {
        // At the very edge half of the time: the desired capacity of which just this share is left.
        const least = Math.min(...leftovers(group).map(capacityOf));
        const desired = Number.isFinite(least)
          ? [group.desired, Math.max(0, Math.floor((least * 100_000) / thousandths) + more)]
          : [group.desired];
        for (const each of desired) {
          const expected = leftovers(group).every((left) => capacityOf(left) * 100_000 >= each * thousandths);
          const isUp = leftovers(group).length > 0;
          const said = passes({ ...group, desired: each }, textOf(thousandths));
          expect(said).toBe(isUp ? expected : each === 0);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  test('asking for more never lets more pass', () => {
    fc.assert(
      fc.property(anyGroup, share, share, (group, one, other) => {
        const [less, more] = [Math.min(one, other), Math.max(one, other)];
        if (passes(group, textOf(more))) expect(passes(group, textOf(less))).toBe(true);
      }),
    );
  });

  test('a share is written as people write it', () => {
    const group = aGroup({ desired: 4, members: [1, 2, 3].map((n) => aMember({ instanceId: `i-${n}` })) });
    for (const text of ['50%', '50.0%', ' 50% ', '1%', '0.5%', '01%']) {
      expect(passes(group, text)).toBe(true);
    }
    for (const text of ['100%', '100.00%', '50.1%', '99%']) expect(passes(group, text)).toBe(false);
  });

  test('the configuration takes what the tag takes, and nothing else', () => {
    for (const minHealthy of [1, 2, '50%', '12.5%', '100%']) {
      expect(aConfig({ guards: { minHealthy } }).guards.minHealthy).toBe(minHealthy);
    }
    for (const minHealthy of [0, -1, 1.5, '2', '0%', '101%', '100.5%', '50']) {
      expect(() => aConfig({ guards: { minHealthy } })).toThrow(
        'guards.minHealthy: expected a number such as 2, or a share such as "50%"',
      );
    }
  });
});
