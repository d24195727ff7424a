import type { Service } from '../service.ts';
import { describeInstanceAttribute } from './describe-instance-attribute.ts';
import { describeInstances } from './describe-instances.ts';
import { ec2Errors } from './errors.ts';
import { rebootInstances, startInstances, stopInstances, terminateInstances } from './state-changes.ts';

export const ec2: Service = {
  client: 'EC2Client',
  operations: [
    describeInstances,
    describeInstanceAttribute,
    terminateInstances,
    stopInstances,
    startInstances,
    rebootInstances,
  ],
  errors: ec2Errors,
};
