import {
  AutoScalingClient,
  CreateAutoScalingGroupCommand,
  DeleteAutoScalingGroupCommand,
  DescribeAutoScalingGroupsCommand,
} from '@aws-sdk/client-auto-scaling';
import {
  CreateLaunchTemplateCommand,
  DescribeInstancesCommand,
  EC2Client,
  RunInstancesCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';
import { groupKey } from '#core/model/group.ts';
import type { MotoAccount } from '../support/moto-account.ts';
import { type Place, places } from './accounts-and-regions.ts';

const image = 'ami-12345678';
const launchTemplate = 'fleet';

export type Tags = Readonly<Record<string, string>>;

/** Tags of a group that is struck in every slot. */
export const alwaysStruck: Tags = { 'chaos:opt-in': 'true', 'chaos:probability': '1' };

/** The instances of all accounts and regions. */
export interface Fleet {
  /** An Auto Scaling group; its instances get its tags, unless `propagate` is false. */
  group(place: Place, name: string, size: number, tags: Tags, propagate?: boolean): Promise<void>;
  standalone(place: Place, count: number, tags: Tags): Promise<void>;
  /** How many instances each group lost meanwhile, by the group's key; instances that belong to none are under `nobody`. */
  lossesDuring(work: () => Promise<unknown>): Promise<Readonly<Record<string, number>>>;
  /** How many instances run in each group. */
  running(): Promise<Readonly<Record<string, number>>>;
  clear(): Promise<void>;
}

export async function aFleet(accounts: readonly MotoAccount[]): Promise<Fleet> {
  const accountOf = ({ account }: Place): MotoAccount => {
    const found = accounts.find(({ id }) => id === account);
    if (found === undefined) throw new Error(`no account ${account}`);
    return found;
  };
  const ec2 = (place: Place) => accountOf(place).client(EC2Client, place.region);
  const autoScaling = (place: Place) => accountOf(place).client(AutoScalingClient, place.region);

  /** Group by instance id. */
  const instances = async (): Promise<ReadonlyMap<string, string>> => {
    const found = await Promise.all(
      places.map(async (place) => {
        const { Reservations = [] } = await ec2(place).send(
          new DescribeInstancesCommand({
            Filters: [{ Name: 'instance-state-name', Values: ['pending', 'running'] }],
          }),
        );
        return Reservations.flatMap(({ Instances = [] }) => Instances).map(
          ({ InstanceId = '', Tags = [] }) => {
            const tag = (key: string) => Tags.find(({ Key }) => Key === key)?.Value;
            const [asg, group] = [tag('aws:autoscaling:groupName'), tag('chaos:group')];
            if (asg !== undefined)
              return [InstanceId, groupKey({ ...place, kind: 'asg', name: asg })] as const;
            if (group !== undefined)
              return [InstanceId, groupKey({ ...place, kind: 'tag', name: group })] as const;
            return [InstanceId, 'nobody'] as const;
          },
        );
      }),
    );
    return new Map(found.flat());
  };

  for (const place of places) {
    await ec2(place).send(
      new CreateLaunchTemplateCommand({
        LaunchTemplateName: launchTemplate,
        LaunchTemplateData: { ImageId: image, InstanceType: 't4g.small' },
      }),
    );
  }

  return {
    group: async (place, name, size, tags, propagate = true) => {
      await autoScaling(place).send(
        new CreateAutoScalingGroupCommand({
          AutoScalingGroupName: name,
          LaunchTemplate: { LaunchTemplateName: launchTemplate },
          DesiredCapacity: size,
          MinSize: size,
          MaxSize: size,
          // One, or in a small group each would be the only one in its zone.
          AvailabilityZones: [`${place.region}a`],
          Tags: pairs(tags).map((tag) => ({
            ...tag,
            ResourceId: name,
            ResourceType: 'auto-scaling-group',
            PropagateAtLaunch: propagate,
          })),
        }),
      );
    },
    standalone: async (place, count, tags) => {
      await ec2(place).send(
        new RunInstancesCommand({
          ImageId: image,
          MinCount: count,
          MaxCount: count,
          TagSpecifications: [{ ResourceType: 'instance', Tags: pairs({ Name: 'e2e', ...tags }) }],
        }),
      );
    },
    lossesDuring: async (work) => {
      const before = await instances();
      await work();
      const after = await instances();
      return tally([...before].filter(([id]) => !after.has(id)));
    },
    running: async () => tally([...(await instances())]),
    clear: async () => {
      await Promise.all(places.map((place) => clear(ec2(place), autoScaling(place))));
    },
  };
}

async function clear(ec2: EC2Client, autoScaling: AutoScalingClient): Promise<void> {
  const { AutoScalingGroups = [] } = await autoScaling.send(new DescribeAutoScalingGroupsCommand({}));
  for (const { AutoScalingGroupName } of AutoScalingGroups) {
    await autoScaling.send(new DeleteAutoScalingGroupCommand({ AutoScalingGroupName, ForceDelete: true }));
  }
  const { Reservations = [] } = await ec2.send(new DescribeInstancesCommand({}));
  const InstanceIds = Reservations.flatMap(({ Instances = [] }) => Instances)
    .filter(({ State }) => State?.Name !== 'terminated')
    .map(({ InstanceId = '' }) => InstanceId);
  if (InstanceIds.length > 0) await ec2.send(new TerminateInstancesCommand({ InstanceIds }));
}

function pairs(tags: Tags) {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

function tally(entries: readonly (readonly [string, string])[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const [, group] of entries) counts[group] = (counts[group] ?? 0) + 1;
  return counts;
}
