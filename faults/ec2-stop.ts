import { EC2Client, StopInstancesCommand } from '@aws-sdk/client-ec2';
import * as z from 'zod';
import type { Fault } from '#core/fault.ts';
import { ended } from './shared/ended.ts';
import { stateChange } from './shared/state-change.ts';

const Parameters = z.strictObject({});

export const ec2Stop: Fault<z.infer<typeof Parameters>> = {
  name: 'ec2-stop',
  summary:
    'Stops an instance. An Auto Scaling group replaces it; a standalone instance stays stopped until somebody starts it.',
  parameters: Parameters,
  permissions: [{ action: 'ec2:StopInstances', on: 'instance' }],
  tookEffect: ended,
  inject: async (injector, { instanceId }) => {
    const { StoppingInstances } = await injector
      .client(EC2Client)
      .send(new StopInstancesCommand({ InstanceIds: [instanceId] }));
    return stateChange(StoppingInstances);
  },
};
