import { describe, expect, test } from 'vitest';
import type { GroupHealth } from '#core/ports/kind.ts';
import { parse } from '#core/util/parse.ts';
import { groupHealthy } from '#probes/group-healthy.ts';
import { never, probesOnSandbox } from './probe-on-sandbox.ts';

const group = '222222222222/eu-west-1/asg/web';

async function measured(atLeast: number | string, found: Partial<GroupHealth> | undefined) {
  const asked: string[] = [];
  const health = async (key: string) => {
    asked.push(key);
    return found && { targets: 4, healthy: 4, desired: 4, ...found };
  };
  const prober = await probesOnSandbox().open(groupHealthy, { group, atLeast }, { health });
  const measurement = await prober.measure(0, never);
  expect(asked).toEqual([group]);
  return measurement;
}

describe('a group-healthy probe', () => {
  test.each([
    ['50%', 2, 'good'],
    ['50%', 1, 'bad'],
    ['100%', 3, 'bad'],
    ['30%', 1, 'bad'],
    [3, 3, 'good'],
    [3, 2, 'bad'],
    // New ones before old ones go.
    ['100%', 6, 'good'],
  ] as const)('at least %s of four, and %s are healthy: %s', async (atLeast, healthy, is) => {
    const detail = is === 'bad' ? { detail: `${healthy} of 4 healthy` } : {};
    expect(await measured(atLeast, { healthy })).toEqual({ is, value: healthy, ...detail });
  });

  test('a share is one of the desired capacity, however few are left', async () => {
    expect(await measured('50%', { targets: 1, healthy: 1, desired: 4 })).toMatchObject({ is: 'bad' });
  });

  test('a group that is not there is unmeasured', async () => {
    expect(await measured('50%', undefined)).toEqual({ is: 'unmeasured', detail: 'no such group' });
  });

  test('takes keys of groups, and amounts', () => {
    expect(groupHealthy.what({ group, atLeast: '50%' })).toBe(`at least 50% of ${group} healthy`);
    for (const wrong of [
      { group: 'web' },
      { atLeast: 0 },
      { atLeast: '101%' },
      { atLeast: 'half' },
      { atLeast: 1.5 },
    ]) {
      expect(() => parse(groupHealthy.parameters, { group, atLeast: 1, ...wrong }, 'x')).toThrow('expected');
    }
  });
});
