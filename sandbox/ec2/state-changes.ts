import type { InstanceStateChange, InstanceState as InstanceStateOutput } from '@aws-sdk/client-ec2';
import type { Scope } from '../service.ts';
import { ec2Error } from './errors.ts';
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

/** Makes a change, and returns what EC2 answers about each instance. */
export function changeStates(
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

export function requireState(
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
