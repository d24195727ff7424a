import {
  DescribeInstanceAttributeCommand,
  type EC2Client,
  type InstanceAttribute,
} from '@aws-sdk/client-ec2';
import { type Protection, protections } from './model.ts';

const attributes = {
  termination: {
    Attribute: 'disableApiTermination',
    valueIn: ({ DisableApiTermination }: InstanceAttribute) => DisableApiTermination?.Value,
  },
  stop: {
    Attribute: 'disableApiStop',
    valueIn: ({ DisableApiStop }: InstanceAttribute) => DisableApiStop?.Value,
  },
} as const;

/** What an instance's attributes protect it from. Not in any listing; takes one call per attribute. */
export async function protectionsOfInstance(
  client: EC2Client,
  InstanceId: string,
): Promise<readonly Protection[]> {
  const asked = await Promise.all(
    protections.map(async (protection) => {
      const { Attribute, valueIn } = attributes[protection];
      const value = valueIn(
        await client.send(new DescribeInstanceAttributeCommand({ InstanceId, Attribute })),
      );
      if (value === undefined) throw new Error(`EC2 answered without the attribute ${Attribute}`);
      return value ? [protection] : [];
    }),
  );
  return asked.flat();
}
