import { Stack } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Config } from '#core/config.ts';
import { cronExpression } from '#core/schedule.ts';

export interface RunScheduleProps {
  readonly config: Pick<Config, 'schedule' | 'leashed'>;
  readonly target: IFunction;
  readonly deadLetters: IQueue;
}

/**
 * Starts a run in every slot. The slot is the scheduled moment, not the moment of the call: draws and claims hang on it, so
 * that a delivery that is late, retried or doubled changes nothing.
 */
export class RunSchedule extends Construct {
  constructor(scope: Construct, id: string, { config, target, deadLetters }: RunScheduleProps) {
    super(scope, id);
    const { account, region, partition } = Stack.of(this);

    const role = new Role(this, 'Role', {
      description: 'Lets EventBridge Scheduler start chaos_monkey.',
      // A schedule's group is what Scheduler names as the source; a single schedule cannot be.
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: {
          StringEquals: {
            'aws:SourceAccount': account,
            'aws:SourceArn': `arn:${partition}:scheduler:${region}:${account}:schedule-group/default`,
          },
        },
      }),
      inlinePolicies: {
        start: new PolicyDocument({
          statements: [
            new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [target.functionArn] }),
            new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [deadLetters.queueArn] }),
          ],
        }),
      },
    });

    new CfnSchedule(this, 'Schedule', {
      name: 'chaos-monkey',
      description: 'Starts a run of chaos_monkey in every slot of chaos.config.ts.',
      scheduleExpression: cronExpression(config.schedule),
      scheduleExpressionTimezone: config.schedule.timeZone,
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: target.functionArn,
        roleArn: role.roleArn,
        input: JSON.stringify({ slot: '<aws.scheduler.scheduled-time>', dryRun: config.leashed }),
        // A strike that comes still later would come as a surprise.
        retryPolicy: { maximumRetryAttempts: 5, maximumEventAgeInSeconds: 15 * 60 },
        deadLetterConfig: { arn: deadLetters.queueArn },
      },
    });
  }
}
