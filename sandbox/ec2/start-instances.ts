import type { StartInstancesRequest, StartInstancesResult } from '@aws-sdk/client-ec2';
import type { Operation } from '../service.ts';
import { findInstances, instanceAccess } from './find-instances.ts';
import { changeStates, requireState } from './state-changes.ts';

export const startInstances: Operation<StartInstancesRequest, StartInstancesResult> = {
  action: 'ec2:StartInstances',
  inputs: ['InstanceIds'],
  requires: ({ InstanceIds }, scope) => instanceAccess('ec2:StartInstances', InstanceIds, scope),
  run: ({ InstanceIds }, scope) => {
    const instances = findInstances(InstanceIds, scope);
    requireState(instances, ['pending', 'running', 'stopped'], 'started', scope);
    return { StartingInstances: changeStates(instances, scope, (instance) => instance.start(scope.now)) };
  },
};
