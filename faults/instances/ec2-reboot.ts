import { EC2Client, RebootInstancesCommand } from '@aws-sdk/client-ec2';
import * as z from 'zod';
import type { OneShotFault } from '#core/model/fault.ts';
import type { Instances } from '#targets/instances/kind.ts';
import { managedByService, scheduledInstance } from './shared/unfit.ts';

const Parameters = z.strictObject({});

export const ec2Reboot: OneShotFault<Instances, z.infer<typeof Parameters>> = {
  name: 'ec2-reboot',
  summary: 'Reboots an instance: its processes die, but its address and its disks stay.',
  kind: 'ec2-instance',
  lasts: false,
  leaves: 'what was in memory, and what was under way',
  parameters: Parameters,
  permissions: [{ action: 'ec2:RebootInstances', on: 'instance' }],
  unfit: ({ facts }) => managedByService(facts) ?? scheduledInstance(facts),
  inject: async (injector, { id }) => {
    await injector.client(EC2Client).send(new RebootInstancesCommand({ InstanceIds: [id] }));
    return 'rebooting';
  },
};
