import type { RebootInstancesRequest } from '@aws-sdk/client-ec2';
import type { Operation } from '../service.ts';
import { findInstances, instanceAccess } from './find-instances.ts';

/** "Requests to reboot terminated instances are ignored": API reference. A reboot does not change the state. */
export const rebootInstances: Operation<RebootInstancesRequest, object> = {
  action: 'ec2:RebootInstances',
  inputs: ['InstanceIds'],
  requires: ({ InstanceIds }, scope) => instanceAccess('ec2:RebootInstances', InstanceIds, scope),
  run: ({ InstanceIds }, scope) => {
    for (const instance of findInstances(InstanceIds, scope)) instance.reboot(scope.now);
    return {};
  },
};
