import { describe, expect, test } from 'vitest';
import { aRunContext, aSandboxWorld, monday } from '../../support/a-sandbox-world.ts';
import { aTarget } from '../../support/a-target.ts';

const [one, two] = ['222222222222', '333333333333'];

describe('protectionsOf', () => {
  const targetIn = ({ fleet, sandbox }: ReturnType<typeof aSandboxWorld>, account = one) => {
    const instance = sandbox.account(account).region('eu-west-1').instance();
    const target = aTarget({ id: instance.id, group: `${account}/eu-west-1/tag/workers` });
    return { instance, ask: () => fleet.protectionsOf(target, aRunContext()) };
  };

  test('says what its attributes protect it from, with a call each under the session that looks', async () => {
    const world = aSandboxWorld();
    const { instance, ask } = targetIn(world);
    expect(await ask()).toEqual([]);
    instance.protect();
    expect(await ask()).toEqual(['termination']);
    instance.protectFromStop();
    expect(await ask()).toEqual(['termination', 'stop']);
    instance.protect(false);
    expect(await ask()).toEqual(['stop']);
    const asked = world.calls.filter(({ action }) => action === 'ec2:DescribeInstanceAttribute');
    expect(asked).toHaveLength(8);
    const { Statement } = JSON.parse(world.calls.at(-1)?.sessionPolicy ?? '{}');
    const actions = Statement.flatMap(({ Action }: { Action: readonly string[] }) => Action);
    expect(
      actions.some((action: string) => 'ec2:DescribeInstanceAttribute'.startsWith(action.replace('*', ''))),
    ).toBe(true);
    expect(actions.filter((action: string) => !/:(Get|List|Describe)/.test(action))).toEqual([]);
  });

  test('throws what AWS answers', async () => {
    const world = aSandboxWorld();
    const { ask } = targetIn(world);
    world.sandbox.disruptions.deny({ action: 'ec2:DescribeInstanceAttribute' });
    await expect(ask()).rejects.toMatchObject({ name: 'UnauthorizedOperation' });
  });

  test('is not asked once the time is up', async () => {
    const { clock, calls, ...world } = aSandboxWorld();
    const { ask } = targetIn({ clock, calls, ...world });
    await clock.advance(285_000 - 1);
    expect(await ask()).toEqual([]);
    const made = calls.length;
    await clock.advance(1);
    await expect(ask()).rejects.toMatchObject({ name: 'DeadlineReached' });
    expect(calls).toHaveLength(made);
  });

  test('is tried again, and not past the deadline', async () => {
    const { clock, sandbox, ...world } = aSandboxWorld();
    const { ask } = targetIn({ clock, sandbox, ...world });
    sandbox.disruptions.throttle({ action: 'ec2:DescribeInstanceAttribute' });
    const tried = async () => {
      const before = clock.now();
      await expect(ask()).rejects.toThrow();
      return clock.now() - before;
    };
    expect(await tried()).toBeGreaterThan(1_000);
    await clock.advance(285_000 - 100 - (clock.now() - monday));
    expect(await tried()).toBeLessThan(1_000);
  });

  test('throws for an account that is not configured', async () => {
    const { ask } = targetIn(aSandboxWorld(), two);
    await expect(ask()).rejects.toThrow(`account ${two} is not in the configuration`);
  });
});
