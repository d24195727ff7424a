import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnEventInvokeConfig, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { Config } from '#core/config/config.ts';
import type { FaultRegistry } from '#core/model/fault.ts';
import { InvalidInput } from '#core/util/parse.ts';
import { Environment } from '#lambdas/chaos-monkey/environment.ts';
import type { ChannelConfigs } from '#notify/registry.ts';
import { configuredChannels } from '#notify/shared/configured-channels.ts';
import { ChaosTargetRole } from '#target-role/chaos-target-role.ts';
import { masterRoleName } from '#target-role/names.ts';
import { alarmDescription } from './alarm-description.ts';
import { AssumeTargetRoles } from './assume-target-roles.ts';
import type { ScheduledExperiment } from './config/scheduled-experiments.ts';
import { DeadLetters } from './dead-letters.ts';
import { Experiments } from './experiments.ts';
import { Janitor } from './janitor.ts';
import { monkeyPermissions } from './monkey-permissions.ts';
import { NodeFunction } from './node-function.ts';
import { Notifier } from './notifier.ts';
import { monkeyName } from './outputs.ts';
import { RecoveryAlarm } from './recovery-alarm.ts';
import { RunApi } from './run-api.ts';
import { RunSchedule } from './run-schedule.ts';
import { ScheduledInvocation } from './scheduled-invocation.ts';
import { VerifySchedule } from './verify-schedule.ts';

export interface ChaosMasterProps {
  readonly config: Config & { readonly notifications: ChannelConfigs };
  readonly faults: FaultRegistry;
  /** The experiments of `config.experiments.scheduled`, from their files. */
  readonly scheduled: readonly ScheduledExperiment[];
}

/**
 * Everything in the master account: `chaos_monkey` with its ledger, triggers and notifications. If the master is one of its own
 * targets, this includes its target role.
 */
export class ChaosMaster extends Construct {
  readonly monkey: LambdaFunction;
  readonly table: Table;
  readonly topic: Topic;
  readonly api: RunApi;
  readonly roleArn: string;
  /** Undefined: experiments are not deployed. */
  readonly experiments: Experiments | undefined;

  constructor(scope: Construct, id: string, { config, faults, scheduled }: ChaosMasterProps) {
    super(scope, id);

    this.table = new Table(this, 'Ledger', {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      timeToLiveAttribute: 'expiresAt',
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      // It is the only record of what was struck and why.
      removalPolicy: RemovalPolicy.RETAIN,
      deletionProtection: true,
    });

    this.topic = this.announcements(config.notifications.emails);
    const place = { ...config.master, table: this.table.tableName };
    const deadLetters = new DeadLetters(this, 'DeadLetters', {
      alarmName: 'chaos-monkey-failed',
      alarmDescription: alarmDescription(
        'A run of chaos_monkey could not be started, or all its attempts failed. See the log of chaos_monkey.',
        place,
      ),
      topic: this.topic,
    });
    const recovery = new RecoveryAlarm(this, 'RecoveryAlarm', { place, announcements: this.topic });

    const { function: monkey, role } = new NodeFunction(this, 'ChaosMonkey', {
      functionName: monkeyName,
      description: 'Strikes randomly chosen resources that opted in, in the target accounts.',
      folder: 'chaos-monkey',
      environmentSchema: Environment,
      environment: {
        TABLE_NAME: this.table.tableName,
        TOPIC_ARN: this.topic.topicArn,
        NOT_RECOVERED_TOPIC_ARN: recovery.topic.topicArn,
      },
      config,
      // More memory means more CPU: signing and parsing thousands of calls takes longer than waiting for them.
      memorySize: 1024,
      // The schedule's shortest interval: a run ends before the next one starts.
      timeout: Duration.minutes(5),
      roleName: masterRoleName,
      permissions: monkeyPermissions({
        config,
        table: this.table,
        topics: [this.topic, recovery.topic],
        deadLetters: deadLetters.queue,
      }),
    });
    this.monkey = monkey;
    this.roleArn = role.roleArn;
    new AssumeTargetRoles(this, 'AssumeTargetRoles', { config, role });
    if (config.gates.alarms.organization.length > 0) {
      Validations.of(role).acknowledge({
        id: 'AwsSolutions-IAM5[Resource::*]',
        reason: 'DescribeAlarms only reads. With a narrower scope, CloudWatch returns no composite alarms.',
      });
    }

    // A run that failed altogether is retried: its claims remain, and the same slot has the same draws.
    new CfnEventInvokeConfig(this, 'Retries', {
      functionName: monkey.functionName,
      qualifier: '$LATEST',
      maximumRetryAttempts: 2,
      maximumEventAgeInSeconds: 15 * 60,
      destinationConfig: { onFailure: { destination: deadLetters.queue.queueArn } },
    });

    const starter = new ScheduledInvocation(this, 'Starter', {
      target: monkey,
      name: monkeyName,
      deadLetters: deadLetters.queue,
    });
    new RunSchedule(this, 'RunSchedule', { config, starter });
    new VerifySchedule(this, 'VerifySchedule', starter);
    this.api = new RunApi(this, 'RunApi', monkey);

    const channels = configuredChannels(config.notifications);
    if (channels.length > 0) new Notifier(this, 'Notifier', { channels, place, topic: this.topic });

    // Always: without it, an update that disables the last fault that lasts would be refused by nobody while that is active.
    const janitor = new Janitor(this, 'Janitor', {
      ...{ config, faults, table: this.table, topic: this.topic, place },
    });
    this.experiments = config.experiments.deploy
      ? new Experiments(this, 'Experiments', {
          ...{ config, role, scheduled, place, table: this.table, topic: this.topic },
          notRecovered: recovery.topic,
          janitor: janitor.function,
        })
      : undefined;
    if (this.experiments !== undefined) this.api.addExperiments(this.experiments.control.api);

    const masterTarget = config.accounts.find((target) => target.id === config.master.account);
    if (masterTarget !== undefined) {
      // IAM's role names must differ in more than case.
      if (masterTarget.roleName.toLowerCase() === masterRoleName) {
        throw new InvalidInput('chaos.config.ts', [
          {
            path: 'roleName',
            expected: `expected a name other than ${masterRoleName}, which is the function's own role in the master account`,
            found: JSON.stringify(masterTarget.roleName),
          },
        ]);
      }
      new ChaosTargetRole(this, 'ChaosTargetRole', {
        config,
        faults,
        undoRoleName: config.undoRoleName,
        masterAccount: config.master.account,
        organization: config.organization,
        ...masterTarget,
      });
    }
  }

  /** SNS encrypts every topic's disks; a KMS key would either lock out CloudWatch alarms or cost $1 a month. */
  private announcements(emails: readonly string[]): Topic {
    const topic = new Topic(this, 'Announcements', { enforceSSL: true });
    topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'Alarms',
        actions: ['sns:Publish'],
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
    for (const email of emails) topic.addSubscription(new EmailSubscription(email));
    return topic;
  }
}
