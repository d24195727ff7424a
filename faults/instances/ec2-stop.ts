import { EC2Client, StopInstancesCommand } from '@aws-sdk/client-ec2';
import * as z from 'zod';
import type { OneShotFault } from '#core/model/fault.ts';
import type { InstanceFacts, Instances } from '#targets/instances/kind.ts';
import { hasEnded } from './shared/has-ended.ts';
import { readStateChange } from './shared/read-state-change.ts';
import { managedByService, scheduledInstance } from './shared/unfit.ts';

const Parameters = z.strictObject({});

export const ec2Stop: OneShotFault<Instances, z.infer<typeof Parameters>> = {
  name: 'ec2-stop',
  summary:
    'Stops an instance. An Auto Scaling group replaces it; a standalone instance stays stopped until somebody starts it.',
  kind: 'ec2-instance',
  lasts: false,
  leaves: 'what was in memory, and the data of instance store volumes',
  parameters: Parameters,
  permissions: [{ action: 'ec2:StopInstances', on: 'instance' }],
  unfit: ({ facts }) => managedByService(facts) ?? scheduledInstance(facts) ?? unstoppable(facts),
  tookEffect: hasEnded,
  inject: async (injector, { id }) => {
    const { StoppingInstances } = await injector
      .client(EC2Client)
      .send(new StopInstancesCommand({ InstanceIds: [id] }));
    return readStateChange(StoppingInstances, ['stopping', 'stopped', 'shutting-down', 'terminated']);
  },
};

/**
 * Sources: API reference, StopInstances, "You can't stop or hibernate instance store-backed instances"; User Guide, "Stop a
 * Spot Instance": only an instance of a persistent request can be stopped, and not one of a fleet. Auto Scaling makes one-time
 * requests. A standalone instance also counts as one-time, as the listing does not show its kind of request.
 */
function unstoppable({ rootDevice, purchase }: InstanceFacts): string | undefined {
  if (rootDevice === 'instance-store')
    return 'an instance whose root device is instance store cannot be stopped';
  if (purchase === 'spot') return 'a Spot Instance cannot be stopped unless its request is persistent';
  return undefined;
}
