import { Duration } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  CfnAlias,
  CfnEventInvokeConfig,
  type IFunction,
  Function as LambdaFunction,
} from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Config } from '#core/config/config.ts';
import { apiAlias, Environment } from '#lambdas/chaos-experiment-control/environment.ts';
import { type AlarmPlace, alarmDescription } from './alarm-description.ts';
import type { ScheduledExperiment } from './config/scheduled-experiments.ts';
import { DeadLetters } from './dead-letters.ts';
import { ExperimentSchedules } from './experiment-schedules.ts';
import { NodeFunction } from './node-function.ts';
import { experimentAlias, experimentControlName, experimentName } from './outputs.ts';
import { ScheduledInvocation } from './scheduled-invocation.ts';

export interface ExperimentControlProps {
  readonly config: Config;
  readonly table: Table;
  /** Where people are told. */
  readonly topic: ITopic;
  readonly place: AlarmPlace;
  readonly experiment: LambdaFunction;
  readonly janitor: LambdaFunction;
  readonly scheduled: readonly ScheduledExperiment[];
}

/** `chaos_experiment_control`, which starts, lists and stops experiments, and the schedules of those that run by themselves. */
export class ExperimentControl extends Construct {
  readonly function: LambdaFunction;
  /** By which API Gateway invokes it. */
  readonly api: IFunction;

  constructor(scope: Construct, id: string, props: ExperimentControlProps) {
    super(scope, id);
    const { config, table, topic, place, experiment, janitor, scheduled } = props;
    const deadLetters =
      scheduled.length === 0
        ? undefined
        : new DeadLetters(this, 'DeadLetters', {
            alarmName: 'chaos-experiment-not-started',
            alarmDescription: alarmDescription(
              `A scheduled experiment could not be started. See the log of ${experimentControlName}.`,
              place,
            ),
            topic,
          });
    this.function = new NodeFunction(this, 'Function', {
      functionName: experimentControlName,
      description: 'Checks the file of an experiment and starts chaos_experiment. Lists and stops its runs.',
      folder: 'chaos-experiment-control',
      environmentSchema: Environment,
      environment: {
        TABLE_NAME: table.tableName,
        EXPERIMENT_NAME: experimentName,
        EXPERIMENT_ALIAS: experimentAlias,
        JANITOR_NAME: janitor.functionName,
      },
      config,
      memorySize: 512,
      timeout: Duration.seconds(30),
      permissions: [
        // A run, a pointer to it, and a stop: nothing of what the rest of the ledger holds.
        new PolicyStatement({
          actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:Query'],
          resources: [table.tableArn],
          conditions: {
            'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['experiments', 'running', 'last-start'] },
            // Without any key, the condition above holds.
            Null: { 'dynamodb:LeadingKeys': 'false' },
          },
        }),
        new PolicyStatement({
          actions: ['lambda:InvokeFunction'],
          resources: [`${experiment.functionArn}:${experimentAlias}`, janitor.functionArn],
        }),
        ...(deadLetters === undefined
          ? []
          : [
              new PolicyStatement({
                actions: ['sqs:SendMessage'],
                resources: [deadLetters.queue.queueArn],
              }),
            ]),
      ],
    }).function;
    const alias = new CfnAlias(this, 'ApiAlias', {
      name: apiAlias,
      functionName: this.function.functionName,
      functionVersion: this.function.currentVersion.version,
    });
    this.api = LambdaFunction.fromFunctionAttributes(this, 'Api', {
      functionArn: alias.ref,
      sameEnvironment: true,
    });
    if (deadLetters === undefined) return;

    // Lambda takes what the schedule delivers, and tries again what fails.
    new CfnEventInvokeConfig(this, 'Retries', {
      functionName: this.function.functionName,
      qualifier: '$LATEST',
      maximumRetryAttempts: 2,
      maximumEventAgeInSeconds: 15 * 60,
      destinationConfig: { onFailure: { destination: deadLetters.queue.queueArn } },
    });
    const starter = new ScheduledInvocation(this, 'Starter', {
      target: this.function,
      name: experimentControlName,
      deadLetters: deadLetters.queue,
    });
    new ExperimentSchedules(this, 'Schedules', { scheduled, starter });
  }
}
