import { describe, expect, test } from 'vitest';
import { faults } from '#faults/registry.ts';
import { aStruckInstance, unfitText } from '../../support/a-struck-instance.ts';

const reboot = { name: 'ec2-reboot', parameters: {} };

describe('ec2-reboot', () => {
  test('reboots the instance, which stays', async () => {
    expect(await aStruckInstance(reboot)).toEqual({
      outcome: { outcome: 'succeeded', detail: 'rebooting' },
      state: 'running',
    });
  });

  test('cannot be done to a Scheduled Instance', () => {
    expect(unfitText(faults, reboot, { purchase: 'scheduled' })).toBeDefined();
  });

  test('can be done to a Spot Instance, one on instance store and a standalone one', () => {
    expect(
      unfitText(faults, reboot, { purchase: 'spot', rootDevice: 'instance-store' }, 'tag'),
    ).toBeUndefined();
  });
});
