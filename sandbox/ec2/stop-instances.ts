import type { StopInstancesRequest, StopInstancesResult } from '@aws-sdk/client-ec2';
import type { Operation } from '../service.ts';
import { ec2Error } from './errors.ts';
import { findInstances, instanceAccess } from './find-instances.ts';
import { changeStates, requireState } from './state-changes.ts';

export const stopInstances: Operation<StopInstancesRequest, StopInstancesResult> = {
  action: 'ec2:StopInstances',
  inputs: ['InstanceIds'],
  requires: ({ InstanceIds }, scope) => instanceAccess('ec2:StopInstances', InstanceIds, scope),
  run: ({ InstanceIds }, scope) => {
    const instances = findInstances(InstanceIds, scope);
    requireState(instances, ['running', 'stopping', 'stopped'], 'stopped', scope);
    for (const { id, traits } of instances) {
      if (traits.rootDevice === 'instance-store') {
        throw ec2Error(
          'UnsupportedOperation',
          `The instance '${id}' does not have an 'ebs' root device type and cannot be stopped.`,
        );
      }
      // All requests for Spot Instances are one-time here.
      if (traits.purchase === 'spot') {
        throw ec2Error(
          'UnsupportedOperation',
          `You can't stop the Spot Instance '${id}' because it is associated with a one-time Spot Instance request. You can only stop Spot Instances associated with persistent Spot Instance requests.`,
        );
      }
    }
    const isProtected = instances.find((instance) => instance.isStopProtected);
    if (isProtected !== undefined) {
      throw ec2Error(
        'OperationNotPermitted',
        `The instance '${isProtected.id}' may not be stopped. Modify its 'disableApiStop' instance attribute and try again.`,
      );
    }
    return { StoppingInstances: changeStates(instances, scope, (instance) => instance.stop(scope.now)) };
  },
};
