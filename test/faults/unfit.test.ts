import { describe, expect, test } from 'vitest';
import { unfitFor } from '#core/decide/choose-target.ts';
import type { InstanceTraits } from '#core/model/target.ts';
import { faults } from '#faults/registry.ts';
import { aGroup, inspectionOf } from '../support/a-group.ts';
import { aTarget } from '../support/a-target.ts';

const viaEc2 = { name: 'ec2-terminate', parameters: { via: 'ec2' } };
const viaAutoScaling = { name: 'ec2-terminate', parameters: { via: 'autoscaling' } };
const stop = { name: 'ec2-stop', parameters: {} };
const reboot = { name: 'ec2-reboot', parameters: {} };
const all = [viaEc2, viaAutoScaling, stop, reboot];

/** The faults that can never be done to an instance of a group. */
function unfitOf(traits: Partial<InstanceTraits>, kind: 'asg' | 'tag' = 'asg') {
  const [instance] = inspectionOf(aGroup({ kind }), () => traits);
  if (instance === undefined) throw new Error('the group is empty');
  const target = aTarget({ group: aGroup({ kind }).key });
  return all.filter((fault) => unfitFor(instance, target, fault, faults) !== undefined);
}

describe('an instance', () => {
  test('on EBS and On-Demand, or of which EC2 does not say, can be struck with every fault', () => {
    expect(unfitOf({})).toEqual([]);
    expect(unfitOf({ rootDevice: undefined })).toEqual([]);
  });

  test('on instance store cannot be stopped', () => {
    expect(unfitOf({ rootDevice: 'instance-store' })).toEqual([stop]);
  });

  test.each(['asg', 'tag'] as const)(
    'that is a Spot Instance cannot be stopped, in a group of kind %s',
    (kind) => {
      expect(unfitOf({ purchase: 'spot' }, kind)).toContainEqual(stop);
      expect(unfitOf({ purchase: 'spot' }, kind)).not.toContainEqual(viaEc2);
      expect(unfitOf({ purchase: 'spot' }, kind)).not.toContainEqual(reboot);
    },
  );

  test('that is a Scheduled Instance can only be terminated', () => {
    expect(unfitOf({ purchase: 'scheduled' })).toEqual([stop, reboot]);
  });

  test.each(['capacity-block', 'interruptible-capacity-reservation', 'of-another-kind'])(
    'bought as %s can be struck with every fault',
    (purchase) => {
      expect(unfitOf({ purchase })).toEqual([]);
    },
  );

  test('that a service manages can be struck with none', () => {
    expect(unfitOf({ managedBy: 'eks.amazonaws.com' })).toEqual(all);
  });

  test('that is standalone cannot be terminated via Auto Scaling', () => {
    expect(unfitOf({}, 'tag')).toEqual([viaAutoScaling]);
  });
});
