import { describe, expect, test } from 'vitest';
import { faults } from '#faults/registry.ts';
import { aStruckInstance, unfitText } from '../../support/a-struck-instance.ts';

const viaEc2 = { name: 'ec2-terminate', parameters: { via: 'ec2' } };
const viaAutoScaling = { name: 'ec2-terminate', parameters: { via: 'autoscaling' } };

describe('ec2-terminate', () => {
  test.each([
    [viaEc2, 'running -> shutting-down'],
    [viaAutoScaling, 'terminating, through its Auto Scaling group'],
  ])('terminates the instance: %j', async (fault, detail) => {
    expect(await aStruckInstance(fault)).toEqual({
      outcome: { outcome: 'succeeded', detail },
      state: 'shutting-down',
    });
  });

  test.each([{ purchase: 'spot' }, { purchase: 'scheduled' }, { rootDevice: 'instance-store' }])(
    'can be done to an instance that is %j',
    (traits) => {
      for (const fault of [viaEc2, viaAutoScaling]) expect(unfitText(faults, fault, traits)).toBeUndefined();
    },
  );

  test('can be done to a standalone instance through EC2 alone', () => {
    expect(unfitText(faults, viaEc2, {}, 'tag')).toBeUndefined();
    expect(unfitText(faults, viaAutoScaling, {}, 'tag')).toMatch(/standalone/);
  });
});
