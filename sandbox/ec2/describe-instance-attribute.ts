import type { DescribeInstanceAttributeRequest, InstanceAttribute } from '@aws-sdk/client-ec2';
import { NotImplemented } from '../not-implemented.ts';
import type { Operation } from '../service.ts';
import { findInstances, instanceAccess } from './find-instances.ts';

const action = 'ec2:DescribeInstanceAttribute';

export const describeInstanceAttribute: Operation<DescribeInstanceAttributeRequest, InstanceAttribute> = {
  action,
  inputs: ['Attribute', 'InstanceId'],
  requires: ({ InstanceId }, scope) => instanceAccess(action, [InstanceId ?? ''], scope),
  run: ({ Attribute, InstanceId = '' }, scope) => {
    const [instance] = findInstances([InstanceId], scope);
    switch (Attribute) {
      case 'disableApiTermination':
        return { InstanceId, DisableApiTermination: { Value: instance?.isProtected ?? false } };
      case 'disableApiStop':
        return { InstanceId, DisableApiStop: { Value: instance?.isStopProtected ?? false } };
      default:
        throw new NotImplemented(`the instance attribute ${Attribute}`);
    }
  },
};
