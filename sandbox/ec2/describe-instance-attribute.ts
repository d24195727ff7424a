import type { DescribeInstanceAttributeRequest, InstanceAttribute } from '@aws-sdk/client-ec2';
import { NotSpoken } from '../not-spoken.ts';
import type { Operation } from '../service.ts';
import { findInstances, instanceAccesses } from './find-instances.ts';

const action = 'ec2:DescribeInstanceAttribute';

export const describeInstanceAttribute: Operation<DescribeInstanceAttributeRequest, InstanceAttribute> = {
  action,
  heeds: ['Attribute', 'InstanceId'],
  accesses: ({ InstanceId }, scope) => instanceAccesses(action, [InstanceId ?? ''], scope),
  run: ({ Attribute, InstanceId = '' }, scope) => {
    const [instance] = findInstances([InstanceId], scope);
    switch (Attribute) {
      case 'disableApiTermination':
        return { InstanceId, DisableApiTermination: { Value: instance?.isProtected ?? false } };
      case 'disableApiStop':
        return { InstanceId, DisableApiStop: { Value: instance?.isStopProtected ?? false } };
      default:
        throw new NotSpoken(`the instance attribute ${Attribute}`);
    }
  },
};
