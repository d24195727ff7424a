import { describe, expect, test } from 'vitest';
import type { Target } from '#core/fault.ts';
import { lookPolicy, strikePolicy } from '#core/permissions.ts';
import { faults } from '#faults/registry.ts';

function aTarget(instanceId: string, group = 'web'): Target {
  return {
    account: '222222222222',
    region: 'eu-west-1',
    group: `222222222222/eu-west-1/asg/${group}`,
    autoScalingGroup: group,
    instanceId,
    zone: 'eu-west-1a',
    arns: {
      instance: `arn:aws:ec2:eu-west-1:222222222222:instance/${instanceId}`,
      autoScalingGroup: `arn:aws:autoscaling:eu-west-1:222222222222:autoScalingGroup:9a7b:autoScalingGroupName/${group}`,
    },
  };
}
const terminate = (via: string) => ({ name: 'ec2-terminate', parameters: { via } });

describe('strikePolicy', () => {
  test('names each action once with the exact ARNs it is called on, for the parameters chosen', () => {
    const policy = strikePolicy(
      [
        { target: aTarget('i-1'), fault: terminate('ec2') },
        { target: aTarget('i-2'), fault: terminate('ec2') },
        { target: aTarget('i-3'), fault: terminate('autoscaling') },
        { target: aTarget('i-4'), fault: { name: 'ec2-reboot', parameters: {} } },
      ],
      faults,
    );
    expect(policy.Statement.map(({ Action, Resource }) => [Action, Resource])).toEqual([
      [['ec2:TerminateInstances'], [aTarget('i-1').arns.instance, aTarget('i-2').arns.instance]],
      [['autoscaling:TerminateInstanceInAutoScalingGroup'], [aTarget('i-3').arns.autoScalingGroup]],
      [['ec2:RebootInstances'], [aTarget('i-4').arns.instance]],
    ]);
  });

  test("takes a group's name literally, also where IAM would read a wildcard or a variable in it", () => {
    const policy = strikePolicy(
      [{ target: aTarget('i-1', `w*b?\${aws:username}`), fault: terminate('autoscaling') }],
      faults,
    );
    expect(policy.Statement[0]?.Resource[0]).toMatch(/\/w\$\{\*\}b\$\{\?\}\$\{\$\}\{aws:username\}$/);
  });
});

describe('lookPolicy', () => {
  test('can only look, in the regions of the account', () => {
    const [look, ...others] = lookPolicy(['eu-west-1']).Statement;
    expect(others).toEqual([]);
    expect(look?.Action.filter((action) => !/:(Describe|Get)[A-Z]/.test(action))).toEqual([]);
    expect(look?.Condition).toEqual({ StringEquals: { 'aws:RequestedRegion': ['eu-west-1'] } });
  });

  test('fits a session policy of 2,048 characters in more regions than there are', () => {
    const regions = Array.from({ length: 60 }, (_, index) => `ap-southeast-${index}`);
    expect(JSON.stringify(lookPolicy(regions)).length).toBeLessThan(2_048);
  });
});
