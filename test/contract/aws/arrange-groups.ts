import {
  AutoScalingClient,
  CreateAutoScalingGroupCommand,
  SetInstanceProtectionCommand,
  SuspendProcessesCommand,
} from '@aws-sdk/client-auto-scaling';
import { CreateLaunchTemplateCommand, EC2Client } from '@aws-sdk/client-ec2';
import type { Process } from '#sandbox/auto-scaling/group-clockwork.ts';
import { imageId, pairs } from './arrange-instances.ts';
import { type AccountUnderTest, home } from './aws-under-test.ts';

export interface GroupUnderTest {
  readonly name: string;
  readonly desired: number;
  readonly min: number;
  readonly max: number;
  readonly tags: Record<string, string>;
  readonly propagateTags: boolean;
}

export function createGroup(account: AccountUnderTest, group: GroupUnderTest): Promise<void> {
  return account.arrange({
    sandbox: ({ region }) => {
      region.autoScalingGroup(group);
    },
    moto: async (client) => {
      const { name, desired, min, max, tags, propagateTags } = group;
      await client(EC2Client).send(
        new CreateLaunchTemplateCommand({
          LaunchTemplateName: name,
          LaunchTemplateData: { ImageId: imageId, InstanceType: 't4g.small' },
        }),
      );
      await client(AutoScalingClient).send(
        new CreateAutoScalingGroupCommand({
          AutoScalingGroupName: name,
          LaunchTemplate: { LaunchTemplateName: name },
          DesiredCapacity: desired,
          MinSize: min,
          MaxSize: max,
          AvailabilityZones: ['a', 'b', 'c'].map((letter) => `${home}${letter}`),
          Tags: pairs(tags).map((tag) => ({
            ...tag,
            ResourceId: name,
            ResourceType: 'auto-scaling-group',
            PropagateAtLaunch: propagateTags,
          })),
        }),
      );
    },
  });
}

export function suspendProcess(account: AccountUnderTest, group: string, process: Process): Promise<void> {
  return account.arrange({
    sandbox: ({ region, now }) => region.groupsAt(now).get(group)?.suspend(process),
    moto: async (client) => {
      await client(AutoScalingClient).send(
        new SuspendProcessesCommand({ AutoScalingGroupName: group, ScalingProcesses: [process] }),
      );
    },
  });
}

export function protectFromScaleIn(account: AccountUnderTest, group: string, id: string): Promise<void> {
  return account.arrange({
    sandbox: ({ region, now }) => region.groupsAt(now).get(group)?.protectFromScaleIn(id),
    moto: async (client) => {
      await client(AutoScalingClient).send(
        new SetInstanceProtectionCommand({
          AutoScalingGroupName: group,
          InstanceIds: [id],
          ProtectedFromScaleIn: true,
        }),
      );
    },
  });
}
