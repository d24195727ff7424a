import { EC2Client, paginateDescribeInstances } from '@aws-sdk/client-ec2';
import type { Injector } from '#core/model/injector.ts';

/** EC2's: `running`, `stopped`... Undefined for an instance that EC2 does not know any more. */
export async function instanceState({ client }: Injector, id: string): Promise<string | undefined> {
  // By filter, as an id that is gone fails the call.
  const pages = paginateDescribeInstances(
    { client: client(EC2Client) },
    { Filters: [{ Name: 'instance-id', Values: [id] }] },
  );
  for await (const { Reservations = [] } of pages) {
    const [found] = Reservations.flatMap(({ Instances = [] }) => Instances);
    if (found !== undefined) return found.State?.Name;
  }
  return undefined;
}
