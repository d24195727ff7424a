import { Duration, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnEventInvokeConfig } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { LambdaSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { Config } from '#core/config/config.ts';
import { Environment } from '#lambdas/chaos-notifier/environment.ts';
import { type AlarmPlace, alarmDescription } from './alarm-description.ts';
import { DeadLetters } from './dead-letters.ts';
import { NodeFunction } from './node-function.ts';
import { notifierName } from './outputs.ts';

export interface NotifierProps {
  readonly notifications: Pick<Config['notifications'], 'slack' | 'teams'>;
  readonly place: AlarmPlace;
  readonly topic: ITopic;
}

/**
 * `chaos_notifier` forwards the topic, runs and alarms alike, to Slack and Teams. It reads the webhook URLs when it runs: they are secrets, and are
 * neither in the template nor in the environment.
 */
export class Notifier extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { notifications: { slack, teams }, place, topic }: NotifierProps,
  ) {
    super(scope, id);
    const { account, region, partition } = Stack.of(this);
    const parameters = [slack, teams].flatMap((webhook) =>
      webhook === undefined ? [] : [webhook.parameter],
    );

    const deadLetters = new DeadLetters(this, 'DeadLetters', {
      alarmName: 'chaos-notifier-failed',
      alarmDescription: alarmDescription(
        'An announcement did not reach Slack or Teams. See the log of chaos_notifier.',
        place,
      ),
      topic,
    });
    const { function: notifier } = new NodeFunction(this, 'ChaosNotifier', {
      functionName: notifierName,
      description: 'Forwards the announcements of chaos_monkey to Slack and Teams.',
      folder: 'chaos-notifier',
      environmentSchema: Environment,
      environment: {
        ...(slack && { SLACK_PARAMETER: slack.parameter }),
        ...(teams && { TEAMS_PARAMETER: teams.parameter }),
      },
      memorySize: 256,
      // Room for its own retries.
      timeout: Duration.minutes(1),
      permissions: [
        new PolicyStatement({
          actions: ['ssm:GetParameter'],
          resources: parameters.map((name) => `arn:${partition}:ssm:${region}:${account}:parameter${name}`),
        }),
        new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [deadLetters.queue.queueArn] }),
      ],
    });

    // The function retries each webhook by itself; a retry of the whole would post again to the one that has it already.
    new CfnEventInvokeConfig(this, 'NoRetry', {
      functionName: notifier.functionName,
      qualifier: '$LATEST',
      maximumRetryAttempts: 0,
      destinationConfig: { onFailure: { destination: deadLetters.queue.queueArn } },
    });
    topic.addSubscription(new LambdaSubscription(notifier, { deadLetterQueue: deadLetters.queue }));
  }
}
