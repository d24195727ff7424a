import { Duration } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { EventField, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as FunctionTarget } from 'aws-cdk-lib/aws-events-targets';
import type { Role } from 'aws-cdk-lib/aws-iam';
import { CfnAlias, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Config } from '#core/config/config.ts';
import type { UndoOrder } from '#core/undo/plan-undo.ts';
import { Environment } from '#lambdas/chaos-experiment/environment.ts';
import type { AlarmPlace } from './alarm-description.ts';
import type { ScheduledExperiment } from './config/scheduled-experiments.ts';
import { ExperimentControl } from './experiment-control.ts';
import { acknowledgeWildcards, experimentPermissions } from './experiment-permissions.ts';
import { NodeFunction } from './node-function.ts';
import { experimentAlias, experimentName } from './outputs.ts';
import { ReportsBucket } from './reports-bucket.ts';
import { StopConditionRule } from './stop-condition-rule.ts';

export interface ExperimentsProps {
  readonly config: Config;
  readonly table: Table;
  /** Where people are told. */
  readonly topic: ITopic;
  /** Where groups are published that did not recover. */
  readonly notRecovered: ITopic;
  readonly place: AlarmPlace;
  readonly janitor: LambdaFunction;
  /** Which target accounts trust, and nobody else: an experiment may strike what the monkey may. */
  readonly role: Role;
  /** Those that run by themselves. */
  readonly scheduled: readonly ScheduledExperiment[];
}

/**
 * Experiments in AWS: the durable function `chaos_experiment`, which runs one to its verdict, over as many invocations as it takes, and
 * `chaos_experiment_control`, by which people and schedules get at it.
 */
export class Experiments extends Construct {
  readonly control: ExperimentControl;
  readonly reports: Bucket;

  constructor(scope: Construct, id: string, props: ExperimentsProps) {
    super(scope, id);
    const { config, table, topic, notRecovered, place, janitor, role, scheduled } = props;
    const { bucket } = new ReportsBucket(this, 'Reports');
    this.reports = bucket;
    const made = new NodeFunction(this, 'ChaosExperiment', {
      functionName: experimentName,
      description: 'Runs experiments, from their steady state to their verdict.',
      folder: 'chaos-experiment',
      environmentSchema: Environment,
      environment: {
        TABLE_NAME: table.tableName,
        TOPIC_ARN: topic.topicArn,
        NOT_RECOVERED_TOPIC_ARN: notRecovered.topicArn,
        REPORTS_BUCKET: bucket.bucketName,
        JANITOR_NAME: janitor.functionName,
      },
      config,
      // Sampling at 62/s over fresh TLS connections takes a fifth of a core; this has more than half of one.
      memorySize: 1024,
      // Each invocation hands over to the next after some 5 minutes: the timeout kills, and is no end.
      timeout: Duration.minutes(15),
      durable: { executionTimeout: Duration.days(366), retentionPeriod: Duration.days(90) },
      role,
      permissions: experimentPermissions({ janitor, bucket }),
    });
    const { function: experiment } = made;
    acknowledgeWildcards(made, bucket);
    new CfnAlias(this, 'Alias', {
      name: experimentAlias,
      functionName: experiment.functionName,
      functionVersion: experiment.currentVersion.version,
    });

    this.control = new ExperimentControl(this, 'Control', {
      ...{ config, table, topic, place, experiment, janitor, scheduled },
    });

    new StopConditionRule(this, 'StopConditions', { janitor });

    // Its lease would lapse, and the janitor looks every minute; this is sooner.
    const order: UndoOrder = { run: EventField.fromPath('$.detail.durableExecutionName') };
    new Rule(this, 'Died', {
      description: 'Lets chaos_janitor undo what an experiment has in place that has died.',
      eventPattern: {
        source: ['aws.lambda'],
        detailType: ['Durable Execution Status Change'],
        detail: {
          status: ['FAILED', 'TIMED_OUT', 'STOPPED'],
          durableExecutionArn: [{ prefix: `${experiment.functionArn}:` }],
        },
      },
      targets: [new FunctionTarget(janitor, { event: RuleTargetInput.fromObject(order) })],
    });
  }
}
