import { Duration, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnEventInvokeConfig } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { LambdaSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { Environment } from '#lambdas/chaos-notifier/environment.ts';
import type { ConfiguredChannel } from '#notify/shared/configured-channels.ts';
import { type AlarmPlace, alarmDescription } from './alarm-description.ts';
import { DeadLetters } from './dead-letters.ts';
import { NodeFunction } from './node-function.ts';
import { notifierName } from './outputs.ts';

export interface NotifierProps {
  /** At least one. */
  readonly channels: readonly ConfiguredChannel[];
  readonly place: AlarmPlace;
  readonly topic: ITopic;
}

/**
 * `chaos_notifier` forwards everything on the topic, runs and alarms alike, to the channels. It reads their secrets at run time: they are
 * neither in the template nor in the environment.
 */
export class Notifier extends Construct {
  constructor(scope: Construct, id: string, { channels, place, topic }: NotifierProps) {
    super(scope, id);
    const { account, region, partition } = Stack.of(this);
    const titles = channels.map(({ channel }) => channel.title);
    const deadLetters = new DeadLetters(this, 'DeadLetters', {
      alarmName: 'chaos-notifier-failed',
      alarmDescription: alarmDescription(
        `An announcement did not reach ${formatList(titles, 'disjunction')}. See the log of chaos_notifier.`,
        place,
      ),
      topic,
    });
    const { function: notifier } = new NodeFunction(this, 'ChaosNotifier', {
      functionName: notifierName,
      description: `Forwards the announcements of chaos_monkey to ${formatList(titles, 'conjunction')}.`,
      folder: 'chaos-notifier',
      environmentSchema: Environment,
      environment: {
        CHANNELS: JSON.stringify(Object.fromEntries(channels.map(({ name, config }) => [name, config]))),
      },
      memorySize: 256,
      // Leaves time for its own retries.
      timeout: Duration.minutes(1),
      permissions: [
        new PolicyStatement({
          actions: ['ssm:GetParameter'],
          resources: channels.map(
            ({ config: { parameter } }) => `arn:${partition}:ssm:${region}:${account}:parameter${parameter}`,
          ),
        }),
        new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [deadLetters.queue.queueArn] }),
      ],
    });

    // The function retries each channel itself; retrying the invocation would post twice to channels that already have the message.
    new CfnEventInvokeConfig(this, 'NoRetry', {
      functionName: notifier.functionName,
      qualifier: '$LATEST',
      maximumRetryAttempts: 0,
      destinationConfig: { onFailure: { destination: deadLetters.queue.queueArn } },
    });
    topic.addSubscription(new LambdaSubscription(notifier, { deadLetterQueue: deadLetters.queue }));
  }
}

/** `Slack or Teams`. */
function formatList(titles: readonly string[], type: 'conjunction' | 'disjunction'): string {
  return new Intl.ListFormat('en', { type }).format(titles);
}
