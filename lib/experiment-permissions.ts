import { type CfnElement, Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { reportsFolder } from '#core/ports/experiment-reports.ts';
import { callsBy } from '#probes/shared/calls-by.ts';
import { experimentName } from './outputs.ts';

/** What `chaos_experiment` may do beyond what `chaos_monkey` may: keep its own progress, measure, let undo, and report. */
export function experimentPermissions({
  janitor,
  bucket,
}: {
  readonly janitor: IFunction;
  readonly bucket: Bucket;
}): readonly PolicyStatement[] {
  const { account, region, partition } = Stack.of(janitor);
  const measuring = callsBy('master').map(
    ({ action, on, condition }) =>
      new PolicyStatement({
        actions: [action],
        resources: [on?.({ account, partition }) ?? '*'],
        // The control plane's own calls go nowhere else.
        conditions: {
          ...condition,
          StringEquals: { ...condition?.StringEquals, 'aws:RequestedRegion': region },
        },
      }),
  );
  return [
    new PolicyStatement({
      actions: ['lambda:CheckpointDurableExecution', 'lambda:GetDurableExecutionState'],
      // An execution's ARN begins with that of the version that it runs on.
      resources: [executionArns({ account, region, partition })],
    }),
    new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [janitor.functionArn] }),
    new PolicyStatement({
      actions: ['s3:PutObject'],
      resources: [bucket.arnForObjects(`${reportsFolder}*`)],
    }),
    ...measuring,
  ];
}

/** What `chaos_janitor` may do where experiments are deployed: wake those that are stopped while they wait. */
export function wakePermission(place: Pick<Stack, 'account' | 'region' | 'partition'>): PolicyStatement {
  return new PolicyStatement({
    actions: ['lambda:SendDurableExecutionCallbackSuccess'],
    resources: [executionArns(place)],
  });
}

export function acknowledgeExecutions(scope: Construct): void {
  const { account, region } = Stack.of(scope);
  const arn = executionArns({ account, region, partition: '<AWS::Partition>' });
  const reason = 'Executions of this function, on whatever version of it.';
  Validations.of(scope).acknowledge({ id: `AwsSolutions-IAM5[Resource::${arn}]`, reason });
}

/** Says why the names in these statements end in wildcards. */
export function acknowledgeWildcards(scope: Construct, bucket: Bucket): void {
  acknowledgeExecutions(scope);
  const { account } = Stack.of(scope);
  const partition = '<AWS::Partition>';
  const bucketId = Stack.of(scope).getLogicalId(bucket.node.defaultChild as CfnElement);
  const wildcards: readonly (readonly [string, string])[] = [
    [`<${bucketId}.Arn>/${reportsFolder}*`, 'Reports are named after runs.'],
    ...callsBy('master').map(
      ({ on }) =>
        [on?.({ account, partition }) ?? '*', 'Each experiment names the secrets of its probes.'] as const,
    ),
  ];
  for (const [arn, reason] of wildcards) {
    Validations.of(scope).acknowledge({ id: `AwsSolutions-IAM5[Resource::${arn}]`, reason });
  }
}

function executionArns(place: Pick<Stack, 'account' | 'region' | 'partition'>): string {
  return `arn:${place.partition}:lambda:${place.region}:${place.account}:function:${experimentName}:*`;
}
