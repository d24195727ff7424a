import { describe, expect, test } from 'vitest';
import { faults } from '#faults/registry.ts';
import { aStruckInstance, unfitText } from '../../support/a-struck-instance.ts';

const stop = { name: 'ec2-stop', parameters: {} };

describe('ec2-stop', () => {
  test('stops the instance', async () => {
    expect(await aStruckInstance(stop)).toEqual({
      outcome: { outcome: 'succeeded', detail: 'running -> stopping' },
      state: 'stopping',
    });
  });

  test.each([{ rootDevice: 'instance-store' }, { purchase: 'spot' }, { purchase: 'scheduled' }])(
    'cannot be done to an instance that is %j',
    (traits) => {
      expect(unfitText(faults, stop, traits)).toBeDefined();
      expect(unfitText(faults, stop, traits, 'tag')).toBeDefined();
    },
  );

  test('can be done to a standalone instance', () => {
    expect(unfitText(faults, stop, {}, 'tag')).toBeUndefined();
  });
});
