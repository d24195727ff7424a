import { AutoScalingClient, TerminateInstanceInAutoScalingGroupCommand } from '@aws-sdk/client-auto-scaling';
import { EC2Client, TerminateInstancesCommand } from '@aws-sdk/client-ec2';
import * as z from 'zod';
import type { OneShotFault } from '#core/model/fault.ts';
import type { Instances } from '#targets/instances/kind.ts';
import { hasEnded } from './shared/has-ended.ts';
import { readStateChange } from './shared/read-state-change.ts';
import { managedByService } from './shared/unfit.ts';

const Parameters = z.strictObject({
  via: z
    .enum(['ec2', 'autoscaling'], 'expected "ec2" or "autoscaling"')
    .default('ec2')
    .describe(
      'ec2: the instance dies as if its hardware had failed, and the group has to notice. autoscaling: the group terminates it, with lifecycle hooks and an immediate replacement',
    ),
});
type Parameters = z.infer<typeof Parameters>;

export const ec2Terminate: OneShotFault<Instances, Parameters> = {
  name: 'ec2-terminate',
  summary: 'Terminates an instance, through EC2 or through its Auto Scaling group.',
  kind: 'ec2-instance',
  lasts: false,
  leaves:
    'no instance: the data of its instance store volumes, and of EBS volumes that are deleted with it, is lost',
  parameters: Parameters,
  permissions: [
    { action: 'ec2:TerminateInstances', on: 'instance', when: ({ via }) => via === 'ec2' },
    {
      action: 'autoscaling:TerminateInstanceInAutoScalingGroup',
      on: 'autoScalingGroup',
      when: ({ via }) => via === 'autoscaling',
    },
  ],
  unfit: ({ facts }, { via }) =>
    via === 'autoscaling' && facts.autoScalingGroup === undefined
      ? 'a standalone instance cannot be terminated via autoscaling'
      : managedByService(facts),
  tookEffect: hasEnded,
  inject: async (injector, { id }, { via }) => {
    if (via === 'autoscaling') {
      await injector.client(AutoScalingClient).send(
        new TerminateInstanceInAutoScalingGroupCommand({
          InstanceId: id,
          // The group must replace the instance: a strike tests recovery and does not shrink the fleet.
          ShouldDecrementDesiredCapacity: false,
        }),
      );
      // Auto Scaling does not return the previous state: whether somebody else had just ended it is unknown.
      return 'terminating, through its Auto Scaling group';
    }
    const { TerminatingInstances } = await injector
      .client(EC2Client)
      .send(new TerminateInstancesCommand({ InstanceIds: [id] }));
    // This also terminates a stopped instance.
    return readStateChange(TerminatingInstances, ['shutting-down', 'terminated']);
  },
};
