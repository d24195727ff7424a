import { DescribeInstanceAttributeCommand, type EC2Client } from '@aws-sdk/client-ec2';

/** Whether an instance's attribute protects it from termination. No listing shows it. */
export async function isProtectedFromTermination(client: EC2Client, instanceId: string): Promise<boolean> {
  const { DisableApiTermination } = await client.send(
    new DescribeInstanceAttributeCommand({ InstanceId: instanceId, Attribute: 'disableApiTermination' }),
  );
  if (DisableApiTermination?.Value === undefined) throw new Error('EC2 answered without the attribute');
  return DisableApiTermination.Value;
}
