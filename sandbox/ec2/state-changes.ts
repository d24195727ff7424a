import type {
  InstanceStateChange,
  InstanceState as InstanceStateOutput,
  RebootInstancesRequest,
  StartInstancesRequest,
  StartInstancesResult,
  StopInstancesRequest,
  StopInstancesResult,
  TerminateInstancesRequest,
  TerminateInstancesResult,
} from '@aws-sdk/client-ec2';
import type { Operation, Scope } from '../service.ts';
import { ec2Error } from './errors.ts';
import { findInstances, instanceAccess } from './find-instances.ts';
import type { Instance, InstanceState } from './instance.ts';

/** Source: EC2 API reference, InstanceState. */
const stateCodes: Record<InstanceState, number> = {
  pending: 0,
  running: 16,
  'shutting-down': 32,
  terminated: 48,
  stopping: 64,
  stopped: 80,
};

export function stateOutput(state: InstanceState): InstanceStateOutput {
  return { Code: stateCodes[state], Name: state };
}

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
    const TerminatingInstances = changes(ended, scope, (instance) => instance.terminate(scope.now));
    if (isProtected !== undefined) {
      throw ec2Error(
        'OperationNotPermitted',
        `The instance '${isProtected.id}' may not be terminated. Modify its '${isProtected.isProtected ? 'disableApiTermination' : 'disableApiStop'}' instance attribute and try again.`,
      );
    }
    return { TerminatingInstances };
  },
};

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
    return { StoppingInstances: changes(instances, scope, (instance) => instance.stop(scope.now)) };
  },
};

export const startInstances: Operation<StartInstancesRequest, StartInstancesResult> = {
  action: 'ec2:StartInstances',
  inputs: ['InstanceIds'],
  requires: ({ InstanceIds }, scope) => instanceAccess('ec2:StartInstances', InstanceIds, scope),
  run: ({ InstanceIds }, scope) => {
    const instances = findInstances(InstanceIds, scope);
    requireState(instances, ['pending', 'running', 'stopped'], 'started', scope);
    return { StartingInstances: changes(instances, scope, (instance) => instance.start(scope.now)) };
  },
};

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

function changes(
  instances: readonly Instance[],
  { now }: Scope,
  change: (instance: Instance) => void,
): InstanceStateChange[] {
  return instances.map((instance) => {
    const before = instance.stateAt(now);
    change(instance);
    return {
      InstanceId: instance.id,
      PreviousState: stateOutput(before),
      CurrentState: stateOutput(instance.stateAt(now)),
    };
  });
}

function requireState(
  instances: readonly Instance[],
  allowed: readonly InstanceState[],
  wish: string,
  { now }: Scope,
): void {
  for (const instance of instances) {
    if (allowed.includes(instance.stateAt(now))) continue;
    throw ec2Error(
      'IncorrectInstanceState',
      `The instance '${instance.id}' is not in a state from which it can be ${wish}.`,
    );
  }
}
