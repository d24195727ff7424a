import {
  DescribeInstanceAttributeCommand,
  DescribeInstancesCommand,
  EC2Client,
  StopInstancesCommand,
} from '@aws-sdk/client-ec2';
import { describe, expect, test } from 'vitest';
import type { AuthorizationRequest } from '#sandbox/authorizer.ts';
import { Instance, type InstanceState } from '#sandbox/ec2/instance.ts';
import { defaultTimings } from '#sandbox/state/sandbox-context.ts';
import { aSandbox } from '../a-sandbox.ts';

const timings = { ...defaultTimings, pendingMs: 20, stoppingMs: 30, shuttingDownMs: 40 };
const hour = 3_600_000;

function anInstance(state: InstanceState = 'running'): Instance {
  return new Instance(
    { id: 'i-0123456789abcdef0', zone: 'eu-west-1a', tags: {}, launchedAt: 0, since: 0, state },
    timings,
  );
}

describe('DescribeInstances', () => {
  test('forgets an instance an hour after it was terminated', async () => {
    const { clients, clock, home, assume } = aSandbox({ jumps: false });
    const [gone, kept] = [home.instance(), home.instance()];
    gone.terminate(clock.now());
    await clock.advance(defaultTimings.shuttingDownMs + hour - 1);
    const listed = async () => {
      const { Reservations = [] } = await clients(EC2Client, await assume()).send(
        new DescribeInstancesCommand(),
      );
      return Reservations.flatMap(({ Instances = [] }) => Instances).map(({ InstanceId }) => InstanceId);
    };
    expect(await listed()).toEqual([gone.id, kept.id]);
    await clock.advance(1);
    expect(await listed()).toEqual([kept.id]);
    await expect(
      clients(EC2Client, await assume()).send(new DescribeInstancesCommand({ InstanceIds: [gone.id] })),
    ).rejects.toMatchObject({ name: 'InvalidInstanceID.NotFound' });
  });
});

describe('StopInstances', () => {
  test.each([
    [{ rootDevice: 'instance-store' }, /does not have an 'ebs' root device type and cannot be stopped/],
    [{ purchase: 'spot' }, /associated with a one-time Spot Instance request/],
  ])('is refused for an instance of %j, which runs on', async (traits, message) => {
    const { clients, clock, home, assume } = aSandbox();
    const instance = home.instance({ traits });
    await expect(
      clients(EC2Client, await assume()).send(new StopInstancesCommand({ InstanceIds: [instance.id] })),
    ).rejects.toMatchObject({ name: 'UnsupportedOperation', message: expect.stringMatching(message) });
    expect(instance.stateAt(clock.now())).toBe('running');
  });
});

describe('DescribeInstanceAttribute', () => {
  test('requires permission for each instance, by its ARN and its tags', async () => {
    const asked: AuthorizationRequest[] = [];
    const { clients, home, assume } = aSandbox({
      authorize: (request) => {
        asked.push(request);
        return true;
      },
    });
    const { id } = home.instance({ tags: { app: 'web' } });
    const client = clients(EC2Client, await assume());
    await client.send(
      new DescribeInstanceAttributeCommand({ InstanceId: id, Attribute: 'disableApiTermination' }),
    );
    expect(asked.at(-1)).toMatchObject({
      action: 'ec2:DescribeInstanceAttribute',
      resource: home.instanceArn(id),
      resourceTags: { app: 'web' },
    });
  });

  test('names an attribute that is not implemented', async () => {
    const { clients, home, assume } = aSandbox();
    const client = clients(EC2Client, await assume());
    await expect(
      client.send(
        new DescribeInstanceAttributeCommand({ InstanceId: home.instance().id, Attribute: 'userData' }),
      ),
    ).rejects.toThrow('the sandbox does not implement the instance attribute userData');
  });
});

describe('an instance', () => {
  test('is pending, then running', () => {
    const instance = anInstance('pending');
    expect([0, 19, 20, 1_000].map((now) => instance.stateAt(now))).toEqual([
      'pending',
      'pending',
      'running',
      'running',
    ]);
  });

  test('stops, stays stopped, and starts again', () => {
    const instance = anInstance();
    instance.stop(100);
    expect([100, 129, 130, hour].map((now) => instance.stateAt(now))).toEqual([
      'stopping',
      'stopping',
      'stopped',
      'stopped',
    ]);
    instance.start(hour);
    expect([hour, hour + 20].map((now) => instance.stateAt(now))).toEqual(['pending', 'running']);
  });

  test('shuts down, and is then terminated for good', () => {
    const instance = anInstance();
    instance.terminate(100);
    instance.terminate(120);
    expect([100, 139, 140].map((now) => instance.stateAt(now))).toEqual([
      'shutting-down',
      'shutting-down',
      'terminated',
    ]);
    instance.start(200);
    instance.stop(200);
    instance.terminate(200);
    instance.reboot(200);
    expect(instance.stateAt(300)).toBe('terminated');
    expect(instance.reboots).toBe(0);
  });

  test('was launched when it was last started', () => {
    const instance = anInstance();
    expect(instance.launchedAt).toBe(0);
    instance.stop(100);
    expect(instance.launchedAt).toBe(0);
    instance.start(hour);
    expect(instance.launchedAt).toBe(hour);
  });

  test('has the tags it was given last', () => {
    const instance = anInstance();
    instance.setTags({ app: 'web' });
    expect(instance.tags).toEqual({ app: 'web' });
  });

  test('counts its reboots', () => {
    const instance = anInstance();
    instance.reboot(1);
    instance.reboot(2);
    expect(instance.reboots).toBe(2);
    expect(instance.stateAt(2)).toBe('running');
  });

  test('is listed for an hour after it was terminated', () => {
    const instance = anInstance();
    instance.terminate(100);
    expect([140, 140 + hour - 1, 140 + hour].map((now) => instance.isListedAt(now))).toEqual([
      true,
      true,
      false,
    ]);
  });

  test('ended when it was terminated', () => {
    const instance = anInstance();
    expect(instance.endedAt(50)).toBeUndefined();
    instance.stop(100);
    expect([100, 1_000].map((now) => instance.endedAt(now))).toEqual([100, 100]);
  });
});
