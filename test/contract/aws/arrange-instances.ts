import { EC2Client, ModifyInstanceAttributeCommand, RunInstancesCommand } from '@aws-sdk/client-ec2';
import { type AccountUnderTest, home } from './aws-under-test.ts';

export const imageId = 'ami-12345678';

/** Launches standalone instances, and returns their ids. */
export function runInstances(
  account: AccountUnderTest,
  count: number,
  tags: Record<string, string>,
  region = home,
): Promise<readonly string[]> {
  return account.arrange({
    sandbox: (at) => Array.from({ length: count }, () => at.account.region(region).instance({ tags }).id),
    moto: async (client) => {
      const { Instances = [] } = await client(EC2Client, region).send(
        new RunInstancesCommand({
          ImageId: imageId,
          MinCount: count,
          MaxCount: count,
          ...(Object.keys(tags).length > 0 && {
            TagSpecifications: [{ ResourceType: 'instance', Tags: pairs(tags) }],
          }),
        }),
      );
      return Instances.map(({ InstanceId = '' }) => InstanceId);
    },
  });
}

/** Launches an instance that SSM manages, and returns its id. In moto it manages all. */
export function runManagedInstance(account: AccountUnderTest): Promise<string> {
  return account.arrange({
    sandbox: ({ region }) => region.instance({ isManaged: true }).id,
    moto: async (client) => {
      const { Instances = [] } = await client(EC2Client).send(
        new RunInstancesCommand({ ImageId: imageId, MinCount: 1, MaxCount: 1 }),
      );
      return Instances[0]?.InstanceId ?? '';
    },
  });
}

/** Launches a standalone Spot Instance by a one-time request, and returns its id. */
export function runSpotInstance(account: AccountUnderTest): Promise<string> {
  return account.arrange({
    sandbox: ({ region }) => region.instance({ traits: { purchase: 'spot' } }).id,
    moto: async (client) => {
      const { Instances = [] } = await client(EC2Client).send(
        new RunInstancesCommand({
          ImageId: imageId,
          MinCount: 1,
          MaxCount: 1,
          InstanceMarketOptions: { MarketType: 'spot' },
        }),
      );
      return Instances[0]?.InstanceId ?? '';
    },
  });
}

/** Protects an instance from termination by its attribute. */
export function protectFromTermination(account: AccountUnderTest, InstanceId: string): Promise<void> {
  return account.arrange({
    sandbox: ({ region, now }) => region.instanceAt(now, InstanceId)?.protect(),
    moto: async (client) => {
      await client(EC2Client).send(
        new ModifyInstanceAttributeCommand({ InstanceId, DisableApiTermination: { Value: true } }),
      );
    },
  });
}

/** Protects an instance from being stopped by its attribute. */
export function protectFromStop(account: AccountUnderTest, InstanceId: string): Promise<void> {
  return account.arrange({
    sandbox: ({ region, now }) => region.instanceAt(now, InstanceId)?.protectFromStop(),
    moto: async (client) => {
      await client(EC2Client).send(
        new ModifyInstanceAttributeCommand({ InstanceId, DisableApiStop: { Value: true } }),
      );
    },
  });
}

export function pairs(tags: Record<string, string>) {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}
