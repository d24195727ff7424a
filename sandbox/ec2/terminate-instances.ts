import type { TerminateInstancesRequest, TerminateInstancesResult } from '@aws-sdk/client-ec2';
import type { Operation } from '../service.ts';
import { ec2Error } from './errors.ts';
import { findInstances, instanceAccess } from './find-instances.ts';
import type { Instance } from './instance.ts';
import { changeStates } from './state-changes.ts';

export const terminateInstances: Operation<TerminateInstancesRequest, TerminateInstancesResult> = {
  action: 'ec2:TerminateInstances',
  inputs: ['InstanceIds'],
  requires: ({ InstanceIds }, scope) => instanceAccess('ec2:TerminateInstances', InstanceIds, scope),
  run: ({ InstanceIds }, scope) => {
    const instances = findInstances(InstanceIds, scope);
    const isShut = (instance: Instance) => instance.isProtected || instance.isStopProtected;
    const isProtected = instances.find(isShut);
    // "The specified instances that are in the same Availability Zone as the protected instance are not terminated, and the
    // request fails; those in others are": API reference, TerminateInstances.
    const ended = instances.filter(({ zone }) =>
      instances.every((other) => other.zone !== zone || !isShut(other)),
    );
    const TerminatingInstances = changeStates(ended, scope, (instance) => instance.terminate(scope.now));
    if (isProtected !== undefined) {
      throw ec2Error(
        'OperationNotPermitted',
        `The instance '${isProtected.id}' may not be terminated. Modify its '${isProtected.isProtected ? 'disableApiTermination' : 'disableApiStop'}' instance attribute and try again.`,
      );
    }
    return { TerminatingInstances };
  },
};
