import type { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import type { EC2Client } from '@aws-sdk/client-ec2';
import { lookUp } from '#core/util/lookup.ts';
import { unendedRefreshes } from './instance-refreshes.ts';
import type { InstanceGroup } from './model.ts';
import { type Answers, answersFrom, type Question, questionNames } from './questions.ts';
import { unendedActivities } from './scaling-activities.ts';

interface InstanceClients {
  readonly autoScaling: AutoScalingClient;
  readonly ec2: EC2Client;
}

/** How to answer each question. Standalone instances have no Auto Scaling group that could be at work. */
const asks: Readonly<
  Record<Question, (group: InstanceGroup, clients: InstanceClients) => Promise<readonly string[]>>
> = {
  refreshes: async ({ kind, name }, { autoScaling }) =>
    kind === 'asg' ? unendedRefreshes(autoScaling, name) : [],
  activities: async ({ kind, name }, { autoScaling }) =>
    kind === 'asg' ? unendedActivities(autoScaling, name) : [],
};

/** Never rejects: a question that cannot be answered is unknown. */
export async function ask(group: InstanceGroup, clients: InstanceClients): Promise<Answers> {
  const answers = questionNames.map(
    async (name) => [name, await lookUp(asks[name](group, clients))] as const,
  );
  return answersFrom(await Promise.all(answers));
}
