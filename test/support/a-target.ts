import type { Target } from '#core/model/target.ts';
import { aGroup } from './a-group.ts';

/** An instance of the Auto Scaling group `web`, or of the group whose key is given: the rest follows from that and the id. */
export function aTarget(overrides: Partial<Target> = {}): Target {
  const { id = 'i-0a1b2c3d4e5f60718', group = aGroup().key } = overrides;
  const [ofGroup = '', at = '', kind, name = ''] = group.split('/');
  const { account = ofGroup, region = at } = overrides;
  const arn = `arn:aws:autoscaling:${region}:${account}:autoScalingGroup:0f1e:autoScalingGroupName/${name}`;
  return {
    kind: 'ec2-instance',
    id,
    arns: {
      instance: `arn:aws:ec2:${region}:${account}:instance/${id}`,
      ...(kind === 'asg' && { autoScalingGroup: arn }),
    },
    account,
    region,
    group,
    facts: { zone: `${region}a`, ...(kind === 'asg' && { autoScalingGroup: name }) },
    ...overrides,
  };
}
