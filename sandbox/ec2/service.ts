import type { Service } from '../service.ts';
import { describeInstanceAttribute } from './describe-instance-attribute.ts';
import { describeInstances } from './describe-instances.ts';
import { ec2Errors } from './errors.ts';
import { rebootInstances } from './reboot-instances.ts';
import { startInstances } from './start-instances.ts';
import { stopInstances } from './stop-instances.ts';
import { terminateInstances } from './terminate-instances.ts';

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
